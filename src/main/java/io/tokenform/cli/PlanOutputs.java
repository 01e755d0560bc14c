package io.tokenform.cli;

import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanFile;
import io.tokenform.plan.PlanJson;
import io.tokenform.plan.SavedPlan;
import io.tokenform.policy.Diagnostic;
import io.tokenform.policy.InvalidPolicyException;
import io.tokenform.report.GithubAnnotations;
import io.tokenform.report.PlanAnnotations;
import io.tokenform.report.PlanDiff;
import io.tokenform.report.PlanMarkdown;
import io.tokenform.report.PlanText;
import io.tokenform.report.Style;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The options that say in which forms a plan is given, and where to. */
final class PlanOutputs {
  @Option(
      names = "--format",
      paramLabel = "FORMAT[=FILE]",
      converter = Output.Converter.class,
      description =
          "text, json, markdown, diff, or github, annotations for GitHub Actions; to standard output"
              + " or into a file. May be given several times; text if not given.")
  private List<Output> outputs = List.of(new Output(Format.TEXT, Optional.empty()));

  private boolean hasPrinted;

  /** A form of the plan, and the file that it goes to, or standard output. */
  record Output(Format format, Optional<String> file) {
    /** Reads {@code FORMAT} or {@code FORMAT=FILE}. */
    static final class Converter implements ITypeConverter<Output> {
      @Override
      public Output convert(String text) {
        int equals = text.indexOf('=');
        return equals < 0
            ? new Output(Format.named(text), Optional.empty())
            : new Output(
                Format.named(text.substring(0, equals)), Optional.of(text.substring(equals + 1)));
      }
    }
  }

  /**
   * Refuses what could not be told apart at the other end.
   *
   * @param others files that the command writes besides
   */
  void check(World world, List<String> others) {
    if (outputs.stream().filter(output -> output.file().isEmpty()).count() > 1) {
      throw new UsageException(
          "two formats go to standard output",
          "send one to a file, as in --format markdown=plan.md");
    }
    if (outputs.stream().flatMap(output -> output.file().stream()).anyMatch(String::isBlank)) {
      throw new UsageException("--format names no file behind its =", "is a variable empty?");
    }
    Set<Path> files = new HashSet<>();
    Stream.concat(outputs.stream().flatMap(output -> output.file().stream()), others.stream())
        .filter(file -> !files.add(PolicyFiles.identity(world.directory().resolve(file))))
        .findFirst()
        .ifPresent(
            file -> {
              throw new UsageException(
                  "two outputs go to the file " + file, "give each a file of its own");
            });
  }

  /**
   * Gives the plan in each form. A plan with errors has no text: its findings are all there is.
   *
   * @param saved the plan with what machines need to know besides
   */
  void write(World world, Console console, Plan plan, Supplier<SavedPlan> saved)
      throws InputException {
    for (Output output : outputs) {
      if (output.format() == Format.TEXT && plan.hasErrors()) {
        continue;
      }
      boolean toConsole = output.file().isEmpty();
      Style style = toConsole ? console.outStyle() : Style.PLAIN;
      deliver(world, console, output, rendered(output.format(), style, plan, saved));
    }
  }

  private static String rendered(Format format, Style style, Plan plan, Supplier<SavedPlan> saved) {
    return switch (format) {
      case TEXT -> new PlanText(style).render(plan);
      case JSON -> PlanFile.write(saved.get());
      case MARKDOWN -> PlanMarkdown.render(saved.get());
      case DIFF -> new PlanDiff(style).render(saved.get());
      case GITHUB -> PlanAnnotations.render(saved.get());
    };
  }

  /** Gives machines that wait for an answer one that says why there is no plan. */
  void fail(World world, Console console, Exception e) throws InputException {
    List<Diagnostic> findings =
        e instanceof InvalidPolicyException invalid ? invalid.findings() : List.of();
    for (Output output : outputs) {
      boolean isOpen = output.file().isPresent() || !hasPrinted;
      if (output.format() == Format.JSON && isOpen) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        deliver(world, console, output, PlanJson.failure(message, findings));
      }
      if (output.format() == Format.GITHUB && isOpen) {
        deliver(world, console, output, GithubAnnotations.render(findings));
      }
    }
  }

  private void deliver(World world, Console console, Output output, String text)
      throws InputException {
    if (output.file().isEmpty()) {
      console.print(text);
      hasPrinted = true;
    } else {
      save(world, output.file().get(), text);
    }
  }

  /** Writes a file, whole or not at all. */
  static void save(World world, String file, String text) throws InputException {
    Path path = world.directory().resolve(file);
    try {
      FileReplacement.write(path, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new InputException(
          file + " cannot be written: " + FileProblem.of(e),
          "name a file in a folder that exists",
          e);
    }
  }
}
