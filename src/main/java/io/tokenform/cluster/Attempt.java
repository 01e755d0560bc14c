package io.tokenform.cluster;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One attempt of a call, when it is over.
 *
 * @param request what was sent
 * @param number which attempt of the call it was, from 1
 * @param status the HTTP status, where there was an answer
 * @param requestId what the server calls this request in its own log, where it says so; its words,
 *     no longer than a hundred characters
 * @param problem what went wrong, where something did; it may quote the server
 * @param took how long it took
 * @param retryIn how long it is until the next attempt, where there is one
 * @param transcript the bodies, where the client's listener {@linkplain AttemptListener#longestBody
 *     wants them}
 */
public record Attempt(
    Request request,
    int number,
    OptionalInt status,
    Optional<String> requestId,
    Optional<String> problem,
    Duration took,
    Optional<Duration> retryIn,
    Optional<Transcript> transcript) {
  public Attempt {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(requestId, "requestId");
    Objects.requireNonNull(problem, "problem");
    Objects.requireNonNull(took, "took");
    Objects.requireNonNull(retryIn, "retryIn");
    Objects.requireNonNull(transcript, "transcript");
  }
}
