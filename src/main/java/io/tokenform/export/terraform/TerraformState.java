package io.tokenform.export.terraform;

import io.tokenform.export.terraform.StateToken.SecretKept;
import java.util.List;

/**
 * What Terraform knows of tokens.
 *
 * @param tokens in the order of the state; also resources of unknown types that may be tokens
 * @param isOpenTofu whether OpenTofu keeps it, whose command has another name
 */
public record TerraformState(List<StateToken> tokens, boolean isOpenTofu) {
  public TerraformState {
    tokens = List.copyOf(tokens);
  }

  /** How many tokens have their secrets in what was read. */
  public int shownSecrets() {
    return secrets(SecretKept.SHOWN);
  }

  /** How many secrets were blackened in what was read. */
  public int redactedSecrets() {
    return secrets(SecretKept.REDACTED);
  }

  private int secrets(SecretKept kept) {
    return (int) tokens.stream().filter(token -> token.secret() == kept).count();
  }
}
