package io.tokenform.cli;

import io.tokenform.access.SinkName;
import io.tokenform.access.TokenName;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.options.SinkAccess;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Platform;
import io.tokenform.policy.Policy;
import io.tokenform.policy.SinkDefinition;
import io.tokenform.report.Checkup;
import io.tokenform.sink.SinkException;
import io.tokenform.sink.SinkTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Checks each sink of a platform file, without giving it anything.
 *
 * @param policy names the tokens that are delivered; absent where there is none
 */
record SinkCheck(Platform platform, Optional<Policy> policy) {
  /** Stands for a token, where the policy has none for a sink. */
  private static final TokenName NO_TOKEN = new TokenName("doctor");

  SinkCheck {
    Objects.requireNonNull(platform, "platform");
    Objects.requireNonNull(policy, "policy");
  }

  /**
   * What was found out, by the names of the sinks.
   *
   * @param cluster what sinks call it
   */
  List<Checkup.Sink> check(Run run, String cluster) {
    List<Checkup.Sink> sinks = new ArrayList<>();
    platform
        .sinks()
        .forEach(
            (name, definition) ->
                sinks.add(
                    new Checkup.Sink(definition.kind(), check(run, cluster, name, definition))));
    return sinks;
  }

  private Checkup.Check check(Run run, String cluster, SinkName name, SinkDefinition definition) {
    try {
      SinkAccess.sinks(run).of(name, definition).check(target(name, cluster));
      return Checkup.Check.passed(name.value(), definition.assurance(cluster));
    } catch (SinkException e) {
      return Checkup.Check.failed(name.value(), e.getMessage(), e.hint());
    }
  }

  /** The first token that the sink is for. A check is about the sink, whichever it is. */
  private SinkTarget target(SinkName sink, String cluster) {
    Optional<DesiredToken> token =
        policy.stream()
            .flatMap(present -> present.tokens().stream())
            .filter(
                one -> one.lifecycle().deliver().filter(to -> to.value().equals(sink)).isPresent())
            .findFirst();
    return new SinkTarget(
        token.map(DesiredToken::name).orElse(NO_TOKEN),
        cluster,
        Optional.empty(),
        token.flatMap(DesiredToken::description).map(text -> text.value()).orElse(""),
        Optional.empty());
  }
}
