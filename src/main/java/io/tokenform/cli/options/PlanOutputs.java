package io.tokenform.cli.options;

import io.tokenform.access.Flag;
import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.Failure;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.Links;
import io.tokenform.cli.files.OutputFiles;
import io.tokenform.cli.files.PolicyFiles;
import io.tokenform.cli.files.Repository;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import io.tokenform.fleet.FleetPlanFile;
import io.tokenform.plan.Plan;
import io.tokenform.planfile.PlanFile;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.report.CommentOptions;
import io.tokenform.report.PlanFormat;
import io.tokenform.report.PlanMarkdown;
import io.tokenform.report.text.Style;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say in which forms a plan is given, and where to. */
@InGroup(OptionGroup.OUTPUT)
public final class PlanOutputs {
  @Option(
      names = "--format",
      paramLabel = "FORMAT[=FILE]",
      converter = Output.Converter.class,
      description =
          "text, json, markdown, diff, or github, annotations for GitHub Actions; to standard"
              + " output or into a file. May be given several times; text if not given.")
  private List<Output> outputs = List.of(new Output(Format.TEXT, Optional.empty()));

  @Option(
      names = Flag.MARKDOWN_LIMIT,
      paramLabel = "N",
      defaultValue = "" + CommentOptions.DEFAULT_LIMIT,
      converter = LimitConverter.class,
      description =
          "How many characters the host allows in a comment, 4096 to 1000000; ${DEFAULT-VALUE}, as"
              + " GitHub does, if not given. A plan whose gains of access do not fit in the"
              + " Markdown is denied.")
  private int markdownLimit;

  @Option(
      names = "--commit",
      paramLabel = "SHA",
      converter = CommitConverter.class,
      description = "The commit that is planned; the Markdown shows it.")
  private String commit;

  /** What people write for standard output, where a file is asked for. */
  private static final String STANDARD_OUTPUT = "-";

  private boolean hasPrinted;
  private Optional<String> savedIn = Optional.empty();

  /** A form of the plan, and the file that it goes to, or standard output. */
  record Output(Format format, Optional<String> file) {
    /** As people write it; picocli asks for this text in every run. */
    @Override
    public String toString() {
      return file.isPresent() ? format + "=" + file.get() : format.toString();
    }

    /** Reads {@code FORMAT} or {@code FORMAT=FILE}. */
    static final class Converter implements ITypeConverter<Output>, Completable {
      private static final List<Format> POSSIBLE = List.of(Format.values());

      @Override
      public Output convert(String text) {
        int equals = text.indexOf('=');
        return equals < 0
            ? new Output(Format.named(text, POSSIBLE), Optional.empty())
            : new Output(
                Format.named(text.substring(0, equals), POSSIBLE),
                Optional.of(text.substring(equals + 1)));
      }

      @Override
      public List<String> words(Surroundings surroundings) {
        return Format.words(POSSIBLE);
      }
    }
  }

  /** Lets the Markdown name the file that keeps the plan. */
  public void tellSavedIn(String file) {
    savedIn = Optional.of(file);
  }

  /**
   * Refuses what could not be told apart at the other end.
   *
   * @param saved the file that the plan is saved in, if it is
   */
  public void check(World world, Optional<String> saved) {
    if (outputs.stream().filter(output -> output.file().isEmpty()).count() > 1) {
      throw new UsageException(
          "two formats go to standard output",
          "send one to a file, as in --format markdown=plan.md");
    }
    if (outputs.stream().flatMap(output -> output.file().stream()).anyMatch(String::isBlank)) {
      throw new UsageException("--format has no file after its =", "is a variable empty?");
    }
    if (saved.filter(STANDARD_OUTPUT::equals).isPresent()) {
      throw new UsageException(
          "--out saves the plan in a file, and - is not a file",
          "--format json prints the same to standard output");
    }
    if (outputs.stream().anyMatch(output -> output.file().equals(Optional.of(STANDARD_OUTPUT)))) {
      throw new UsageException(
          "--format needs a file after its =, and - is not a file",
          "without the =, the plan goes to standard output");
    }
    Set<Path> files = new HashSet<>();
    Stream.concat(outputs.stream().flatMap(output -> output.file().stream()), saved.stream())
        .filter(file -> !files.add(PolicyFiles.identity(world.directory().resolve(file))))
        .findFirst()
        .ifPresent(
            file -> {
              throw new UsageException(
                  "two outputs go to the file " + file, "give each a file of its own");
            });
  }

  /** Reads the most characters of a comment. */
  static final class LimitConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      int least = CommentOptions.LEAST_LIMIT;
      int most = CommentOptions.MOST_LIMIT;
      try {
        int number = Integer.parseInt(text);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Told below.
      }
      throw new TypeConversionException(
          "\"" + text + "\" is not a whole number from " + least + " to " + most);
    }
  }

  /** Reads a commit. */
  static final class CommitConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!CommentOptions.isCommit(text)) {
        throw new TypeConversionException(
            "\"" + text + "\" is not a commit, which has 7 to 64 hexadecimal digits");
      }
      return text;
    }
  }

  private CommentOptions comment(Console console) {
    return new CommentOptions(
        Optional.ofNullable(commit), markdownLimit, console.showsAll(), savedIn);
  }

  /** Something that can be given in each form of a plan. */
  public interface Rendering {
    /**
     * What goes to standard output or into a file.
     *
     * @param isAlone whether its findings are told beside it
     * @throws InputException if it holds a secret
     */
    String text(Format format, Format.Setting setting, boolean isAlone) throws InputException;
  }

  /** What is known of the comment, where one is asked for. */
  public Optional<CommentOptions> commentAsked(Console console) {
    return outputs.stream().anyMatch(output -> output.format() == Format.MARKDOWN)
        ? Optional.of(comment(console))
        : Optional.empty();
  }

  /**
   * The plan, held against the guardrail that a comment shows every gain of access; where no
   * Markdown is asked for, nothing is.
   */
  public Plan held(Console console, Plan plan, Function<Plan, SavedPlan> saved) {
    Optional<CommentOptions> comment = commentAsked(console);
    if (comment.isEmpty() || plan.hasErrors()) {
      return plan;
    }
    return new PlanMarkdown(comment.get())
        .cut(saved.apply(plan))
        .map(cut -> cut.judged(plan))
        .orElse(plan);
  }

  /**
   * Makes earlier outputs of the same names void, so that none of them is taken for this run's,
   * even if it is killed. What is no file, such as a pipe, has nothing that is earlier.
   *
   * @param saved the file that the plan is saved in, if it is
   */
  public void begin(Run run, Optional<String> saved) throws InputException {
    PlanFormat.NoPlan none =
        new PlanFormat.NoPlan(
            "the run that should have made this plan did not finish",
            Optional.of("run plan again"),
            List.of());
    for (Output output : all(saved)) {
      Optional<Path> path = output.file().map(run.world().directory()::resolve);
      // Standard output may be a file too, and is added to.
      if (path.filter(file -> Files.isRegularFile(file) && !Links.isOfTheSystem(file))
          .isPresent()) {
        deliver(run, output, form(run, output).failure(none));
      }
    }
  }

  /**
   * Refuses to write over what is to be read.
   *
   * @param saved the file that the plan is saved in, if it is
   * @param isRead whether a file that exists is read
   * @param what what is read, for people
   */
  public void refuse(World world, Optional<String> saved, Predicate<Path> isRead, String what) {
    all(saved).stream()
        .flatMap(output -> output.file().stream())
        .filter(file -> Files.isRegularFile(world.directory().resolve(file)))
        .filter(file -> isRead.test(PolicyFiles.identity(world.directory().resolve(file))))
        .findFirst()
        .ifPresent(
            file -> {
              throw new UsageException(
                  "an output would replace " + file + ", which is read as " + what,
                  "name another file, which is not read");
            });
  }

  /**
   * Refuses outputs that would stand among the plans of a fleet, under such a name as these have.
   *
   * @param folder where the plans are saved
   */
  public void refuseAmongPlans(World world, String folder) {
    Path saved = PolicyFiles.identity(world.directory().resolve(folder));
    for (String file : outputs.stream().flatMap(output -> output.file().stream()).toList()) {
      Path path = world.directory().resolve(file).toAbsolutePath().normalize();
      if (path.getParent() != null
          && FleetPlanFile.isOwn(path.getFileName().toString())
          && PolicyFiles.identity(path.getParent()).equals(saved)) {
        throw new UsageException(
            "an output would be " + file + ", and the plans of " + Flag.OUT + " have such names",
            "name a file outside of " + folder);
      }
    }
  }

  /**
   * Does what comes before there can be a plan.
   *
   * @param saved the file that the plan is saved in, if it is; if the work fails, it and all other
   *     outputs say so, as with {@link #fail}
   */
  public <T> T orFail(Run run, Optional<String> saved, Callable<T> work) throws Exception {
    try {
      return work.call();
    } catch (Exception | Error e) {
      fail(run, saved, e);
      throw e;
    }
  }

  private List<Output> all(Optional<String> saved) {
    List<Output> all = new ArrayList<>(outputs);
    saved.ifPresent(file -> all.add(new Output(Format.JSON, Optional.of(file))));
    return all;
  }

  /**
   * Gives the plan in each form; of one with nothing but errors, standard output gets no text, for
   * its findings go to standard error.
   *
   * @param saved the plan with what machines need to know besides
   */
  public void write(Run run, Plan plan, Supplier<SavedPlan> saved) throws InputException {
    for (Output output : outputs) {
      if (!plan.hasOnlyErrors() || output.format() != Format.TEXT || output.file().isPresent()) {
        give(run, output, saved);
      }
    }
  }

  /** Gives a plan that was saved, in each form. */
  public void show(Run run, SavedPlan saved) throws InputException {
    for (Output output : outputs) {
      give(run, output, () -> saved);
    }
  }

  private void give(Run run, Output output, Supplier<SavedPlan> saved) throws InputException {
    give(
        run,
        output,
        (format, setting, isAlone) -> {
          if (isAlone) {
            return run.console().planText().renderAlone(saved.get());
          }
          return format == Format.JSON
              ? json(run.console(), saved.get())
              : format.plan(setting).render(saved.get());
        });
  }

  /** Gives something else in each form. */
  public void give(Run run, Rendering rendering) throws InputException {
    for (Output output : outputs) {
      give(run, output, rendering);
    }
  }

  private void give(Run run, Output output, Rendering rendering) throws InputException {
    // Text for people stands beside what is told to standard error.
    boolean isAlone = output.format() == Format.TEXT && output.file().isEmpty();
    deliver(run, output, rendering.text(output.format(), setting(run, output), isAlone));
  }

  /** Whether standard output is for nobody but people. */
  public boolean areForPeople() {
    return outputs.stream()
        .filter(output -> output.file().isEmpty())
        .allMatch(output -> output.format().isForPeople());
  }

  /** A form, as it is written where the output goes. */
  private PlanFormat form(Run run, Output output) {
    return output.format().plan(setting(run, output));
  }

  private Format.Setting setting(Run run, Output output) {
    boolean isFile = output.file().isPresent();
    return new Format.Setting(
        isFile ? Style.PLAIN : run.console().outStyle(),
        run.console().masking(),
        isFile ? OptionalInt.empty() : run.console().outWidth(),
        comment(run.console()),
        () -> Repository.paths(run.world())::of);
  }

  /**
   * Gives whatever waits for a plan one that says why there is none: no file keeps an earlier plan.
   * Text and a diff on standard output are for people, and standard error tells those. Wrong usage
   * is told to standard output where all of it is.
   *
   * @param saved the file that the plan was to be saved in, if it was; no apply takes for a plan
   *     what it holds now
   */
  public void fail(Run run, Optional<String> saved, Throwable e) {
    Failure failure = Failure.of(e);
    PlanFormat.NoPlan why =
        new PlanFormat.NoPlan(failure.message(), failure.hint(), failure.findings());
    boolean isToldElsewhere = e instanceof UsageException;
    for (Output output : all(saved)) {
      if (output.file().isEmpty()
          && (output.format().isForPeople() || hasPrinted || isToldElsewhere)) {
        continue;
      }
      try {
        deliver(run, output, form(run, output).failure(why));
      } catch (InputException another) {
        e.addSuppressed(another);
      }
    }
  }

  /**
   * Gives whatever waits for a plan that there is nothing to plan, which is no error: forms that
   * are not for machines are empty.
   *
   * @param saved the file that the plan was to be saved in, if it was
   * @param json the document that says so
   */
  public void giveNothing(Run run, Optional<String> saved, String json) throws InputException {
    for (Output output : all(saved)) {
      deliver(run, output, output.format() == Format.JSON ? json : "");
    }
  }

  /**
   * The plan's document. It has a checksum, and is no plan any more once something is masked.
   *
   * @throws InputException if it holds a secret
   */
  public static String json(Console console, SavedPlan saved) throws InputException {
    String json = PlanFile.write(saved);
    if (!console.masking().maskJson(json).equals(json)) {
      throw new InputException(
          "the plan contains a secret that this run was given, and is neither saved nor applied",
          "a management token that is a word, or the beginning of a name, cannot be told apart from"
              + " the plan's text: use another");
    }
    return json;
  }

  private void deliver(Run run, Output output, String text) throws InputException {
    boolean isJson = output.format() == Format.JSON;
    if (output.file().isPresent()) {
      String masked =
          isJson ? run.console().masking().maskJson(text) : run.console().masking().mask(text);
      OutputFiles.write(run.world(), output.file().get(), masked);
    } else if (isJson) {
      run.console().printJson(text);
      hasPrinted = true;
    } else {
      run.console().print(text);
      hasPrinted = true;
    }
  }

  /** Saves a plan, to be applied. */
  public void save(Run run, String file, SavedPlan saved) throws InputException {
    OutputFiles.write(run.world(), file, json(run.console(), saved));
  }
}
