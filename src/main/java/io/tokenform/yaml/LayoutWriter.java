package io.tokenform.yaml;

import io.tokenform.yaml.Layout.Collection;
import io.tokenform.yaml.Layout.Comment;
import io.tokenform.yaml.Layout.Entry;
import io.tokenform.yaml.Layout.Node;
import io.tokenform.yaml.Layout.Scalar;
import io.tokenform.yaml.Layout.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Writes a layout in its canonical form. */
final class LayoutWriter {
  /** How wide a line with a flow collection may be, in characters. */
  static final int WIDTH = PolicyFormat.WIDTH;

  private static final int STEP = 2;

  /** YAML takes no key that is longer than 1024 characters without a question mark. */
  private static final int LONGEST_KEY = 1000;

  private static final Set<String> SECTIONS_WITH_SPACE =
      Set.of("tokens", "roles", "databases", "sinks", "clusters");

  /** How far the blank lines between the entries of a mapping are ours to set. */
  private enum Spacing {
    /**
     * The whole policy: between its entries, and between those of its tokens, roles and databases.
     */
    SECTIONS,
    /** Between the entries. */
    ENTRIES,
    AS_WRITTEN
  }

  private final List<String> lines = new ArrayList<>();

  /** The dash or question mark that the next line starts with, after its indentation. */
  private String opening = "";

  /** Whether a blank line may be written: not at the start of a block. */
  private boolean mayBlank;

  private LayoutWriter() {}

  /** The text, which ends in a line feed where it is not empty. */
  static String write(Layout layout) {
    LayoutWriter writer = new LayoutWriter();
    writer.comments(layout.head, 0);
    writer.document(layout);
    return writer.lines.isEmpty() ? "" : String.join("\n", writer.lines) + "\n";
  }

  private void document(Layout layout) {
    Slot root = layout.root;
    comments(layout.above, 0);
    if (root.node.isEmpty()) {
      return;
    }
    if (root.node.get() instanceof Collection collection && inline(collection, 0).isEmpty()) {
      comments(excess(root), 0);
      if (!collection.properties().isEmpty() || line(root).isPresent()) {
        line(0, collection.properties(), line(root));
        mayBlank = false;
      }
      comments(root.before, 0);
      entries(collection, 0, Spacing.SECTIONS);
      comments(root.below, 0);
    } else if (root.node.get() instanceof Scalar scalar && scalar.isEmpty()) {
      comments(root.beside.stream().toList(), 0);
      comments(root.below, 0);
    } else {
      comments(moved(root, 0), 0);
      slot("", root, -STEP, Spacing.AS_WRITTEN);
    }
  }

  private void entries(Collection collection, int indent, Spacing place) {
    Spacing spacing = collection.mapping ? place : Spacing.AS_WRITTEN;
    boolean previousIsTall = false;
    boolean first = true;
    for (Entry entry : collection.entries) {
      int start = lines.size();
      boolean mayInsert = mayBlank && !first && spacing != Spacing.AS_WRITTEN;
      comments(entry.above, indent);
      if (entry.afterBlankLine) {
        blankLine();
      }
      List<Comment> moved = moved(entry, indent);
      comments(moved, indent);
      boolean separated =
          entry.afterBlankLine
              || Stream.concat(entry.above.stream(), moved.stream())
                  .anyMatch(Comment::afterBlankLine);
      int body = lines.size();
      entry(entry, indent, spacing);
      boolean tall = lines.size() - body > 1;
      if (mayInsert && !separated && (tall || previousIsTall)) {
        lines.add(start, "");
      }
      previousIsTall = tall;
      first = false;
    }
    comments(collection.trailing, indent);
  }

  private void entry(Entry entry, int indent, Spacing spacing) {
    if (entry.key.isEmpty()) {
      slot("-", entry.value, indent, Spacing.AS_WRITTEN);
      return;
    }
    Slot key = entry.key.get();
    Optional<String> simple = simpleKey(key, indent);
    if (simple.isPresent()) {
      slot(simple.get() + ":", entry.value, indent, spacingBelow(simple.get(), spacing));
    } else {
      slot("?", key, indent, Spacing.AS_WRITTEN);
      comments(moved(entry.value, indent + STEP), columnBelow(key, indent));
      slot(":", entry.value, indent, Spacing.AS_WRITTEN);
    }
  }

  private static Spacing spacingBelow(String key, Spacing spacing) {
    return spacing == Spacing.SECTIONS && SECTIONS_WITH_SPACE.contains(key.replace("\"", ""))
        ? Spacing.ENTRIES
        : Spacing.AS_WRITTEN;
  }

  /** Writes what opens a value, and the value. */
  private void slot(String opens, Slot slot, int indent, Spacing spacing) {
    Node node = slot.node.orElseThrow();
    Optional<String> inline = inline(node, indent + opens.length() + 1);
    int inner = indent + STEP;
    if (inline.isPresent()) {
      line(Math.max(0, indent), joined(opens, inline.get()), slot.beside);
    } else if (node instanceof Scalar scalar) {
      String header = joined(scalar.properties(), scalar.text());
      line(Math.max(0, indent), joined(opens, header), slot.beside);
      // At the root, too, the lines of a block are indented.
      scalar.lines().forEach(text -> textLine(Math.max(STEP, inner), text));
      mayBlank = !scalar.keepsBlankLines();
    } else if (node instanceof Collection collection) {
      if (isCompact(opens, slot, collection, indent)) {
        opening = opening + " ".repeat(indent - opening.length()) + opens + " ";
      } else {
        line(indent, joined(opens, collection.properties()), line(slot));
      }
      mayBlank = false;
      comments(slot.before, inner);
      entries(collection, inner, spacing);
    }
    comments(slot.below, columnBelow(slot, indent));
  }

  /** Where the comments below a value are written. */
  private static int columnBelow(Slot slot, int indent) {
    // Deeper, they would be a part of a block scalar's text.
    boolean text = slot.node.orElseThrow() instanceof Scalar scalar && scalar.isBlock();
    return Math.max(0, text ? indent : indent + STEP);
  }

  /** Whether a collection starts in the line of its dash or question mark. */
  private boolean isCompact(String opens, Slot slot, Collection collection, int indent) {
    Entry first = collection.entries.get(0);
    return (opens.equals("-") || opens.equals("?"))
        && collection.properties().isEmpty()
        && line(slot).isEmpty()
        && slot.before.isEmpty()
        && first.above.isEmpty()
        && moved(first, indent + STEP).isEmpty();
  }

  /** The comments of an entry that have to stand above it, since its line has no place for them. */
  private static List<Comment> moved(Entry entry, int indent) {
    if (entry.key.isEmpty()) {
      return moved(entry.value, indent + STEP);
    }
    Slot key = entry.key.get();
    Optional<String> simple = simpleKey(key, indent);
    if (simple.isEmpty()) {
      return moved(key, indent + STEP);
    }
    List<Comment> moved = new ArrayList<>(beforeOneLine(key));
    key.beside.ifPresent(moved::add);
    moved.addAll(key.below);
    moved.addAll(moved(entry.value, indent + simple.get().length() + STEP));
    return moved;
  }

  private static List<Comment> moved(Slot slot, int column) {
    boolean block =
        slot.node.orElseThrow() instanceof Collection collection
            && inline(collection, column).isEmpty();
    return block ? excess(slot) : beforeOneLine(slot);
  }

  private static List<Comment> beforeOneLine(Slot slot) {
    return Stream.concat(slot.header.stream(), slot.before.stream()).toList();
  }

  /** The comment on the line that opens a block. */
  private static Optional<Comment> line(Slot slot) {
    return slot.header.or(() -> slot.beside);
  }

  /** A flow collection that becomes a block may have two comments for that line. */
  private static List<Comment> excess(Slot slot) {
    return slot.header.isPresent() ? slot.beside.stream().toList() : List.of();
  }

  /** A key that needs no question mark. */
  private static Optional<String> simpleKey(Slot key, int indent) {
    return inline(key.node.orElseThrow(), indent)
        .filter(text -> !text.isEmpty() && text.length() <= LONGEST_KEY)
        .map(text -> needsSpaceBeforeColon(key.node.get()) ? text + " " : text);
  }

  /** A colon could be a part of an alias, an anchor or a tag. */
  private static boolean needsSpaceBeforeColon(Node node) {
    return node instanceof Scalar scalar
        && (scalar.text().isEmpty() || scalar.text().startsWith("*"));
  }

  /** A node on one line, if it can stand in one that has room from a column on. */
  private static Optional<String> inline(Node node, int column) {
    if (node instanceof Scalar scalar) {
      return scalar.isBlock()
          ? Optional.empty()
          : Optional.of(joined(scalar.properties(), scalar.text()));
    }
    Collection collection = (Collection) node;
    StringBuilder out = new StringBuilder();
    boolean fits = appendFlow(out, collection, WIDTH - column);
    return fits || collection.entries.isEmpty() ? Optional.of(out.toString()) : Optional.empty();
  }

  /** Appends a collection on one line; false where that is too wide or cannot be. */
  private static boolean appendFlow(StringBuilder out, Collection collection, int width) {
    out.append(collection.properties()).append(collection.properties().isEmpty() ? "" : " ");
    out.append(collection.mapping ? '{' : '[');
    boolean fits =
        collection.entries.isEmpty() || (collection.flow && collection.trailing.isEmpty());
    String separator = "";
    for (Entry entry : collection.entries) {
      out.append(separator);
      fits = fits && entry.above.isEmpty() && appendFlow(out, entry, width);
      if (!fits) {
        return false;
      }
      separator = ", ";
    }
    out.append(collection.mapping ? '}' : ']');
    return fits && out.codePointCount(0, out.length()) <= width;
  }

  private static boolean appendFlow(StringBuilder out, Entry entry, int width) {
    if (entry.key.isEmpty()) {
      return appendFlow(out, entry.value, width);
    }
    Slot key = entry.key.get();
    int start = out.length();
    if (!appendFlow(out, key, width) || out.length() == start) {
      return false;
    }
    if (entry.colon) {
      out.append(needsSpaceBeforeColon(key.node.orElseThrow()) ? " :" : ":");
    }
    boolean empty = entry.value.node.orElseThrow() instanceof Scalar scalar && scalar.isEmpty();
    out.append(empty ? "" : " ");
    return appendFlow(out, entry.value, width);
  }

  private static boolean appendFlow(StringBuilder out, Slot slot, int width) {
    if (slot.hasComments()) {
      return false;
    }
    Node node = slot.node.orElseThrow();
    if (node instanceof Collection collection) {
      return appendFlow(out, collection, width);
    }
    Scalar scalar = (Scalar) node;
    out.append(joined(scalar.properties(), scalar.text()));
    // A comma could be a part of a tag.
    out.append(scalar.text().isEmpty() && !scalar.properties().isEmpty() ? " " : "");
    return out.length() <= width * 2;
  }

  private static String joined(String one, String other) {
    return one.isEmpty() || other.isEmpty() ? one + other : one + " " + other;
  }

  private void comments(List<Comment> comments, int indent) {
    for (Comment comment : comments) {
      if (comment.afterBlankLine()) {
        blankLine();
      }
      line(indent, comment.text(), Optional.empty());
    }
  }

  private void line(int indent, String text, Optional<Comment> comment) {
    String beside = comment.map(Comment::text).orElse("");
    textLine(indent, text.isEmpty() || beside.isEmpty() ? text + beside : text + "  " + beside);
  }

  private void textLine(int indent, String text) {
    String start = opening + " ".repeat(indent - opening.length());
    lines.add(text.isEmpty() && opening.isEmpty() ? "" : start + text);
    opening = "";
    mayBlank = true;
  }

  /** Keeps the author's blank line. */
  private void blankLine() {
    if (mayBlank) {
      lines.add("");
      mayBlank = false;
    }
  }
}
