package io.tokenform.cli.options;

import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Flag;
import io.tokenform.access.Product;
import io.tokenform.access.ShellWord;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.KnownHosts;
import io.tokenform.cluster.settings.ConnectionSettings;
import io.tokenform.cluster.settings.HostConsent;
import io.tokenform.cluster.settings.Setting;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.report.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks the user whether the management token may go to a host that only a file names, as ssh asks
 * about a host that it does not know, and remembers the answer.
 */
final class HostApproval {
  private static final String CI = "CI";

  private final Run run;
  private final Function<ConnectionSettings.Decision, String> flag;

  HostApproval(Run run) {
    this(run, HostApproval::flag);
  }

  private HostApproval(Run run, Function<ConnectionSettings.Decision, String> flag) {
    this.run = run;
    this.flag = flag;
  }

  /** The same for hosts that a fleet file names. */
  static HostApproval ofFleet(Run run) {
    return new HostApproval(
        run,
        decision ->
            "if it may go there, say so with "
                + Flag.TRUST_FLEET_HOSTS
                + ", or add "
                + decision.address().url().origin()
                + " to hosts in the platform file");
  }

  /** Whether this is a job of a CI, all of which set that variable. */
  static boolean isCi(World world) {
    return !world.environment().getOrDefault(CI, "").isEmpty();
  }

  /**
   * Returns if the token may go to the cluster's host.
   *
   * @param token where the token would come from
   * @throws SettingsException if it may not
   */
  void require(ConnectionSettings.Decision decision, String token) throws SettingsException {
    Optional<Setting> named = decision.hostOfFileAlone();
    if (named.isEmpty()) {
      return;
    }
    boolean isCi = isCi(run.world());
    KnownHosts known = KnownHosts.of(run.world());
    KnownHosts.Answers answers = isCi ? KnownHosts.Answers.NONE : known.read();
    HostConsent consent = HostConsent.of(decision, answers.hosts(), isCi, run.console().canAsk());
    if (consent == HostConsent.ASK) {
      answers.problem().ifPresent(problem -> run.console().warn(notUsed(problem)));
      ask(decision, named.get(), token);
      remember(known, decision.address().url());
    } else if (consent == HostConsent.REFUSED) {
      throw new SettingsException(
          named.get().origin()
              + " alone names the host "
              + decision.address().url()
              + "; the management token ("
              + token
              + ") is not sent to a host that only a file names",
          flag.apply(decision) + "; " + reason(isCi, answers));
    }
  }

  private static String reason(boolean isCi, KnownHosts.Answers answers) {
    return isCi
        ? CI + " is set, so tokenform does not ask and uses no remembered answer"
        : answers
            .problem()
            .map(HostApproval::notUsed)
            .orElse("at a terminal tokenform asks once, and remembers the answer");
  }

  private static String notUsed(String problem) {
    return "the remembered hosts are not used: " + problem;
  }

  private void ask(ConnectionSettings.Decision decision, Setting named, String token)
      throws SettingsException {
    ClusterUrl url = decision.address().url();
    run.console()
        .printError(
            Printable.line(named.origin() + " names a host that you have not approved:")
                + "\n  "
                + Printable.line(url.toString())
                + "\n"
                + Printable.line("The management token (" + token + ") would be sent there.")
                + "\n");
    if (!run.console().confirms("Send it to " + url.origin() + ", and remember this answer?")) {
      throw new SettingsException(
          "not confirmed; the management token was not sent to " + url.origin(),
          flag.apply(decision));
    }
  }

  private void remember(KnownHosts known, ClusterUrl url) {
    try {
      Path file = known.remember(url.origin());
      run.console().note(url.origin() + " is remembered in " + file);
    } catch (IOException e) {
      run.console().warn("the answer is not remembered: " + e.getMessage());
    }
  }

  private static String flag(ConnectionSettings.Decision decision) {
    String variable =
        decision.address().product() == Product.CLUSTERED ? " or INFLUX_DB_INSTANCE_URL" : "";
    return "if it may go there, say so with --url "
        + ShellWord.of(decision.address().url().toString())
        + variable;
  }
}
