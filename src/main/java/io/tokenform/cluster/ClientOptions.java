package io.tokenform.cluster;

import io.tokenform.access.Masking;
import io.tokenform.cluster.transport.Transport;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How the HTTP client behaves.
 *
 * @param timeout the longest that one attempt of a call may take, from connecting to its last byte
 * @param longestAnswer how many bytes an answer may have, at least 1
 * @param retries what happens after a failure that may pass
 * @param parallelism how many calls may be in flight at a time, at least 1
 * @param timing time and chance for the waits between attempts
 * @param transport what lies between here and the cluster
 * @param listener hears of each attempt of every call
 * @param masking what no answer may repeat, besides what the client is given to log in; it learns
 *     the secrets of the tokens that are made, until they are forgotten
 * @param tokenOrigin where the management token was found, for whoever has to correct it
 */
public record ClientOptions(
    Duration timeout,
    long longestAnswer,
    RetryPolicy retries,
    int parallelism,
    Timing timing,
    Transport transport,
    AttemptListener listener,
    Masking masking,
    Optional<String> tokenOrigin) {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  /** Room for about half a million tokens. */
  public static final long DEFAULT_LONGEST_ANSWER = 256L << 20;

  /** One that is asked together with others has room for some thousand tokens at least. */
  private static final long SHORTEST_BOUND = 4L << 20;

  /** So many parts of the memory there are, of which the answer of one cluster gets one. */
  private static final int PARTS_OF_MEMORY = 16;

  public static final int DEFAULT_PARALLELISM = 10;

  public ClientOptions {
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(retries, "retries");
    Objects.requireNonNull(timing, "timing");
    Objects.requireNonNull(transport, "transport");
    Objects.requireNonNull(listener, "listener");
    Objects.requireNonNull(masking, "masking");
    Objects.requireNonNull(tokenOrigin, "tokenOrigin");
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a timeout must be positive");
    }
    if (longestAnswer < 1) {
      throw new IllegalArgumentException("an answer must be allowed at least one byte");
    }
    if (parallelism < 1) {
      throw new IllegalArgumentException("there must be at least one call at a time");
    }
  }

  /** These, and the default parallelism, in real time, straight to the cluster. */
  public ClientOptions(Duration timeout, long longestAnswer, RetryPolicy retries) {
    this(
        timeout,
        longestAnswer,
        retries,
        DEFAULT_PARALLELISM,
        Timing.REAL,
        Transport.direct(),
        AttemptListener.NONE,
        new Masking(),
        Optional.empty());
  }

  /** The same, by another way to the cluster. */
  public ClientOptions through(Transport way) {
    return new ClientOptions(
        timeout, longestAnswer, retries, parallelism, timing, way, listener, masking, tokenOrigin);
  }

  public static ClientOptions withTimeout(Duration timeout) {
    return new ClientOptions(timeout, DEFAULT_LONGEST_ANSWER, RetryPolicy.standard());
  }

  public ClientOptions withRetries(RetryPolicy policy) {
    return new ClientOptions(
        timeout,
        longestAnswer,
        policy,
        parallelism,
        timing,
        transport,
        listener,
        masking,
        tokenOrigin);
  }

  public ClientOptions withParallelism(int calls) {
    return new ClientOptions(
        timeout, longestAnswer, retries, calls, timing, transport, listener, masking, tokenOrigin);
  }

  /**
   * The same for one of many clusters that are asked at the same time: the answer of one must not
   * take the memory that those of the others need.
   *
   * @param memory how many bytes the process may use
   */
  public ClientOptions amongOthers(long memory) {
    long bound = Math.max(SHORTEST_BOUND, memory / PARTS_OF_MEMORY);
    return new ClientOptions(
        timeout,
        Math.min(longestAnswer, bound),
        retries,
        parallelism,
        timing,
        transport,
        listener,
        masking,
        tokenOrigin);
  }

  /** Whether an answer may be longer where there is more memory. */
  boolean isBoundByMemory() {
    return longestAnswer < DEFAULT_LONGEST_ANSWER;
  }

  public ClientOptions withTiming(Timing other) {
    return new ClientOptions(
        timeout,
        longestAnswer,
        retries,
        parallelism,
        other,
        transport,
        listener,
        masking,
        tokenOrigin);
  }

  /** The same, with somebody who hears of every call. */
  public ClientOptions toldTo(AttemptListener somebody) {
    return new ClientOptions(
        timeout,
        longestAnswer,
        retries,
        parallelism,
        timing,
        transport,
        somebody,
        masking,
        tokenOrigin);
  }

  /** The same, for a run that has been given secrets. */
  public ClientOptions maskedBy(Masking secrets) {
    return new ClientOptions(
        timeout,
        longestAnswer,
        retries,
        parallelism,
        timing,
        transport,
        listener,
        secrets,
        tokenOrigin);
  }

  /** The same, with a management token of which somebody knows where it was found. */
  public ClientOptions withTokenOf(String origin) {
    return new ClientOptions(
        timeout,
        longestAnswer,
        retries,
        parallelism,
        timing,
        transport,
        listener,
        masking,
        Optional.of(origin));
  }
}
