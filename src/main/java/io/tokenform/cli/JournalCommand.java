package io.tokenform.cli;

import io.tokenform.apply.JournalException;
import io.tokenform.apply.JournalReader;
import io.tokenform.apply.RecordedApply;
import io.tokenform.report.JournalText;
import io.tokenform.report.JournalsJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "journal",
    description = {
      "What earlier applies did.",
      "Every apply keeps a journal: what it was about to send, each attempt, and what became of it."
          + " It tells the truth even where the apply was killed."
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform journal list",
      "  tokenform journal show latest",
    })
final class JournalCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "list or show is missing");
  }

  /** Names the journals. */
  @Command(
      name = "list",
      description = "List the journals, oldest first.",
      footerHeading = "%nExample:%n",
      footer = "  tokenform journal list --format json")
  static final class ListCommand implements Callable<Integer> {
    private final World world;
    private final Console console;

    @Mixin private JournalOption journalOption = new JournalOption();

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        defaultValue = "text",
        converter = Format.TextOrJson.class,
        description = "text or json; ${DEFAULT-VALUE} if not given.")
    private Format format;

    ListCommand(World world, Console console) {
      this.world = world;
      this.console = console;
    }

    @Override
    public Integer call() throws JournalException {
      List<RecordedApply> applies = new ArrayList<>();
      for (Path file : journalOption.journals(world).list()) {
        try {
          applies.add(JournalReader.read(file));
        } catch (JournalException e) {
          // One that is broken must not hide the others.
          console.note(e.getMessage());
        }
      }
      console.print(
          format == Format.JSON
              ? JournalsJson.list(applies)
              : new JournalText(console.outStyle()).list(applies));
      return ExitCode.OK;
    }
  }

  /** Shows one journal. */
  @Command(
      name = "show",
      description = "Show what one apply did, change by change.",
      footerHeading = "%nExample:%n",
      footer = "  tokenform journal show latest")
  static final class ShowJournalCommand implements Callable<Integer> {
    private final World world;
    private final Console console;

    @Mixin private JournalOption journalOption = new JournalOption();

    @Parameters(
        arity = "0..1",
        paramLabel = "JOURNAL",
        converter = JournalFiles.Named.class,
        defaultValue = JournalFiles.LATEST,
        description = "A journal's file or name; the latest if not given.")
    private String journal;

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        defaultValue = "text",
        converter = Format.TextOrJson.class,
        description = "text or json; ${DEFAULT-VALUE} if not given.")
    private Format format;

    ShowJournalCommand(World world, Console console) {
      this.world = world;
      this.console = console;
    }

    @Override
    public Integer call() throws JournalException, InputException {
      RecordedApply apply = JournalFiles.read(world, journalOption.journals(world), journal);
      console.print(
          format == Format.JSON
              ? JournalsJson.show(apply)
              : new JournalText(console.outStyle()).show(apply));
      return ExitCode.OK;
    }
  }
}
