package io.tokenform.access;

/** Patterns in which each {@code *} stands for any text, and every other character for itself. */
public final class Glob {
  private Glob() {}

  /** Whether a pattern describes the whole of a text. */
  public static boolean matches(String glob, String text) {
    String[] parts = glob.split("\\*", -1);
    if (parts.length == 1) {
      return glob.equals(text);
    }
    if (!text.startsWith(parts[0])) {
      return false;
    }
    int from = parts[0].length();
    for (int i = 1; i < parts.length - 1; i++) {
      int found = text.indexOf(parts[i], from);
      if (found < 0) {
        return false;
      }
      from = found + parts[i].length();
    }
    String last = parts[parts.length - 1];
    return text.length() - from >= last.length() && text.endsWith(last);
  }
}
