package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Flag;
import io.tokenform.apply.journal.JournalException;
import io.tokenform.apply.journal.Journals;
import io.tokenform.cli.console.Answer;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.FoundJournal;
import io.tokenform.cli.files.JournalFiles;
import io.tokenform.cli.fleet.ClusterNameConverter;
import io.tokenform.cli.options.Format;
import io.tokenform.cli.options.JournalName;
import io.tokenform.cli.options.JournalOption;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.JournalText;
import io.tokenform.report.JournalsJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "journal",
    description = {
      "Show what earlier applies did.",
      "Every apply keeps a journal of what it was about to send, each attempt and its result. The"
          + " journal can be relied on even if the apply was killed."
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform journal list",
      "  tokenform journal show latest",
    })
final class JournalCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Shows its help: a script whose variable is empty must not take that for a success. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.USAGE;
  }

  private static JournalText text(Run run) {
    return new JournalText(
        run.console().outStyle(), run.world().clock().getZone(), run.console().outWidth());
  }

  /** The options of both. */
  static final class Options {
    @Mixin private JournalOption journalOption = new JournalOption();

    @Option(
        names = Flag.ONLY,
        paramLabel = "CLUSTER",
        converter = ClusterNameConverter.class,
        description = "The journals of this cluster of a fleet, which have a folder of its name.")
    private ClusterName cluster;

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        defaultValue = "text",
        converter = Format.TextOrJson.class,
        description = "text or json; ${DEFAULT-VALUE} if not given.")
    private Format format;

    /**
     * @throws InputException if there are none of the cluster that is named, and it is not in the
     *     usual fleet file either
     */
    private Journals journals(World world) throws JournalException, InputException {
      Journals all = journalOption.journals(world);
      if (cluster == null) {
        return all;
      }
      JournalFiles.requireKnown(world, all, cluster);
      return journalOption.journals(world, cluster);
    }

    private boolean asJson() {
      return format == Format.JSON;
    }
  }

  /** Names the journals. */
  @Command(
      name = "list",
      description = {
        "List the journals, oldest first.",
        "Those of the clusters of a fleet, which have folders of their own, are among them."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  tokenform journal list --format json",
        "  tokenform journal list --only prod-eu",
      })
  static final class ListCommand implements Callable<Integer> {
    private final Run run;

    @Mixin private Options options = new Options();

    ListCommand(Run run) {
      this.run = run;
    }

    @Override
    public Integer call() throws Exception {
      return Answer.print(run.console(), options.asJson(), this::list);
    }

    private String list() throws JournalException, InputException {
      Journals journals = options.journals(run.world());
      List<JournalText.Listed> applies = new ArrayList<>();
      add(journals, Optional.ofNullable(options.cluster).map(ClusterName::value), applies);
      List<ClusterName> clusters =
          options.cluster == null ? JournalFiles.clusters(journals) : List.of();
      for (ClusterName cluster : clusters) {
        add(
            options.journalOption.journals(run.world(), cluster),
            Optional.of(cluster.value()),
            applies);
      }
      if (!clusters.isEmpty()) {
        applies.sort(Comparator.comparing(one -> one.apply().header().startedAt()));
      }
      return options.asJson() ? JournalsJson.list(applies) : text(run).list(applies);
    }

    private void add(Journals journals, Optional<String> cluster, List<JournalText.Listed> applies)
        throws JournalException {
      for (Path file : journals.list()) {
        try {
          FoundJournal found = FoundJournal.read(journals, file);
          applies.add(new JournalText.Listed(cluster, found.apply(), found.doubt()));
        } catch (JournalException e) {
          // One that is broken must not hide the others.
          run.console().note(e.getMessage());
        }
      }
    }
  }

  /** Shows one journal. */
  @Command(
      name = "show",
      description = "Show what one apply did, change by change.",
      footerHeading = "%nExample:%n",
      footer = "  tokenform journal show latest")
  static final class ShowJournalCommand implements Callable<Integer> {
    private final Run run;

    @Mixin private Options options = new Options();

    @Parameters(
        arity = "0..1",
        paramLabel = "JOURNAL",
        defaultValue = JournalFiles.LATEST,
        converter = JournalName.class,
        description = "A journal's file or name; this user's latest journal if not given.")
    private String journal;

    ShowJournalCommand(Run run) {
      this.run = run;
    }

    @Override
    public Integer call() throws Exception {
      return Answer.print(run.console(), options.asJson(), this::show);
    }

    private String show() throws JournalException, InputException {
      FoundJournal found = JournalFiles.read(run, options.journals(run.world()), journal);
      return options.asJson()
          ? JournalsJson.show(found.apply(), found.doubt())
          : text(run).show(found.apply(), found.doubt());
    }
  }
}
