package io.tokenform.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A YAML document as its author laid it out: the nodes as written, with the comments at each. */
final class Layout {
  /** Directives and the comments at and above them, one a line. */
  final List<Comment> head = new ArrayList<>();

  /** Above the document's only value. */
  final List<Comment> above = new ArrayList<>();

  /** Nothing where the text holds no document. */
  final Slot root = new Slot();

  /**
   * A comment.
   *
   * @param text the number sign and the rest of the line
   * @param afterBlankLine whether it has a line of its own, and the one above is blank
   */
  record Comment(String text, boolean afterBlankLine) {}

  /** One value as written. */
  sealed interface Node permits Scalar, Collection {
    /** The anchor and the tag as written, or an empty string. */
    String properties();
  }

  /**
   * A scalar or an alias.
   *
   * @param text what stands in the line: the whole of it, or the header of a block scalar
   * @param lines the lines of a block scalar, without their indentation
   */
  record Scalar(String properties, String text, List<String> lines) implements Node {
    boolean isBlock() {
      return !lines.isEmpty();
    }

    /** Whether the lines after the last one that has text belong to it, too. */
    boolean keepsBlankLines() {
      return isBlock() && text.contains("+");
    }

    boolean isEmpty() {
      return properties.isEmpty() && text.isEmpty();
    }
  }

  /** A sequence or a mapping. */
  static final class Collection implements Node {
    final boolean mapping;

    /** Whether it was written in brackets or braces. */
    final boolean flow;

    final List<Entry> entries = new ArrayList<>();

    /** Below the last entry. */
    final List<Comment> trailing = new ArrayList<>();

    private final String properties;

    Collection(String properties, boolean mapping, boolean flow) {
      this.properties = properties;
      this.mapping = mapping;
      this.flow = flow;
    }

    @Override
    public String properties() {
      return properties;
    }
  }

  /** One item of a sequence, or one key of a mapping with its value. */
  static final class Entry {
    final List<Comment> above = new ArrayList<>();

    /** Whether it starts a line, and the one above is blank. */
    boolean afterBlankLine;

    /** Whether a colon stands between key and value. */
    boolean colon;

    /** The key, and nothing in an item of a sequence. */
    Optional<Slot> key = Optional.empty();

    final Slot value = new Slot();
  }

  /** A place for a node, and the comments at it. */
  static final class Slot {
    Optional<Node> node = Optional.empty();

    /** At the end of the line of the key, the dash or the bracket before the value. */
    Optional<Comment> header = Optional.empty();

    /** The others before the value. */
    final List<Comment> before = new ArrayList<>();

    /** At the end of the value's last line. */
    Optional<Comment> beside = Optional.empty();

    /** After a value that is no block, in lines of their own that are indented as if it were. */
    final List<Comment> below = new ArrayList<>();

    boolean hasComments() {
      return header.isPresent() || !before.isEmpty() || beside.isPresent() || !below.isEmpty();
    }

    /** A comment that follows an opening on its line. */
    void open(Comment comment) {
      if (header.isEmpty() && before.isEmpty()) {
        header = Optional.of(comment);
      } else {
        before.add(comment);
      }
    }

    /** A comment on a line of its own after the value, and indented below it. */
    void follow(Comment comment) {
      if (node.orElseThrow() instanceof Collection block && !block.flow) {
        block.trailing.add(comment);
      } else {
        below.add(comment);
      }
    }
  }
}
