package io.tokenform.sink;

import io.tokenform.access.Durations;
import io.tokenform.access.Secret;
import io.tokenform.access.ShellWord;
import io.tokenform.access.SinkName;
import io.tokenform.policy.SinkDefinition;
import io.tokenform.program.Program;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A program that stores a secret. It gets exactly the secret on its standard input, without a line
 * break, and its words as they are: no shell reads them. Exit code 0 means stored, anything else
 * means that nothing was.
 *
 * <p>A delivery that fails is tried again, {@value #MOST_ATTEMPTS} times in all, after pauses of
 * half a second and two seconds. All attempts have the time of one together: another one begins
 * only if it may take as long as the last. A command that was ended for its time is not tried
 * again. A check is made once.
 */
final class CommandSink implements Sink {
  static final int MOST_ATTEMPTS = 3;
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(500), Duration.ofSeconds(2));

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(name|cluster)\\}");
  private static final byte[] NOTHING = {};

  private final SinkName name;
  private final SinkDefinition.Command definition;
  private final SinkSurroundings surroundings;
  private final Timer timer;

  CommandSink(
      SinkName name,
      SinkDefinition.Command definition,
      SinkSurroundings surroundings,
      Timer timer) {
    this.name = name;
    this.definition = definition;
    this.surroundings = surroundings;
    this.timer = timer;
  }

  /** Runs the check, where there is one; the command's program has to be there in any case. */
  @Override
  public void check(SinkTarget target) throws SinkException {
    String failure = "the sink \"" + name + "\" cannot be used: ";
    program(definition.command(), "command", failure);
    if (definition.check().isEmpty()) {
      return;
    }
    CommandRun run = run(definition.check(), "check", target, failure);
    CommandRun.Result result = run.run(NOTHING, definition.timeout());
    if (!result.isSuccess()) {
      throw new SinkException(
          failure + what("its check " + definition.check().get(0), result, 1),
          "run the check by hand, and mend what it says: "
              + definition.check().stream()
                  .map(word -> ShellWord.of(filled(word, target)))
                  .collect(Collectors.joining(" ")),
          false);
    }
  }

  @Override
  public void deliver(SinkTarget target, Secret secret) throws SinkException {
    String failure =
        "the sink \"" + name + "\" did not store the secret of \"" + target.name() + "\": ";
    CommandRun run = run(definition.command(), "command", target, failure);
    byte[] input = secret.reveal().getBytes(StandardCharsets.UTF_8);
    long begun = timer.nanos();
    CommandRun.Result result;
    int attempt = 0;
    boolean again;
    do {
      attempt++;
      long start = timer.nanos();
      result = run.run(input, rest(begun));
      if (result.isSuccess()) {
        return;
      }
      again = maybeAgain(result, attempt, Duration.ofNanos(timer.nanos() - start), begun);
    } while (again);
    throw new SinkException(
        failure + what(definition.command().get(0), result, attempt), hint(), false);
  }

  /** Waits, if it is worth another attempt. */
  private boolean maybeAgain(CommandRun.Result result, int attempt, Duration took, long begun) {
    if (result.end() != CommandRun.End.EXITED || attempt == MOST_ATTEMPTS) {
      return false;
    }
    Duration pause = PAUSES.get(attempt - 1);
    if (rest(begun).minus(pause).compareTo(took) <= 0) {
      return false;
    }
    try {
      timer.pause(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Duration rest(long begun) {
    return definition.timeout().minusNanos(timer.nanos() - begun);
  }

  private String what(String program, CommandRun.Result result, int attempts) {
    String printed = result.output().isEmpty() ? "" : "; it printed: " + result.output();
    return switch (result.end()) {
      case EXITED ->
          program
              + " exited with "
              + result.exitCode()
              + (attempts == 1 ? "" : ", " + attempts + " times")
              + printed;
      case LATE ->
          program
              + " did not end within "
              + Durations.text(definition.timeout())
              + " and was stopped"
              + printed;
      case INTERRUPTED -> program + " was stopped, because the run was interrupted" + printed;
      case NOT_STARTED -> program + " was not started: " + result.output();
    };
  }

  private CommandRun run(List<String> words, String key, SinkTarget target, String failure)
      throws SinkException {
    List<String> command = new ArrayList<>();
    // Its first word is taken as it is: a policy's name must not choose the program.
    command.add(program(words, key, failure).toString());
    words.stream().skip(1).map(word -> filled(word, target)).forEach(command::add);
    return new CommandRun(
        command,
        CommandEnvironment.of(surroundings, target),
        surroundings.directory(),
        surroundings.masking());
  }

  private Path program(List<String> words, String key, String failure) throws SinkException {
    Program program = new Program(words.get(0));
    Optional<Path> found = program.find(surroundings.environment(), surroundings.directory());
    if (found.isEmpty()) {
      throw new SinkException(
          failure + program.problem(),
          "install it, or correct sinks."
              + name
              + "."
              + key
              + " in the platform file, and try: tokenform doctor --platform FILE",
          false);
    }
    return found.get();
  }

  private String hint() {
    return "see sinks."
        + name
        + " in the platform file; \"tokenform doctor --platform FILE\" checks the sink without"
        + " giving it a secret";
  }

  /**
   * A word with the token's name and cluster in the place of their placeholders. Neither begins
   * with {@code -}, so that no word becomes an option by it.
   */
  private static String filled(String word, SinkTarget target) {
    return PLACEHOLDER
        .matcher(word)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1).equals("name") ? target.name().value() : target.cluster()));
  }
}
