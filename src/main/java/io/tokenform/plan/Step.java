package io.tokenform.plan;

import io.tokenform.access.Durations;
import io.tokenform.access.SinkName;
import io.tokenform.cluster.Request;
import io.tokenform.policy.SinkDefinition;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** One of the things that a change does, in its order. */
public sealed interface Step {
  /** What is sent to the cluster; absent if the step does not concern the cluster. */
  Optional<Request> request();

  /** The delivery, if it is one. */
  default Optional<Delivery> delivery() {
    return Optional.empty();
  }

  /** What it is, in a line of which each part that matters is a part: for digests. */
  String text();

  /**
   * A call to the cluster. What is known only when it is sent stands in it as {@code {nonce}},
   * {@code {id}} and {@code {now+7d}}.
   *
   * @param call what is sent
   */
  record Call(Request call) implements Step {
    public Call {
      Objects.requireNonNull(call, "call");
    }

    @Override
    public Optional<Request> request() {
      return Optional.of(call);
    }

    @Override
    public String text() {
      return call.toString();
    }
  }

  /**
   * A delivery of a new token's secret.
   *
   * @param sink the sink's name
   * @param definition what the platform file says of it
   * @param settle how long the token is given before that, to become known on the cluster
   */
  record Delivery(SinkName sink, SinkDefinition definition, Duration settle) implements Step {
    public Delivery {
      Objects.requireNonNull(sink, "sink");
      Objects.requireNonNull(definition, "definition");
      Objects.requireNonNull(settle, "settle");
    }

    @Override
    public Optional<Request> request() {
      return Optional.empty();
    }

    @Override
    public Optional<Delivery> delivery() {
      return Optional.of(this);
    }

    @Override
    public String text() {
      return "deliver to " + sink + ": " + definition + ", settle " + Durations.text(settle);
    }
  }
}
