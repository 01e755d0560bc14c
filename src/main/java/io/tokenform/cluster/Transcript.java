package io.tokenform.cluster;

import java.util.Objects;
import java.util.Optional;

/**
 * The bodies of one attempt, as they may be shown: JSON on one line, a long body cut off, and
 * {@code [secret]} in the place of the management token, of access tokens, and of all that is
 * shaped like a secret. Other text that the server supplied is as it came.
 *
 * @param sent the request's body, where it has one
 * @param answered the answer's body, as far as it was read, where it has one
 */
public record Transcript(Optional<String> sent, Optional<String> answered) {
  public Transcript {
    Objects.requireNonNull(sent, "sent");
    Objects.requireNonNull(answered, "answered");
  }
}
