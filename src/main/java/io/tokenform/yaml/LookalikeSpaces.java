package io.tokenform.yaml;

import io.tokenform.access.Writing;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.snakeyaml.engine.v2.tokens.ScalarToken;
import org.snakeyaml.engine.v2.tokens.Token;

/**
 * Finds characters that look like a space, or like nothing, where YAML needs a space: a no-break
 * space in a line's indentation, or behind a colon. YAML takes them for letters, and so has
 * something to say of other lines.
 */
public final class LookalikeSpaces {
  private LookalikeSpaces() {}

  /** An error for the first of them in each line of what stands in no quotes. */
  public static List<Diagnostic> in(SourceText source) {
    List<Diagnostic> found = new ArrayList<>();
    String text = source.content();
    if (Writing.isAscii(text)) {
      return found;
    }
    StrictScanner scanner =
        new StrictScanner(YamlReader.settings(new CoreSchema(), source.name(), text), text);
    try {
      while (scanner.hasNext()) {
        Token token = scanner.scan();
        if (token instanceof ScalarToken scalar && scalar.isPlain()) {
          Mark end = token.getEndMark().orElseThrow();
          for (int line = token.getStartMark().orElseThrow().getLine();
              line <= end.getLine();
              line++) {
            inLine(source, line + 1)
                .filter(finding -> !found.contains(finding))
                .ifPresent(found::add);
          }
        }
      }
    } catch (YamlEngineException e) {
      // Asked for a text that is YAML, of which tabs may have been replaced.
    }
    return found;
  }

  /** The first one in a line, unless that is a comment. */
  static Optional<Diagnostic> inLine(SourceText source, int number) {
    String line = source.line(number);
    if (Writing.isAscii(line) || line.stripLeading().startsWith("#")) {
      return Optional.empty();
    }
    for (int i = 0; i < line.length(); i = line.offsetByCodePoints(i, 1)) {
      int c = line.codePointAt(i);
      if (Writing.isLikeSpace(c) && needsSpace(line, i)) {
        return Optional.of(
            Diagnostic.error(
                    Code.SYNTAX,
                    new Location(source, number, line.codePointCount(0, i) + 1, 1),
                    "this looks like a space, but it is the character " + Writing.described(c))
                .hint("replace it with a space; YAML takes it for a letter"));
      }
    }
    return Optional.empty();
  }

  /** Whether an index is in a line's indentation, or behind a colon or the hyphen of an item. */
  private static boolean needsSpace(String line, int index) {
    int before = index;
    while (before > 0 && isSpace(line.codePointBefore(before))) {
      before = line.offsetByCodePoints(before, -1);
    }
    return before == 0
        || line.charAt(before - 1) == ':'
        || line.substring(0, before).strip().equals("-");
  }

  private static boolean isSpace(int c) {
    return c == ' ' || Writing.isLikeSpace(c);
  }
}
