package io.tokenform.apply.journal;

import io.tokenform.access.TokenId;
import java.util.Objects;
import java.util.Optional;

/**
 * How far the making of a token has come, as its journal tells it.
 *
 * @param last the last step that is noted
 * @param id the token; absent where its making came no further than the call that makes it
 */
record RecordedMaking(StepKind last, Optional<TokenId> id) {
  RecordedMaking {
    Objects.requireNonNull(last, "last");
    Objects.requireNonNull(id, "id");
  }

  static RecordedMaking of(MakingStep step) {
    return new RecordedMaking(step.kind(), idOf(step));
  }

  /** The same, a step further. */
  RecordedMaking came(MakingStep step) {
    return new RecordedMaking(step.kind(), id.or(() -> idOf(step)));
  }

  /** Steps about predecessors have the ids of those. */
  private static Optional<TokenId> idOf(MakingStep step) {
    return step.kind() == StepKind.LABELLING || step.kind() == StepKind.LABELLED
        ? Optional.empty()
        : step.id();
  }
}
