package io.tokenform.cli.complete;

import io.tokenform.cli.console.OptionName;
import io.tokenform.cli.console.World;
import io.tokenform.report.text.Printable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * How the last word of a command line can go on.
 *
 * @param kind what comes next
 * @param prefix the part of the word that stands before the name of a file
 * @param candidates whole words, in the order to show them in; none for files
 */
record Completion(Kind kind, String prefix, List<Candidate> candidates) {
  /** What comes next. */
  enum Kind {
    /** One of the candidates; where there are none, nothing is known. */
    WORDS,
    /** A file, which the shell knows best how to find. */
    FILES,
    /** A directory, likewise. */
    DIRECTORIES
  }

  /**
   * A word, and what it means.
   *
   * @param description one line; empty if the word says it all
   */
  record Candidate(String word, String description) {}

  /** What the help calls a value that is a file. */
  private static final Set<String> FILE_LABELS =
      Set.of("FILE", "FOLDER", "JOURNAL", "PATH", "PEM", "PLAN");

  private static final String DIRECTORY_LABEL = "DIR";

  /** Ends the label of a value that can have a file behind an equals sign. */
  private static final String FILE_BEHIND = "[=FILE]";

  Completion {
    candidates = List.copyOf(candidates);
  }

  /** Nothing is known to come next. */
  static Completion none() {
    return ofWords(Stream.empty());
  }

  /**
   * Decides how a command line goes on.
   *
   * @param before the words behind {@code tokenform}, up to the one that is typed
   * @param begun as much of that one as there is, maybe nothing
   */
  static Completion of(World world, CommandLine tree, List<String> before, String begun) {
    return new Decision(world, CommandWords.of(tree.getCommandSpec(), before)).of(begun);
  }

  private static Completion ofWords(Stream<Candidate> candidates) {
    return new Completion(Kind.WORDS, "", candidates.filter(Completion::isShownAsItIs).toList());
  }

  /**
   * A word that a terminal would obey, or that a reader cannot see, is not for the shell either.
   */
  private static boolean isShownAsItIs(Candidate candidate) {
    return Printable.line(candidate.word()).equals(candidate.word());
  }

  /** The way to the answer, for one word. */
  private record Decision(World world, CommandWords words) {
    Completion of(String begun) {
      if (words.isOptionWaiting()) {
        return withoutOptions(value(words.next().orElseThrow(), "", begun));
      }
      if (words.isOption(begun)) {
        return words
            .withValue(begun)
            .map(typed -> value(typed.option(), typed.prefix(), typed.value()))
            .orElseGet(() -> options(begun));
      }
      List<CommandLine> commands = words.commands();
      if (!commands.isEmpty()) {
        return commands(commands, begun);
      }
      Optional<? extends ArgSpec> parameter = words.next();
      if (parameter.isPresent()) {
        return withoutOptions(value(parameter.get(), "", begun));
      }
      boolean mayBeOption = begun.isEmpty() || begun.equals("-");
      return mayBeOption && !words.areLost() ? options(begun) : none();
    }

    /** Without words that would be taken for an option where they stand. */
    private Completion withoutOptions(Completion found) {
      return new Completion(
          found.kind(),
          found.prefix(),
          found.candidates().stream().filter(known -> !words.isOption(known.word())).toList());
    }

    private static Completion commands(List<CommandLine> commands, String begun) {
      return ofWords(
          commands.stream()
              .map(command -> command.getCommandSpec())
              .filter(command -> !command.usageMessage().hidden())
              .filter(command -> command.name().startsWith(begun))
              .map(command -> new Candidate(command.name(), summary(command))));
    }

    private static String summary(CommandSpec command) {
      return Descriptions.summary(command.usageMessage().description());
    }

    private Completion options(String begun) {
      return ofWords(
          words.options().stream()
              .flatMap(
                  option ->
                      name(option, begun)
                          .map(name -> new Candidate(name, summary(option)))
                          .stream()));
    }

    /** Of several names the long one, which says more, unless it is the short one that is typed. */
    private static Optional<String> name(OptionSpec option, String begun) {
      return Stream.concat(Stream.of(OptionName.of(option)), Stream.of(option.names()))
          .filter(name -> name.startsWith(begun))
          .findFirst();
    }

    private static String summary(OptionSpec option) {
      return Descriptions.summary(option.description());
    }

    private Completion value(ArgSpec argument, String prefix, String begun) {
      Surroundings surroundings = new Surroundings(world, words, begun);
      List<Candidate> known =
          known(argument, surroundings).stream()
              .filter(word -> word.startsWith(begun))
              .map(word -> new Candidate(prefix + word, ""))
              .toList();
      String label = argument.paramLabel();
      if (!known.isEmpty()) {
        return ofWords(known.stream());
      }
      if (label.equals(DIRECTORY_LABEL)) {
        return new Completion(Kind.DIRECTORIES, prefix, List.of());
      }
      if (FILE_LABELS.contains(label)) {
        return new Completion(Kind.FILES, prefix, List.of());
      }
      int equals = begun.indexOf('=');
      return label.endsWith(FILE_BEHIND) && equals >= 0
          ? new Completion(Kind.FILES, prefix + begun.substring(0, equals + 1), List.of())
          : none();
    }

    private static List<String> known(ArgSpec argument, Surroundings surroundings) {
      for (ITypeConverter<?> converter : argument.converters()) {
        if (converter instanceof Completable completable) {
          return completable.words(surroundings);
        }
      }
      return List.of();
    }
  }
}
