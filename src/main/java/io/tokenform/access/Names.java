package io.tokenform.access;

/** The rule for names that only the policy knows: those of tokens and of roles. */
public final class Names {
  /** The longest name, in characters. */
  static final int MAX_LENGTH = 128;

  private Names() {}

  /**
   * The same name.
   *
   * @param what whose name it is, as in {@code a token}
   * @throws IllegalArgumentException if {@code name} is blank, longer than {@value #MAX_LENGTH}
   *     characters, or holds a control character
   */
  public static String check(String name, String what) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(what + "'s name must not be blank");
    }
    if (name.length() > MAX_LENGTH && name.codePointCount(0, name.length()) > MAX_LENGTH) {
      throw new IllegalArgumentException(
          what + "'s name must have at most " + MAX_LENGTH + " characters");
    }
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i))) {
        throw new IllegalArgumentException(what + "'s name must not contain control characters");
      }
    }
    return name;
  }
}
