package io.tokenform.access;

/** A text as one word of a command line, for a command that somebody is to paste into a shell. */
public final class ShellWord {
  private ShellWord() {}

  /** The text as it is where no shell reads anything into it, else in quotes. */
  public static String of(String text) {
    return of(text, Os.CURRENT);
  }

  /** The same for the shells of a system; on Windows for cmd, as far as that has quotes. */
  static String of(String text, Os os) {
    return switch (os) {
      case POSIX -> isPlain(text, "_.,:/@%+=-") ? text : "'" + text.replace("'", "'\\''") + "'";
      // A comma and an at sign mean something to PowerShell, a percent sign to cmd.
      case WINDOWS -> isPlain(text, "_.:/\\+=-") ? text : quotedForWindows(text);
    };
  }

  private static boolean isPlain(String text, String others) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < 'a' || c > 'z')
          && (c < 'A' || c > 'Z')
          && (c < '0' || c > '9')
          && others.indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** A program takes backslashes as they are, except before a quotation mark. */
  private static String quotedForWindows(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    int backslashes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted.append("\\".repeat(backslashes + 1));
      }
      backslashes = c == '\\' ? backslashes + 1 : 0;
      quoted.append(c);
    }
    return quoted.append("\\".repeat(backslashes)).append('"').toString();
  }
}
