package io.tokenform.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The command lines of tokenform that a page shows, whoever runs them. */
final class ManualCommands {
  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```$");

  /** The program by its name or by a path, and a word behind it. */
  private static final Pattern CALL =
      Pattern.compile("(?<![\\w.:/-])[\\w./]*\\btokenform +(?=\\S)");

  private static final Pattern INLINE = Pattern.compile("`([^`]+)`");

  /** A word of a shell, with what is quoted in it. */
  private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");

  private static final String END = "#.*|\\||\\|\\||;|>|>>|&&|<|2>.*";

  private ManualCommands() {}

  /**
   * The arguments of each call in a fence: in a line of a shell or of a workflow whatever follows
   * the program, and elsewhere what begins with one of the subcommands.
   */
  static List<List<String>> inFences(ManualPage page, Set<String> subcommands) {
    List<List<String>> calls = new ArrayList<>();
    for (MatchResult fence : FENCE.matcher(page.text()).results().toList()) {
      String language = fence.group(1);
      for (String line : fence.group(2).replace("\\\n", " ").lines().toList()) {
        boolean isCommand =
            switch (language) {
              case "sh", "bat" -> true;
              case "console" -> line.startsWith("$ ");
              case "yaml" -> line.contains("run: ");
              default -> false;
            };
        String text = isCommand ? line.replaceFirst("(^|\\s)#\\s.*", "") : line;
        for (MatchResult call : CALL.matcher(text).results().toList()) {
          List<String> words = words(rest(text, call));
          if (!words.isEmpty() && (isCommand || subcommands.contains(words.get(0)))) {
            calls.add(words);
          }
        }
      }
    }
    return calls;
  }

  /** The words after the program in a span of code, which may have placeholders, or be a part. */
  static List<List<String>> inText(ManualPage page) {
    String prose = FENCE.matcher(page.text()).replaceAll("").replaceAll("\\s*\\n\\s*", " ");
    List<List<String>> calls = new ArrayList<>();
    for (MatchResult code : INLINE.matcher(prose).results().toList()) {
      String span = code.group(1).replace("\\|", "|").replaceAll("\\[.*?\\]", "");
      CALL.matcher(span).results().map(call -> words(rest(span, call))).forEach(calls::add);
    }
    return calls;
  }

  /** What follows, up to the end of a quotation that the call is in. */
  private static String rest(String line, MatchResult call) {
    String rest = line.substring(call.end());
    return call.start() > 0 && line.charAt(call.start() - 1) == '"'
        ? rest.substring(0, Math.max(0, rest.indexOf('"')))
        : rest;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (MatchResult found : WORD.matcher(text).results().toList()) {
      String word = found.group().replaceAll("[\"']", "");
      if (word.matches(END)) {
        break;
      }
      words.add(word.replaceFirst("[;)]+$", ""));
      if (word.matches(".*[;)]")) {
        break;
      }
    }
    return words;
  }
}
