package io.tokenform.apply.journal;

import io.tokenform.access.Nonce;
import io.tokenform.access.TokenId;
import java.util.Objects;
import java.util.Optional;

/**
 * A step in the making of a token.
 *
 * @param kind how far it has come
 * @param nonce which making it is; several where the answer to one was lost
 * @param id the token that the step is about; absent where the cluster has not told its id
 */
public record MakingStep(StepKind kind, Nonce nonce, Optional<TokenId> id) {
  public MakingStep {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(nonce, "nonce");
    Objects.requireNonNull(id, "id");
  }
}
