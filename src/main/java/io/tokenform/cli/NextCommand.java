package io.tokenform.cli;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Flag;
import io.tokenform.access.ShellWord;
import io.tokenform.cli.help.GivenOptions;
import io.tokenform.cluster.settings.ConnectionSettings;
import io.tokenform.policy.placement.ClusterName;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command that comes after this one, with those options of this run that it needs, too. */
final class NextCommand {
  /** What says how much is told, and not what is done. */
  private static final Set<String> ABOUT_THIS_RUN = Set.of("--debug", "--trace", "--no-color");

  /** The options of apply and rollback that say nothing of how to undo what they did. */
  private static final Set<String> OF_DOING =
      Stream.concat(
              ApplyCommand.OPTIONS_OF_PLANNING.stream(),
              Stream.of(
                  Flag.ONLY,
                  Flag.SHARD,
                  Flag.EXPECT_DIGEST,
                  "--auto-approve",
                  "--dry-run",
                  "--reason",
                  "--force"))
          .collect(Collectors.toUnmodifiableSet());

  private NextCommand() {}

  /**
   * The command to paste that undoes, up to the journal, what this run does with a cluster of a
   * fleet.
   *
   * @param fleet the options that name the fleet, with a blank before each, if this run has options
   *     that nobody may see
   */
  static String rollback(ParseResult parsed, ClusterName cluster, String fleet) {
    String only = " " + Flag.ONLY + " " + cluster;
    return of(parsed, "rollback" + only, OF_DOING).orElse("tokenform rollback" + fleet + only);
  }

  /**
   * The command to paste, after one that may have looked at a snapshot: nobody has named the host
   * of its cluster then.
   *
   * @param cluster which cluster it is for
   * @return the same as without a cluster
   */
  static Optional<String> of(
      ParseResult parsed, String beginning, Set<String> dropped, ClusterAddress cluster) {
    Optional<String> command = of(parsed, beginning, dropped);
    boolean isUnnamed = parsed.hasMatchedOption(Flag.LIVE) && !parsed.hasMatchedOption(Flag.URL);
    return isUnnamed
        ? command.map(
            text ->
                text
                    + ConnectionSettings.hostToName(cluster)
                        .map(host -> " " + Flag.URL + " " + host)
                        .orElse(""))
        : command;
  }

  /**
   * The command to paste.
   *
   * @param beginning its verb and what else is new in it
   * @param dropped the options that it does not take over, by their longest names
   * @return nothing if this run has an option that nobody may see: its text may be a secret
   */
  static Optional<String> of(ParseResult parsed, String beginning, Set<String> dropped) {
    for (OptionSpec option : parsed.matchedOptions()) {
      if (GivenOptions.isSecret(option)) {
        return Optional.empty();
      }
    }
    return Optional.of(
        "tokenform "
            + beginning
            + GivenOptions.of(
                parsed,
                option ->
                    !dropped.contains(option.longestName())
                        && !ABOUT_THIS_RUN.contains(option.longestName())));
  }

  /** A file as an argument of a command, which must not look like an option. */
  static String argument(String file) {
    return ShellWord.of(file.startsWith("-") ? "./" + file : file);
  }
}
