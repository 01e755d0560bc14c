package io.tokenform.policy;

import io.tokenform.access.Durations;
import io.tokenform.access.SinkName;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.Nearest;
import io.tokenform.yaml.Fields;
import io.tokenform.yaml.Keys;
import io.tokenform.yaml.Values;
import io.tokenform.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the sinks section of a platform file: by name a command or a directory. */
final class SinksParser {
  private static final Keys KEYS =
      new Keys(
          List.of("command", "check", "timeout", "directory"),
          Map.of(
              "cmd", "command",
              "exec", "command",
              "args", "command",
              "dir", "directory",
              "path", "directory",
              "folder", "directory"),
          Map.of());

  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

  /** What stands for the token in a word of a command. */
  private static final String NAME = "{name}";

  /** A placeholder, or what was meant as one. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$?\\{+\\s{0,3}([A-Za-z_][A-Za-z0-9_.-]{0,60})\\s{0,3}\\}+");

  private static final String FORM =
      "command: [PROGRAM, WORD], which gets the secret on its standard input, or directory: PATH";

  private final Findings findings;
  private final Values values;
  private final TimesParser times;

  SinksParser(Findings findings) {
    this.findings = findings;
    this.values = new Values(findings);
    this.times = new TimesParser(findings);
  }

  /** The sinks that could be read, by their names. */
  Optional<SortedMap<SinkName, SinkDefinition>> parse(YamlNode node) {
    Optional<YamlNode.Mapping> section =
        values.mapping(node, "the sinks section", "NAME: {command: [PROGRAM, WORD]} for each sink");
    if (section.isEmpty()) {
      return Optional.empty();
    }
    WritingCheck writing = new WritingCheck(findings);
    SortedMap<SinkName, SinkDefinition> sinks = new TreeMap<>();
    Fields.byKey(section.get(), Code.DUPLICATE_KEY, "the sink", PolicyMerge.RENAME, findings)
        .forEach(
            (name, entry) -> {
              Located<String> key = new Located<>(name, entry.key().where());
              Optional<String> known = values.name(key, "a sink");
              writing.sink(key);
              Optional<SinkDefinition> sink = sink(key, entry.value());
              known.ifPresent(
                  word -> sink.ifPresent(value -> sinks.put(new SinkName(word), value)));
            });
    return Optional.of(sinks);
  }

  private Optional<SinkDefinition> sink(Located<String> key, YamlNode node) {
    Optional<YamlNode.Mapping> mapping = values.mapping(node, "a sink", "{" + FORM + "}");
    if (mapping.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = Fields.of(mapping.get(), "a sink", KEYS, findings);
    checkKeys(key, fields);
    List<String> command =
        fields.value("command").map(value -> words(value, "command")).orElse(List.of());
    List<String> check =
        fields.value("check").map(value -> words(value, "check")).orElse(List.of());
    Optional<Duration> timeout = fields.value("timeout").flatMap(this::timeout);
    Optional<String> directory = fields.value("directory").flatMap(this::directory);
    if (!command.isEmpty()) {
      return Optional.of(
          new SinkDefinition.Command(
              command, check, timeout.orElse(SinkDefinition.Command.DEFAULT_TIMEOUT)));
    }
    return directory.map(SinkDefinition.Directory::new);
  }

  private void checkKeys(Located<String> key, Fields fields) {
    Optional<Location> command = fields.keyOf("command");
    Optional<Location> directory = fields.keyOf("directory");
    if (!fields.mean("command") && !fields.mean("directory")) {
      findings.add(
          Diagnostic.error(
                  Code.MISSING_KEY,
                  key.where(),
                  "the sink \"" + key.value() + "\" has neither a command nor a directory")
              .hint("add " + FORM));
      return;
    }
    if (command.isPresent() && directory.isPresent()) {
      findings.add(
          Diagnostic.error(
                  Code.CONTRADICTION,
                  directory.get(),
                  "a sink has a command or a directory, and not both")
              .alsoAt(command.get())
              .hint("remove one of them, or make two sinks"));
      return;
    }
    if (fields.mean("command")) {
      return;
    }
    for (String ofCommand : List.of("check", "timeout")) {
      fields
          .keyOf(ofCommand)
          .ifPresent(
              where ->
                  findings.add(
                      Diagnostic.error(
                              Code.CONTRADICTION,
                              where,
                              ofCommand + " is for a command, and this sink is a directory")
                          .hint("remove " + ofCommand)));
    }
  }

  private List<String> words(YamlNode node, String key) {
    String expected = key + " must be a list of words";
    if (!(node instanceof YamlNode.Sequence sequence)) {
      findings.add(
          Values.isNull(node)
              ? Values.missingValue(node, expected)
              : Values.wrongType(node, expected + ", since no shell reads it")
                  .hint("write " + key + ": " + asWords(node)));
      return List.of();
    }
    if (sequence.items().isEmpty()) {
      findings.add(
          Diagnostic.error(Code.MISSING_VALUE, node.where(), expected + ", but this one is empty")
              .hint("write " + key + ": [PROGRAM, WORD]"));
      return List.of();
    }
    List<String> words = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      // The first item is the program, also where it cannot be read.
      boolean isProgram = item == sequence.items().get(0);
      values
          .string(item, "a word of a command")
          .ifPresent(
              word -> {
                check(word, key, isProgram);
                words.add(word.value());
              });
    }
    return words;
  }

  /** How to write a command that was written as one text. */
  private static String asWords(YamlNode node) {
    if (!(node instanceof YamlNode.Scalar scalar) || scalar.text().isBlank()) {
      return "[PROGRAM, WORD]";
    }
    String text = scalar.text().strip();
    if (ShellWords.needShell(text)) {
      return "[sh, -c, " + Values.quoted(text) + "]";
    }
    return ShellWords.of(text).stream()
        .map(Values::inFlow)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private void check(Located<String> word, String key, boolean isProgram) {
    String text = word.value();
    if (text.indexOf(0) >= 0) {
      findings.add(bad(word, "a word of a command cannot hold the character U+0000", "remove it"));
      return;
    }
    if (isProgram && text.isBlank()) {
      findings.add(
          bad(word, key + " must begin with a program", "write its name or path as first word"));
      return;
    }
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      Optional<Diagnostic> wrong = wrongPlaceholder(word, key, isProgram, matcher);
      if (wrong.isPresent()) {
        findings.add(wrong.get());
        return;
      }
    }
  }

  private static Optional<Diagnostic> wrongPlaceholder(
      Located<String> word, String key, boolean isProgram, Matcher matcher) {
    String found = matcher.group();
    if (found.startsWith("$")) {
      return Optional.of(
          bad(
              word,
              "\"" + found + "\" is left over from a template, or meant for a shell",
              "fill it in; a script of sh -c may have $"
                  + matcher.group(1)
                  + ", without the braces"));
    }
    if (!found.equals(NAME) && !found.equals(SinkDefinition.CLUSTER)) {
      return Optional.of(
          bad(
              word,
              "there is no placeholder \"" + found + "\"",
              Nearest.to(matcher.group(1), List.of("name", "cluster"))
                      .map(nearest -> "did you mean {" + nearest + "}? ")
                      .orElse("")
                  + "the placeholders are {name} and {cluster}"));
    }
    if (isProgram) {
      return Optional.of(
          bad(
              word,
              "the program must be the same for every token, so it cannot have \"" + found + "\"",
              "write its name or path; " + found + " may stand in the words behind it"));
    }
    return key.equals("check") && found.equals(NAME)
        ? Optional.of(
            bad(
                word,
                "check is about the sink and not about a token, so it cannot have \"{name}\"",
                "write a command that succeeds if the sink can be used now"))
        : Optional.empty();
  }

  private Optional<Duration> timeout(YamlNode node) {
    return times
        .positiveDuration(node, "timeout")
        .filter(
            timeout -> {
              boolean isShort = timeout.value().compareTo(LONGEST_TIMEOUT) <= 0;
              if (!isShort) {
                String most = Durations.text(LONGEST_TIMEOUT);
                findings.add(
                    Diagnostic.error(
                            Code.BAD_DURATION,
                            timeout.where(),
                            "a sink's timeout must be at most " + most)
                        .hint("write " + most + " or less; an apply waits for it"));
              }
              return isShort;
            })
        .map(Located::value);
  }

  private Optional<String> directory(YamlNode node) {
    return values.string(node, "a directory").filter(this::isPath).map(Located::value);
  }

  private boolean isPath(Located<String> text) {
    Optional<Diagnostic> wrong = wrongPath(text);
    wrong.ifPresent(findings::add);
    return wrong.isEmpty();
  }

  private static Optional<Diagnostic> wrongPath(Located<String> path) {
    String text = path.value();
    if (text.isBlank()) {
      return Optional.of(bad(path, "a directory must not be blank", "write its path"));
    }
    if (text.indexOf(0) >= 0) {
      return Optional.of(bad(path, "a path cannot hold the character U+0000", "remove it"));
    }
    if (text.startsWith("~")) {
      return Optional.of(
          bad(
              path,
              "no shell reads a directory, so \"~\" is not your home",
              "write the whole path"));
    }
    return PLACEHOLDER
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .filter(found -> !found.equals(SinkDefinition.CLUSTER))
        .findFirst()
        .map(
            found ->
                bad(
                    path,
                    "a directory has no placeholder but {cluster}, and this one has \""
                        + found
                        + "\"",
                    "write the whole path; each secret is a file in it, with the token's name"));
  }

  private static Diagnostic bad(Located<String> text, String message, String hint) {
    return Diagnostic.error(Code.BAD_SINK, text.where(), message).hint(hint);
  }
}
