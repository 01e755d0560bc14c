package io.tokenform.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.report.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/** A plan's Markdown as a reader of GitHub flavoured Markdown understands it. */
final class MarkdownPage {
  private static final Parser PARSER =
      Parser.builder()
          .extensions(
              List.of(
                  TablesExtension.create(),
                  StrikethroughExtension.create(),
                  AutolinkExtension.create()))
          .build();

  /** All that a page is made of; there are no links, images, emphasis, quotes and so on. */
  private static final Set<Class<? extends Node>> NODES =
      Set.of(
          Document.class,
          Heading.class,
          Paragraph.class,
          BulletList.class,
          ListItem.class,
          TableBlock.class,
          TableHead.class,
          TableBody.class,
          TableRow.class,
          TableCell.class,
          FencedCodeBlock.class,
          ThematicBreak.class,
          HtmlBlock.class,
          HtmlInline.class,
          StrongEmphasis.class,
          Code.class,
          Text.class,
          org.commonmark.node.SoftLineBreak.class);

  private static final Set<String> HEADINGS =
      Set.of("tokenform plan", "Findings", "Changes", "Access by database", "Unmanaged tokens");

  private static final Set<String> HTML =
      Set.of(PlanMarkdown.MARKER, "<br>", "<details>\n<summary>Diff</summary>", "</details>");

  private static final Pattern STRONG =
      Pattern.compile(
          "error|denied|warning|allowed once|all databases|loses all its access|(Plan|Nothing to change): .*"
              + "|[0-9,]+ (changes? that gains?|databases? to which somebody gains) access not shown"
              + "|Do not approve this plan .*"
              + "|There is no plan:|Shortened, .*|A guardrail denies .*|This plan has errors .*");

  /** What GitHub would make something of in rendered text, outside of code. */
  private static final Pattern REFERENCE =
      Pattern.compile("[@#<>\\[\\]*_~$\\\\]|GH-|://|www\\.|javascript|:[a-z]+:");

  private final String text;
  private final Node document;
  private final List<Node> nodes = new ArrayList<>();

  MarkdownPage(String text) {
    this.text = text;
    this.document = PARSER.parse(text);
    collect(document);
  }

  private void collect(Node node) {
    nodes.add(node);
    for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
      collect(child);
    }
  }

  /** It fits in a comment, is well formed, and has nothing in it but what belongs there. */
  MarkdownPage isSound() {
    assertThat(text.length()).isLessThanOrEqualTo(CommentOptions.DEFAULT_LIMIT);
    assertThat(text).startsWith(PlanMarkdown.MARKER + "\n").endsWith("\n");
    assertThat(text.codePoints().allMatch(c -> c == '\n' || Printable.isHarmless(c))).isTrue();
    assertThat(text.lines().map(String::strip)).noneMatch(line -> line.startsWith("::"));
    assertThat(text).doesNotContain("##[");
    assertThat(nodes).extracting(Object::getClass).isSubsetOf(NODES);
    assertThat(of(Heading.class)).extracting(MarkdownPage::visible).isSubsetOf(HEADINGS);
    assertThat(of(HtmlBlock.class)).extracting(HtmlBlock::getLiteral).isSubsetOf(HTML);
    assertThat(of(HtmlInline.class)).extracting(HtmlInline::getLiteral).isSubsetOf(HTML);
    assertThat(of(StrongEmphasis.class))
        .extracting(MarkdownPage::visible)
        .allMatch(STRONG.asMatchPredicate());
    assertThat(of(Text.class)).extracting(Text::getLiteral).noneMatch(REFERENCE.asPredicate());
    assertThat(of(ThematicBreak.class)).hasSizeLessThanOrEqualTo(1);
    int diffs = of(FencedCodeBlock.class).size();
    assertThat(diffs).isLessThanOrEqualTo(1);
    assertThat(of(HtmlBlock.class)).hasSize(1 + 2 * diffs);
    // The reader drops superfluous cells and makes up for missing ones, so the text is looked at.
    for (TableBlock table : of(TableBlock.class)) {
      int columns = cells(rows(table).get(0)).size();
      assertThat(columns).isIn(3, 4);
    }
    assertThat(text.lines().filter(line -> line.startsWith("| ")))
        .allMatch(line -> line.endsWith(" |"))
        .hasSize(of(TableRow.class).size() + of(TableBlock.class).size());
    boolean inChanges = false;
    for (String line : text.lines().toList()) {
      inChanges = line.startsWith("### ") ? line.equals("### Changes") : inChanges;
      if (line.startsWith("| ")) {
        assertThat(line.chars().filter(c -> c == '|').count()).isEqualTo(inChanges ? 5 : 4);
      }
    }
    return this;
  }

  /** The visible text of each cell of the rows about changes. */
  List<List<String>> changes() {
    return table(4);
  }

  /** The visible text of each cell of the rows about databases. */
  List<List<String>> databases() {
    return table(3);
  }

  private List<List<String>> table(int columns) {
    return of(TableBlock.class).stream()
        .filter(table -> cells(rows(table).get(0)).size() == columns)
        .flatMap(table -> rows(table).stream().skip(1))
        .map(MarkdownPage::cells)
        .toList();
  }

  /** The visible text of each item of the lists. */
  List<String> items() {
    return of(ListItem.class).stream().map(MarkdownPage::visible).toList();
  }

  String visible() {
    return visible(document);
  }

  List<String> diffs() {
    return of(FencedCodeBlock.class).stream().map(FencedCodeBlock::getLiteral).toList();
  }

  private <T extends Node> List<T> of(Class<T> type) {
    return nodes.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static List<Node> rows(Node table) {
    List<Node> rows = new ArrayList<>();
    for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
      for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<String> cells(Node row) {
    List<String> cells = new ArrayList<>();
    for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
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
