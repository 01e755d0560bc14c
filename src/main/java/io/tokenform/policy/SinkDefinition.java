package io.tokenform.policy;

import io.tokenform.access.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where the secret of a new token goes, as the platform file defines it. */
public sealed interface SinkDefinition {
  /** What stands for the token's cluster in a word of a command, and in the path of a directory. */
  String CLUSTER = "{cluster}";

  /** What the function for this member of the family makes of it. */
  <T> T map(
      Function<Command, T> ofCommand,
      Function<Directory, T> ofDirectory,
      Function<Screen, T> ofScreen);

  /** What kind of sink it is, in one word. */
  String kind();

  /**
   * What is known once a check of the sink has found nothing wrong, for people.
   *
   * @param cluster what sinks call the cluster that it was checked for
   */
  String assurance(String cluster);

  /** Whether it can keep secrets of tokens of one name from several clusters. */
  boolean tellsClustersApart();

  /**
   * A command, which gets the secret on its standard input. No shell reads its words.
   *
   * @param command the program and its arguments, at least one word; {@code {name}} and {@code
   *     {cluster}} in a word stand for the token and its cluster
   * @param check a command that succeeds if the sink can be used now; empty for none
   * @param timeout how long either may take
   */
  record Command(List<String> command, List<String> check, Duration timeout)
      implements SinkDefinition {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    /** The variable with which a command learns what {@link #CLUSTER} stands for. */
    public static final String CLUSTER_VARIABLE = "TOKENFORM_TOKEN_CLUSTER";

    /**
     * @throws IllegalArgumentException if there is no program
     */
    public Command {
      command = List.copyOf(command);
      check = List.copyOf(check);
      Objects.requireNonNull(timeout, "timeout");
      if (command.isEmpty()) {
        throw new IllegalArgumentException("a command begins with a program");
      }
    }

    @Override
    public <T> T map(
        Function<Command, T> ofCommand,
        Function<Directory, T> ofDirectory,
        Function<Screen, T> ofScreen) {
      return ofCommand.apply(this);
    }

    @Override
    public String kind() {
      return "command";
    }

    /** What a program makes of it, nobody knows; a script may name the variable. */
    @Override
    public boolean tellsClustersApart() {
      return command.stream()
          .anyMatch(word -> word.contains(CLUSTER) || word.contains(CLUSTER_VARIABLE));
    }

    /** The program alone: an argument may be nobody's business. */
    @Override
    public String assurance(String cluster) {
      return check.isEmpty()
          ? command.get(0) + " is there; the sink has no check"
          : command.get(0) + " is there, and the check " + check.get(0) + " exited with 0";
    }

    @Override
    public String toString() {
      return "command "
          + words(command)
          + ", check "
          + words(check)
          + ", timeout "
          + Durations.text(timeout);
    }

    /** Each word in quotes, so that no two lists of words look alike. */
    private static String words(List<String> words) {
      return words.stream()
          .map(word -> '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
          .collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /**
   * A directory, in which each secret is a file with the token's name.
   *
   * @param path as it was written: absolute, or relative to the working directory; {@code
   *     {cluster}} in it stands for the token's cluster
   */
  record Directory(String path) implements SinkDefinition {
    public Directory {
      Objects.requireNonNull(path, "path");
    }

    @Override
    public <T> T map(
        Function<Command, T> ofCommand,
        Function<Directory, T> ofDirectory,
        Function<Screen, T> ofScreen) {
      return ofDirectory.apply(this);
    }

    @Override
    public String kind() {
      return "directory";
    }

    /** The path for the tokens of a cluster. */
    public String pathFor(String cluster) {
      return path.replace(CLUSTER, cluster);
    }

    @Override
    public boolean tellsClustersApart() {
      return path.contains(CLUSTER);
    }

    @Override
    public String assurance(String cluster) {
      return pathFor(cluster) + " is this user's own, and can be written to";
    }

    @Override
    public String toString() {
      return "directory " + path;
    }
  }

  /**
   * The person who asks for a token, and sees its secret once. No platform file can define it, and
   * only the command that was asked to show a secret can deliver to it.
   */
  record Screen() implements SinkDefinition {
    @Override
    public <T> T map(
        Function<Command, T> ofCommand,
        Function<Directory, T> ofDirectory,
        Function<Screen, T> ofScreen) {
      return ofScreen.apply(this);
    }

    @Override
    public String kind() {
      return "screen";
    }

    @Override
    public boolean tellsClustersApart() {
      return true;
    }

    @Override
    public String assurance(String cluster) {
      return "the secret is shown";
    }

    @Override
    public String toString() {
      return "screen";
    }
  }
}
