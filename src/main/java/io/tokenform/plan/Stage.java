package io.tokenform.plan;

/**
 * When a change is made, by what it does to access. With the stages in this order a handover leaves
 * no gap: whoever takes a duty over has its access before the other loses it.
 */
public enum Stage {
  /** Only grants, or leaves access alone. */
  GRANTS(1, "only grants, or leaves access alone"),
  /** Grants and takes at once. */
  EXCHANGES(2, "grants and takes at once"),
  /** Only takes. */
  TAKES(3, "only takes");

  private final int number;
  private final String title;

  Stage(int number, String title) {
    this.number = number;
    this.title = title;
  }

  static Stage of(Effect effect) {
    return switch (effect) {
      case WIDENS, NEUTRAL -> GRANTS;
      case BOTH -> EXCHANGES;
      case NARROWS -> TAKES;
    };
  }

  /** The stage's number, from 1. */
  public int number() {
    return number;
  }

  public String title() {
    return title;
  }
}
