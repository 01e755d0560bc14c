package io.tokenform.plan;

import io.tokenform.cluster.Request;
import java.util.Objects;
import java.util.Optional;

/** One of the things that a change does, in its order. */
public sealed interface Step {
  /** What is sent to the cluster; absent if the step does not concern the cluster. */
  Optional<Request> request();

  /**
   * A call to the cluster.
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
  }
}
