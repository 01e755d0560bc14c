package io.tokenform.report.access;

import io.tokenform.apply.journal.Cause;
import io.tokenform.history.Gift;
import io.tokenform.history.Provenance;
import java.util.List;
import java.util.Optional;

/** The columns that say since when a grant is there, and which change gave it. */
final class PastColumns {
  private PastColumns() {}

  static List<String> headings() {
    return List.of(
        "origin",
        "since",
        "missing at",
        "given by",
        "given as",
        "commit",
        "pull request",
        "run",
        "reason",
        "journal");
  }

  /** The cells of a grant; blank for one that is gone. */
  static List<String> of(Optional<Provenance> past) {
    Optional<Gift> gift = past.flatMap(Provenance::gift);
    Optional<Cause> cause = gift.map(known -> known.header().cause());
    return List.of(
        AccessTexts.line(past.map(known -> known.origin().toString())),
        AccessTexts.time(past.map(Provenance::since)),
        AccessTexts.time(past.flatMap(Provenance::missingAt)),
        AccessTexts.line(gift.map(known -> known.header().who())),
        AccessTexts.line(gift.map(AccessTexts::deed)),
        AccessTexts.line(cause.flatMap(Cause::commit)),
        AccessTexts.line(cause.flatMap(Cause::change)),
        AccessTexts.line(cause.flatMap(Cause::run)),
        AccessTexts.line(cause.flatMap(Cause::reason)),
        AccessTexts.line(gift.map(Gift::journal)));
  }
}
