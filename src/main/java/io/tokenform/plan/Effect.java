package io.tokenform.plan;

import io.tokenform.access.Permissions;

/** What a change of permissions does to access, {@code *} understood. */
public enum Effect {
  /** Something becomes possible, and nothing becomes impossible. */
  WIDENS("widens"),
  /** Something becomes impossible, and nothing becomes possible. */
  NARROWS("narrows"),
  /** Something becomes possible and something else impossible. */
  BOTH("both"),
  /** The same is possible as before, though it may be written differently. */
  NEUTRAL("neutral");

  private final String word;

  Effect(String word) {
    this.word = word;
  }

  /** The effect of putting {@code after} in the place of {@code before}. */
  public static Effect of(Permissions before, Permissions after) {
    boolean gains = !after.accessBeyond(before).isEmpty();
    boolean loses = !before.accessBeyond(after).isEmpty();
    if (gains) {
      return loses ? BOTH : WIDENS;
    }
    return loses ? NARROWS : NEUTRAL;
  }

  /** The word for people, where there is room for more than one. */
  public String words() {
    return this == BOTH ? WIDENS + " and " + NARROWS : word;
  }

  @Override
  public String toString() {
    return word;
  }
}
