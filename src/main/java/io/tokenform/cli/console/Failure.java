package io.tokenform.cli.console;

import io.tokenform.access.Explained;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import java.util.List;
import java.util.Optional;

/**
 * What went wrong, for a person, and what to do about it.
 *
 * @param hint present where something is known to do
 * @param findings what is wrong with the policy, where that is the reason
 */
public record Failure(String message, Optional<String> hint, List<Diagnostic> findings) {
  /** Made before memory is short. */
  public static final Failure OUT_OF_MEMORY =
      new Failure(
          "there is not enough memory",
          Optional.of("give Java more: TOKENFORM_JAVA_OPTS=-Xmx4g"),
          List.of());

  /** That of any exception or error, for a document that has to say something. */
  public static Failure of(Throwable e) {
    if (e instanceof OutOfMemoryError) {
      return OUT_OF_MEMORY;
    }
    List<Diagnostic> findings =
        e instanceof InvalidPolicyException invalid ? invalid.findings() : List.of();
    if (e instanceof Explained explained) {
      return new Failure(e.getMessage(), explained.hint(), findings);
    }
    return e instanceof InterruptedException
        ? new Failure("the run was interrupted", Optional.empty(), findings)
        : new Failure(
            "tokenform failed: " + e,
            Optional.of("this is a bug in tokenform; report it with what --debug prints"),
            findings);
  }
}
