package io.tokenform.plan;

import java.util.Comparator;
import java.util.List;

/** In which order the stages are gone through. */
public enum StageOrder {
  /** Nobody is without access in between. */
  GRANT_FIRST("grant-first"),
  /** Access that must go goes at once: for incidents. */
  REVOKE_FIRST("revoke-first");

  private final String word;

  StageOrder(String word) {
    this.word = word;
  }

  /** The stages, first to last. */
  public List<Stage> stages() {
    return switch (this) {
      case GRANT_FIRST -> List.of(Stage.GRANTS, Stage.EXCHANGES, Stage.TAKES);
      case REVOKE_FIRST -> List.of(Stage.TAKES, Stage.EXCHANGES, Stage.GRANTS);
    };
  }

  /** Changes in the order in which they are made: by stage, and by name within a stage. */
  Comparator<Change> comparator() {
    List<Stage> stages = stages();
    return Comparator.comparingInt((Change change) -> stages.indexOf(change.stage()))
        .thenComparing(Change::token);
  }

  @Override
  public String toString() {
    return word;
  }
}
