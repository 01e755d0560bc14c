package io.tokenform.cli.console;

import io.tokenform.apply.JournalException;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.live.NoSuchLiveTokenException;
import io.tokenform.sandbox.SandboxException;
import java.util.Optional;

/**
 * What went wrong, for a person, and what to do about it.
 *
 * @param hint present where something is known to do
 */
public record Failure(String message, Optional<String> hint) {
  /** Made before memory is short. */
  public static final Failure OUT_OF_MEMORY =
      new Failure(
          "there is not enough memory", Optional.of("give Java more: TOKENFORM_JAVA_OPTS=-Xmx4g"));

  /** That of any exception or error, for a document that has to say something. */
  public static Failure of(Throwable e) {
    if (e instanceof OutOfMemoryError) {
      return OUT_OF_MEMORY;
    }
    return known(e)
        .orElseGet(
            () ->
                new Failure(
                    e.getMessage() == null ? e.toString() : e.getMessage(), Optional.empty()));
  }

  /** That of an exception that says it itself; nothing for any other. */
  public static Optional<Failure> known(Throwable e) {
    if (e instanceof ApiException api) {
      return Optional.of(new Failure(api.getMessage(), api.hint()));
    }
    if (e instanceof SettingsException settings) {
      return Optional.of(new Failure(settings.getMessage(), settings.hint()));
    }
    if (e instanceof InputException input) {
      return Optional.of(new Failure(input.getMessage(), input.hint()));
    }
    if (e instanceof JournalException journal) {
      return Optional.of(new Failure(journal.getMessage(), journal.hint()));
    }
    if (e instanceof NoSuchLiveTokenException none) {
      return Optional.of(new Failure(none.getMessage(), none.hint()));
    }
    if (e instanceof DeniedPlanException denied) {
      return Optional.of(new Failure(denied.getMessage(), Optional.of(denied.hint())));
    }
    if (e instanceof UsageException usage) {
      return Optional.of(new Failure(usage.getMessage(), usage.hint()));
    }
    if (e instanceof SandboxException) {
      return Optional.of(new Failure(e.getMessage(), Optional.empty()));
    }
    return Optional.empty();
  }
}
