package io.tokenform.cli.fleet;

import io.tokenform.access.ExitCode;
import io.tokenform.access.TokenListing;
import io.tokenform.cli.console.Answer;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.options.ClusterOptions;
import io.tokenform.cli.options.Connection;
import io.tokenform.cli.options.Format;
import io.tokenform.cli.options.PlatformOption;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.fleet.ClusterPolicy;
import io.tokenform.report.fleet.FleetListJson;
import io.tokenform.report.fleet.FleetListText;
import io.tokenform.report.fleet.FleetRow;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Wrapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the clusters of a fleet. */
@Command(
    name = "list",
    description = {
      "List the clusters of a fleet, and say which of them answer.",
      "Shows the labels, the wave and the files of each cluster, how many tokens its policy has, and"
          + " where its management token comes from. Lists the live tokens of all clusters at the same"
          + " time, and changes nothing. A cluster that does not answer is shown with the reason."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform fleet list",
      "  tokenform fleet list --fleet fleet.yaml --only env=prod",
      "  tokenform fleet list --offline --format json",
    })
final class FleetListCommand implements Callable<Integer> {
  private final Run run;

  @Mixin private FleetOption fleetOption = new FleetOption();
  @Mixin private PlatformOption platformOption = new PlatformOption();
  @Mixin private ClusterOptions options = new ClusterOptions();

  @Option(names = "--offline", description = "Ask no cluster, and read no management token.")
  private boolean offline;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      converter = Format.TextOrJson.class,
      description = "text, or json, one document. ${DEFAULT-VALUE} if not given.")
  private Format format;

  private boolean isWell;

  FleetListCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    Answer.print(run.console(), format == Format.JSON, this::list);
    return isWell ? ExitCode.OK : ExitCode.ERROR;
  }

  private String list() throws Exception {
    FleetInventory inventory = fleetOption.read(run.world());
    FleetTargets targets =
        new FleetTargets(run, options, fleetOption, platformOption.read(run.world()));
    run.console().findings(inventory.findings());
    List<Question> questions = new ArrayList<>();
    for (ClusterPolicy policy : inventory.clusters()) {
      questions.add(question(policy, targets.of(policy.cluster(), inventory)));
    }
    List<FleetRow.Answer> answers =
        new Round(run)
            .of(
                questions,
                one -> one.policy().name().value(),
                FleetListCommand::answer,
                (one, teller, failure) -> FleetRow.Answer.no(failure.message(), failure.hint()));
    List<FleetRow> rows = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      Question question = questions.get(i);
      rows.add(
          FleetRow.of(inventory.fleet(), question.policy(), question.tokenFrom(), answers.get(i)));
    }
    isWell = rows.stream().allMatch(FleetRow::isWell);
    if (inventory.isEmpty()) {
      fleetOption.tellEmpty(run.console());
      return format == Format.JSON ? FleetListJson.render(inventory.path(), rows) : "";
    }
    return format == Format.JSON
        ? FleetListJson.render(inventory.path(), rows)
        : Wrapping.of(
            new FleetListText(run.console().outStyle()).render(rows), run.console().outWidth());
  }

  /**
   * A cluster that is to be asked.
   *
   * @param known the answer, where it need not be asked
   */
  private record Question(
      ClusterPolicy policy,
      FleetTarget target,
      Optional<String> tokenFrom,
      Optional<FleetRow.Answer> known) {}

  /**
   * Everything that comes before asking; done for one after the other, since it may ask a person.
   */
  private Question question(ClusterPolicy policy, FleetTarget target) {
    Optional<String> tokenFrom = Optional.empty();
    try {
      tokenFrom = target.tokenOrigin();
      if (offline) {
        return new Question(policy, target, tokenFrom, Optional.of(FleetRow.Answer.NOT_ASKED));
      }
      target.settle();
      return new Question(policy, target, tokenFrom, Optional.empty());
    } catch (SettingsException e) {
      return new Question(
          policy, target, tokenFrom, Optional.of(FleetRow.Answer.no(e.getMessage(), e.hint())));
    }
  }

  private static FleetRow.Answer answer(Question question, Run teller)
      throws SettingsException, InputException {
    if (question.known().isPresent()) {
      return question.known().get();
    }
    try (Connection connection = question.target().connect(teller, 1)) {
      TokenListing listing = connection.listing();
      int unreadable = listing.unreadable().size();
      return FleetRow.Answer.yes(
          Counts.of(listing.tokens().size() + unreadable, "live token", "live tokens")
              + (unreadable == 0 ? "" : ", of which " + unreadable + " cannot be read"));
    } catch (ApiException e) {
      return FleetRow.Answer.no(e.problem(), e.hint());
    }
  }
}
