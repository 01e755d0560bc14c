package io.tokenform.report.access;

/** A form in which an access report is given. The same report gives the same text. */
public interface AccessFormat {
  /** The report, as lines that each end in a line break. */
  String render(AccessReport report);
}
