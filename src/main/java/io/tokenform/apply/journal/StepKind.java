package io.tokenform.apply.journal;

import java.util.Arrays;
import java.util.Optional;

/**
 * How far the making of a token has come, as journals tell it: each step before it leaves, and
 * after it was answered.
 */
public enum StepKind {
  /** The token is about to be made. */
  POSTING("posting"),
  /** The cluster has made it. */
  POSTED("posted"),
  /** It is about to get its permissions. */
  GRANTING("granting"),
  /** It has them. */
  GRANTED("granted"),
  /** Its secret is about to go to the sink. */
  DELIVERING("delivering"),
  /** The sink has stored it. */
  DELIVERED("delivered"),
  /** The sink has not stored it. */
  REFUSED("refused"),
  /** A predecessor is about to get its label. */
  LABELLING("labelling"),
  /** It has it. */
  LABELLED("labelled"),
  /** The new token is about to lose its label. */
  NAMING("naming"),
  /** The new token is about to be revoked, since its making failed. */
  UNDOING("undoing"),
  /** It is revoked. */
  UNDONE("undone");

  private final String word;

  StepKind(String word) {
    this.word = word;
  }

  static Optional<StepKind> named(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  @Override
  public String toString() {
    return word;
  }
}
