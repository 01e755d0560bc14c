package io.tokenform.cli.fleet;

import io.tokenform.access.TokenListing;
import io.tokenform.cli.console.Failure;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.options.ClusterOptions;
import io.tokenform.cli.options.LiveOption;
import io.tokenform.cli.options.LiveReader;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.fleet.ClusterAnswer;
import io.tokenform.fleet.ClusterPolicy;
import io.tokenform.live.SetAside;
import io.tokenform.policy.Platform;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.text.Age;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Asks the same of each cluster of a fleet, at the same time. A cluster that fails hides none. */
public final class FleetReading {
  private final Run run;
  private final ClusterOptions options;
  private final FleetOption fleet;
  private final Platform platform;

  /**
   * @param options about the connection; none of them names a cluster
   * @param platform which cluster each must be, and which hosts get management tokens
   */
  public FleetReading(Run run, ClusterOptions options, FleetOption fleet, Platform platform) {
    this.run = run;
    this.options = options;
    this.fleet = fleet;
    this.platform = platform;
  }

  /**
   * What is asked of a cluster; may be asked on any thread.
   *
   * @param <T> what is answered
   */
  @FunctionalInterface
  public interface Question<T> {
    /**
     * What the cluster answers.
     *
     * @param teller through what it speaks: others may speak at the same time
     */
    T ask(ClusterPolicy cluster, LiveReader reader, Run teller)
        throws ApiException, InputException, InvalidPolicyException, SettingsException;
  }

  /**
   * What each cluster answered, in the order of the fleet. Why one gave no answer is told to
   * standard error.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public <T> List<ClusterAnswer<T>> ask(FleetInventory inventory, Question<T> question)
      throws InterruptedException {
    return answers(FleetMembers.reachable(run, options, fleet, inventory, platform), question)
        .stream()
        .map(Answered::answer)
        .toList();
  }

  /** The same of snapshots in the place of the clusters, where they are given. */
  public <T> List<ClusterAnswer<T>> ask(
      FleetInventory inventory, LiveOption live, Question<T> question) throws InterruptedException {
    List<Answered<T>> answered =
        answers(FleetMembers.readable(run, options, live, fleet, inventory, platform), question);
    answered.stream()
        .filter(one -> one.takenAt().isPresent())
        .min(Comparator.comparing(one -> one.takenAt().orElseThrow()))
        .ifPresent(oldest -> note(oldest.answer().name(), oldest.takenAt().orElseThrow()));
    return answered.stream().map(Answered::answer).toList();
  }

  /** Warns of tokens of a cluster that cannot be read. */
  public static void tellUnreadable(ClusterName cluster, TokenListing listing, Run teller) {
    if (!listing.unreadable().isEmpty()) {
      teller
          .console()
          .warning(
              cluster + ": " + SetAside.sentence(listing.unreadable()), Optional.of(SetAside.HINT));
    }
  }

  private void note(ClusterName oldest, Instant takenAt) {
    Instant now = run.world().clock().instant();
    run.console()
        .note(
            "live is from snapshots; the oldest, that of "
                + oldest
                + ", is as of "
                + takenAt
                + ", and "
                + Age.of(Duration.between(takenAt, now))
                + " old");
  }

  /**
   * An answer.
   *
   * @param takenAt when the snapshot was taken that gave it, if one did
   */
  private record Answered<T>(ClusterAnswer<T> answer, Optional<Instant> takenAt) {}

  private <T> List<Answered<T>> answers(List<FleetMember> members, Question<T> question)
      throws InterruptedException {
    return new Round(run)
        .of(
            members,
            member -> member.name().value(),
            (member, teller) -> answer(member, question, teller),
            FleetReading::failed);
  }

  private static <T> Answered<T> answer(FleetMember member, Question<T> question, Run teller)
      throws ApiException, InputException, InvalidPolicyException, SettingsException {
    try (LiveReader reader = member.way().open(teller)) {
      T found = question.ask(member.policy(), reader, teller);
      return new Answered<>(
          ClusterAnswer.of(member.policy().cluster().place(), found),
          reader.snapshot().map(snapshot -> snapshot.takenAt()));
    }
  }

  private static <T> Answered<T> failed(FleetMember member, Run teller, Failure failure) {
    teller.console().error(member.name() + ": " + failure.message(), failure.hint());
    return new Answered<>(
        ClusterAnswer.failed(member.policy().cluster().place(), failure.message(), failure.hint()),
        Optional.empty());
  }
}
