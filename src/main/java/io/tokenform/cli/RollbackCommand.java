package io.tokenform.cli;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ExitCode;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.apply.Rollback;
import io.tokenform.apply.journal.Journals;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.apply.journal.RecordedChange;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.files.FoundJournal;
import io.tokenform.cli.files.JournalFiles;
import io.tokenform.cli.fleet.FleetMate;
import io.tokenform.cli.fleet.FleetOption;
import io.tokenform.cli.options.Applying;
import io.tokenform.cli.options.ClusterOptions;
import io.tokenform.cli.options.Connection;
import io.tokenform.cli.options.GuardrailOptions;
import io.tokenform.cli.options.JournalName;
import io.tokenform.cli.options.SelectionOptions;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.cluster.settings.Target;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.live.Live;
import io.tokenform.plan.Change;
import io.tokenform.plan.DatabaseChange;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Selection;
import io.tokenform.plan.WaveOrder;
import io.tokenform.plan.planner.Planner;
import io.tokenform.policy.Platform;
import io.tokenform.policy.Policy;
import io.tokenform.report.RollbackText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "rollback",
    description = {
      "Undo an apply.",
      "Makes a plan that gives each token what it had before, in the fields that the apply changed"
          + " and in no others; shows it, asks, and applies it with a journal of its own. A token"
          + " that somebody has changed since is shown and left alone.",
      "The default guardrails apply. A journal that another user or a commit may have written, or"
          + " that is dated in the future, is refused, and never counts as the latest."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform rollback latest",
      "  tokenform rollback .tokenform/journal/20260131T120000Z-0123456789ab.jsonl --dry-run",
    })
final class RollbackCommand implements Callable<Integer> {
  private final Run run;

  @Parameters(
      paramLabel = "JOURNAL",
      converter = JournalName.class,
      description = "A journal's file or name, or latest.")
  private String journal;

  @Option(names = "--force", description = "Restore tokens that have drifted since as well.")
  private boolean force;

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      defaultValue = "grant-first",
      converter = SelectionOptions.OrderConverter.class,
      description = "grant-first, or revoke-first for incidents; grant-first if not given.")
  private WaveOrder order;

  @Mixin private Applying applying = new Applying();

  @Mixin private Applying.ReasonOption reason = new Applying.ReasonOption();

  @Mixin private GuardrailOptions guardrails = new GuardrailOptions();

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Mixin private FleetOption fleet = new FleetOption();

  @Spec private CommandSpec spec;

  RollbackCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    reason.tell(applying, run.console());
    applying.requireApproval(run.console(), "rollback");
    Platform platform = guardrails.platform(run.world());
    Optional<FleetMate> mate =
        fleet.isGiven()
            ? Optional.of(FleetMate.of(run, cluster, fleet, platform))
            : Optional.empty();
    mate.ifPresent(
        one ->
            applying.ofFleet(
                one.name(),
                NextCommand.rollback(
                    spec.commandLine().getParseResult(), one.name(), fleet.words())));
    FoundJournal found = find();
    RecordedApply apply = found.apply();
    try (Connection connection = connect(apply, platform, mate)) {
      Live live = connection.live();
      Rollback rollback =
          Rollback.of(
              apply, live.listing(), live.databaseListing(), force, run.world().clock().instant());
      Plan plan =
          Planner.plan(rollback.policy(), live, options(rollback.policy(), platform))
              .ofItsTokensAlone();
      if (plan.hasErrors()) {
        throw new InvalidPolicyException(plan.findings());
      }
      run.console().findings(plan);
      if (!rollback.drifted().isEmpty()) {
        run.console()
            .printError(new RollbackText(run.console().errStyle()).render(rollback.drifted()));
      }
      rollback
          .lasting()
          .forEach(
              lasting ->
                  run.console()
                      .note("\"" + lasting.change().change().name() + "\": " + lasting.why()));
      lostMeanwhile(apply, rollback)
          .forEach(
              database ->
                  run.console()
                      .note(
                          "\""
                              + database
                              + "\": the retention comes back, and not the data that was older"
                              + " than the shorter one"));
      int code = applying.carryOut(run, plan, connection, Optional.of(found));
      return code == ExitCode.OK ? verdict(rollback) : code;
    }
  }

  private Connection connect(RecordedApply apply, Platform platform, Optional<FleetMate> mate)
      throws SettingsException, InputException {
    String what = "the journal " + apply.name();
    ClusterAddress recorded = apply.header().cluster();
    return mate.isPresent()
        ? mate.get().connect(run, what, recorded, applying.parallelism())
        : cluster.connect(
            run, Target.of(recorded, what, apply.name()).within(platform), applying.parallelism());
  }

  private FoundJournal find() throws Exception {
    Journals journals = applying.journals(run.world());
    Path file = JournalFiles.find(run, journals, journal);
    FoundJournal found = FoundJournal.readOwn(journals, file);
    if (found.apply().endedAt().isPresent()) {
      return found;
    }
    // Its apply was killed, or is under way: what it still does would not be in this plan.
    applying.awaitOthers(run.console(), journals);
    return FoundJournal.readOwn(journals, file);
  }

  private PlanOptions options(Policy policy, Platform platform) throws InvalidPolicyException {
    return new PlanOptions(
            order,
            Selection.ALL,
            platform.guardrails().ofChangesAlone(),
            guardrails.allowances(policy.tokenNames(), policy.databaseNames()),
            run.world().clock().instant())
        .with(PlanOptions.Asked.LABELLED);
  }

  /** The databases whose settings come back, and may have lost data with those of the apply. */
  private static List<DatabaseName> lostMeanwhile(RecordedApply apply, Rollback rollback) {
    Set<DatabaseName> restored = rollback.policy().databaseNames();
    List<DatabaseName> lost = new ArrayList<>();
    for (RecordedChange recorded : apply.changes()) {
      Optional<DatabaseChange> change = recorded.change().ofDatabase();
      if (recorded.mayHaveHappened()
          && change.isPresent()
          && change.get().losesData()
          && restored.contains(change.get().database())) {
        lost.add(change.get().database());
      }
    }
    return lost;
  }

  /** Says what of the apply stays for good. */
  private void complainOfWhatStays(Rollback rollback) {
    boolean isOfDatabase = false;
    boolean isOfToken = false;
    for (Rollback.Lasting lasting : rollback.lasting()) {
      Change change = lasting.change().change();
      isOfDatabase |= change.isIrreversible() && change.ofDatabase().isPresent();
      isOfToken |= change.isIrreversible() && change.ofDatabase().isEmpty();
    }
    List<String> stays = new ArrayList<>();
    List<String> hints = new ArrayList<>();
    if (isOfToken) {
      stays.add("a token that was revoked stays revoked");
      hints.add("make another one in its place: tokenform token create --help");
    }
    if (isOfDatabase) {
      stays.add("a database that was deleted stays deleted");
      hints.add(
          isOfToken
              ? "the vendor's support may be able to bring the database back"
              : "the vendor's support may be able to bring it back");
    }
    run.console()
        .error(
            "not everything is undone: " + String.join(", and ", stays),
            Optional.of(String.join("; ", hints)));
  }

  private int verdict(Rollback rollback) {
    if (rollback.drifted().isEmpty()) {
      if (rollback.isWhole()) {
        return ExitCode.OK;
      }
      complainOfWhatStays(rollback);
      return ExitCode.ERROR;
    }
    run.console()
        .error(
            "what has drifted since was left alone",
            Optional.of(
                rollback.drifted().stream().anyMatch(Rollback.Drifted::restorable)
                    ? "review it above; --force restores what can be restored"
                    : lost(rollback.drifted())));
    return ExitCode.ERROR;
  }

  /** Why nothing of what has drifted can be restored, and what to do where something can be. */
  private static String lost(List<Rollback.Drifted> drifted) {
    List<String> why = new ArrayList<>();
    boolean isOfDatabase =
        drifted.stream().anyMatch(each -> each.change().change().ofDatabase().isPresent());
    boolean keepsName = drifted.stream().anyMatch(Rollback.Drifted::keepsName);
    boolean isOfToken =
        drifted.stream().anyMatch(each -> each.change().change().ofToken().isPresent());
    if (isOfToken) {
      why.add(
          "a token is revoked, gone or unreadable, or had what looks like a secret"
              + (isOfDatabase && !keepsName
                  ? ", or uses a database of which it is not clear which it is"
                  : "")
              + ", and cannot be restored");
    }
    if (isOfDatabase) {
      why.add(
          keepsName
              ? "another database has the former name of one; once that name is free, tokenform"
                  + " database rename gives it back"
              : "a database is gone, or there are two, of its old and of its new name: see tokenform"
                  + " database list");
    }
    return String.join("; ", why);
  }
}
