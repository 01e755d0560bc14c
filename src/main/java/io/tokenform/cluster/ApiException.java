package io.tokenform.cluster;

import io.tokenform.access.Explained;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** A call of the Management API that did not give what was asked for. */
public final class ApiException extends IOException implements Explained {
  private static final long serialVersionUID = 1L;

  private final transient Request request;
  private final String problem;
  private final String hint;
  private final int status;
  private final boolean transientFailure;
  private final Duration retryAfter;
  private final boolean mayHaveHappened;
  private final boolean tried;
  private final boolean unpromised;

  private ApiException(Builder builder, Throwable cause) {
    super(builder.request + ": " + builder.problem, cause);
    this.request = builder.request;
    this.problem = builder.problem;
    this.hint = builder.hint;
    this.status = builder.status;
    this.transientFailure = builder.transientFailure;
    this.retryAfter = builder.retryAfter;
    this.mayHaveHappened = builder.mayHaveHappened();
    this.tried = builder.tried;
    this.unpromised = builder.unpromised;
  }

  static Builder of(Request request, String problem) {
    return new Builder(request, problem);
  }

  public Request request() {
    return request;
  }

  /** What went wrong, without the method and the path. It may quote the server. */
  public String problem() {
    return problem;
  }

  /** What to do about it. */
  @Override
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }

  /** The HTTP status, where there was an answer. */
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** Whether the same call may succeed a little later. */
  public boolean isTransient() {
    return transientFailure;
  }

  /**
   * Whether the server may have done what it was asked to all the same: the answer to an attempt
   * was lost, or was neither a plain yes nor a plain no.
   */
  public boolean mayHaveHappened() {
    return mayHaveHappened;
  }

  /** Whether a whole answer came, and holds something else than the API promises. */
  public boolean isUnpromised() {
    return unpromised;
  }

  /** Whether the call was made at all; one that was stopped before was not. */
  public boolean wasTried() {
    return tried;
  }

  /** The same failure of a call of which an earlier attempt may have done its work. */
  ApiException afterLostAttempt() {
    if (mayHaveHappened) {
      return this;
    }
    Builder builder = copy();
    builder.lostAttempt = true;
    return builder.causedBy(getCause());
  }

  /** The same failure of an attempt of which the server cannot have heard. */
  ApiException beforeItWasSent() {
    return mayHaveHappened ? copy().neverSent().causedBy(getCause()) : this;
  }

  private Builder copy() {
    return new Builder(request, problem)
        .hint(hint)
        .status(status)
        .isTransient(transientFailure)
        .retryAfter(retryAfter());
  }

  /** How long the server asks to wait before another try. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Collects the facts of a failure. */
  static final class Builder {
    private final Request request;
    private final String problem;
    private String hint;
    private int status;
    private boolean transientFailure;
    private Duration retryAfter;
    private boolean sent = true;
    private boolean tried = true;
    private boolean lostAttempt;
    private boolean unpromised;

    private Builder(Request request, String problem) {
      this.request = Objects.requireNonNull(request, "request");
      this.problem = Objects.requireNonNull(problem, "problem");
    }

    Builder hint(String text) {
      hint = text;
      return this;
    }

    /** A whole answer came, and holds something else than the API promises. */
    Builder unpromised() {
      unpromised = true;
      return this;
    }

    /** It failed before the server could hear of it. */
    Builder neverSent() {
      sent = false;
      return this;
    }

    /** It was not even tried. */
    Builder untried() {
      tried = false;
      return neverSent();
    }

    private boolean mayHaveHappened() {
      boolean unclear = status == 0 || status / 100 == 2 || status == 408 || status >= 500;
      return lostAttempt || (sent && unclear);
    }

    Builder status(int code) {
      status = code;
      return this;
    }

    Builder isTransient(boolean value) {
      transientFailure = value;
      return this;
    }

    Builder retryAfter(Optional<Duration> wait) {
      retryAfter = wait.orElse(null);
      return this;
    }

    ApiException causedBy(Throwable cause) {
      return new ApiException(this, cause);
    }

    ApiException build() {
      return new ApiException(this, null);
    }
  }
}
