package io.tokenform.report.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.report.PlanMarkdown;
import io.tokenform.report.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** A fleet's Markdown as a reader of GitHub flavoured Markdown understands it. */
final class FleetPage {
  private static final Parser PARSER =
      Parser.builder()
          .extensions(
              List.of(
                  TablesExtension.create(),
                  StrikethroughExtension.create(),
                  AutolinkExtension.create()))
          .build();

  private static final Pattern HEADINGS =
      Pattern.compile(
          "tokenform plan|Findings|Found in several clusters|Gains write access|(Changes|Access by database)( in several"
              + " clusters)?|Unmanaged tokens");

  private static final Pattern HTML =
      Pattern.compile(
          Pattern.quote(PlanMarkdown.MARKER)
              + "|<br>|<details>\n<summary>(Diff|<code>[A-Za-z0-9._-]+</code>: [a-z0-9:, -]+)"
              + "</summary>|</details>");

  /** What GitHub would make something of in rendered text, outside of code. */
  private static final Pattern REFERENCE =
      Pattern.compile("[@#<>\\[\\]*_~$\\\\]|GH-|://|www\\.|javascript|:[a-z]+:");

  private final String text;
  private final List<Node> nodes = new ArrayList<>();

  FleetPage(String text) {
    this.text = text;
    collect(PARSER.parse(text));
  }

  private void collect(Node node) {
    nodes.add(node);
    for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
      collect(child);
    }
  }

  /** It fits in a comment, is well formed, and has nothing in it but what belongs there. */
  FleetPage isSound(int limit) {
    assertThat(text.length()).isLessThanOrEqualTo(limit);
    assertThat(text).startsWith(PlanMarkdown.MARKER + "\n").endsWith("\n");
    assertThat(text.codePoints().allMatch(c -> c == '\n' || Printable.isHarmless(c))).isTrue();
    assertThat(text.lines().map(String::strip)).noneMatch(line -> line.startsWith("::"));
    assertThat(text).doesNotContain("##[");
    assertThat(nodes)
        .doesNotHaveAnyElementsOfTypes(
            Link.class,
            Image.class,
            BlockQuote.class,
            OrderedList.class,
            IndentedCodeBlock.class,
            org.commonmark.node.Emphasis.class,
            org.commonmark.ext.gfm.strikethrough.Strikethrough.class);
    assertThat(of(Heading.class))
        .extracting(FleetPage::visible)
        .allMatch(HEADINGS.asMatchPredicate());
    assertThat(of(HtmlBlock.class))
        .extracting(HtmlBlock::getLiteral)
        .allMatch(HTML.asMatchPredicate());
    assertThat(of(HtmlInline.class))
        .extracting(HtmlInline::getLiteral)
        .allMatch(HTML.asMatchPredicate());
    assertThat(of(Text.class)).extracting(Text::getLiteral).noneMatch(REFERENCE.asPredicate());
    assertThat(count("<details>")).isEqualTo(count("</details>"));
    for (TableBlock table : of(TableBlock.class)) {
      List<Node> rows = new ArrayList<>();
      for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
        for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
          rows.add(row);
        }
      }
      assertThat(rows.stream().map(row -> cells(row).size()).distinct()).hasSize(1);
    }
    assertThat(text.lines().filter(line -> line.startsWith("| ")))
        .allMatch(line -> line.endsWith(" |"))
        .hasSize(of(TableRow.class).size() + of(TableBlock.class).size());
    return this;
  }

  private long count(String tag) {
    return of(HtmlBlock.class).stream().filter(block -> block.getLiteral().startsWith(tag)).count();
  }

  /** The clusters of the first table, with their results. */
  List<List<String>> clusters() {
    return rows().stream().filter(row -> row.size() >= 6 && !row.get(0).equals("Cluster")).toList();
  }

  /** The visible text of the cells of all tables' rows. */
  List<List<String>> rows() {
    return of(TableRow.class).stream().map(FleetPage::cells).toList();
  }

  /** The clusters that have a section, in their order. */
  List<String> sections() {
    return Pattern.compile("<summary><code>(.*?)</code>")
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  String visible() {
    StringBuilder out = new StringBuilder();
    nodes.stream()
        .filter(node -> node instanceof Text || node instanceof Code)
        .forEach(node -> out.append(visible(node)));
    return out.toString();
  }

  private <T extends Node> List<T> of(Class<T> type) {
    return nodes.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static List<String> cells(Node row) {
    List<String> cells = new ArrayList<>();
    for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
      assertThat(cell).isInstanceOf(TableCell.class);
      cells.add(visible(cell));
    }
    return cells;
  }

  private static String visible(Node node) {
    if (node instanceof Text words) {
      return words.getLiteral();
    }
    if (node instanceof Code code) {
      return code.getLiteral();
    }
    if (node instanceof HtmlInline) {
      return "\n";
    }
    StringBuilder out = new StringBuilder();
    for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
      out.append(visible(child));
    }
    return out.toString();
  }
}
