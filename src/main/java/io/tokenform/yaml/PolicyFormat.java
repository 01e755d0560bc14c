package io.tokenform.yaml;

import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The canonical layout of a policy file. It is about white space, line breaks, brackets and quotes
 * alone: keys, their order, values, anchors, tags and comments stay as they are.
 *
 * <ul>
 *   <li>Lines end in a line feed, the last one too, and not in white space. A byte order mark and
 *       the markers {@code ---} and {@code ...} are dropped; directives keep their {@code ---}.
 *   <li>Blocks are indented by two, and so is a list below its key. At most one blank line stays
 *       where there was any, and none at the start of a block. Between two entries of the file
 *       itself, of {@code tokens}, {@code roles}, {@code sinks} or {@code clusters} there is one
 *       where either has several lines.
 *   <li>A collection in brackets is written as {@code [a, b]} or <code>{a: b}</code> where it has
 *       no comments inside and fits in 100 columns, else as a block. A block stays a block.
 *   <li>Every scalar but a block scalar is on one line; single quotes become double quotes where
 *       that takes no escapes. Quotes are never removed, nor added to what needs none.
 *   <li>A comment at the end of a line stays there, after two spaces. One on a line of its own is
 *       indented as the entry below it, or as the block that it ends. One that stands where the
 *       canonical layout has no line end, such as before a value on one line, moves above.
 * </ul>
 *
 * <p>What is formatted twice is as formatted once.
 */
public final class PolicyFormat {
  /** How many columns a line with brackets has at most. */
  public static final int WIDTH = 100;

  private PolicyFormat() {}

  /**
   * The text of a file in the canonical layout. The file need not be a valid policy, only one
   * well-formed YAML document within the bounds that hold for policies.
   *
   * @throws InvalidPolicyException if it is not
   * @throws IllegalStateException if the text would not say the same any more, which is a fault of
   *     this class
   */
  public static String format(SourceText source) throws InvalidPolicyException {
    try {
      YamlReader.read(source);
    } catch (InvalidYamlException e) {
      throw new InvalidPolicyException(List.of(e.diagnostic()));
    }
    String text = source.content().replace("\r\n", "\n").replace('\r', '\n');
    String formatted = LayoutWriter.write(LayoutReader.read(text));
    if (!saysTheSame(source, new SourceText(source.name(), formatted))) {
      throw new IllegalStateException("cannot format " + source.name() + " and keep what it says");
    }
    return formatted;
  }

  private static boolean saysTheSame(SourceText before, SourceText after) {
    try {
      return Meaning.of(after).equals(Meaning.of(before));
    } catch (YamlEngineException e) {
      // Not a cause of anything: its message would quote the file, and maybe a secret in it.
      return false;
    }
  }
}
