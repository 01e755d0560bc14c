package io.tokenform.report.text;

/** Colours for a terminal, or none. */
public enum Style {
  PLAIN,
  COLOURED;

  private static final String RESET = "\u001b[0m";

  public static Style coloured(boolean wanted) {
    return wanted ? COLOURED : PLAIN;
  }

  public String bold(String text) {
    return with("\u001b[1m", text);
  }

  public String faint(String text) {
    return with("\u001b[2m", text);
  }

  /** For what is added, and for success. */
  public String green(String text) {
    return with("\u001b[32m", text);
  }

  /** For what is taken away, and for errors. */
  public String red(String text) {
    return with("\u001b[31m", text);
  }

  /** For what changes, and for warnings. */
  public String yellow(String text) {
    return with("\u001b[33m", text);
  }

  private String with(String code, String text) {
    return this == COLOURED ? code + text + RESET : text;
  }
}
