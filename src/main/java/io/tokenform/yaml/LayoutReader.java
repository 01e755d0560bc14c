package io.tokenform.yaml;

import io.tokenform.yaml.Layout.Collection;
import io.tokenform.yaml.Layout.Comment;
import io.tokenform.yaml.Layout.Entry;
import io.tokenform.yaml.Layout.Node;
import io.tokenform.yaml.Layout.Scalar;
import io.tokenform.yaml.Layout.Slot;
import io.tokenform.yaml.Piece.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads the layout of a well-formed document. The parser's events give its structure, the pieces in
 * step with them give the text and the comments.
 *
 * <p>A comment that ends a line belongs to what stands before it in that line. One on a line of its
 * own belongs to the entry below it, or, where it is indented deeper than that, to the end of the
 * block above it.
 */
final class LayoutReader {
  private final List<Piece> pieces;
  private final Iterator<Event> events;
  private int next;
  private Event event;

  private LayoutReader(String text) {
    LoadSettings settings = YamlReader.settings(new CoreSchema(), "", text);
    this.pieces = withoutNeedlessMarkers(Pieces.of(text));
    this.events = YamlReader.events(settings, text);
  }

  /** The layout of a text that {@link YamlReader} accepts, with line feeds for line breaks. */
  static Layout read(String text) {
    return new LayoutReader(text).layout();
  }

  /** What follows a marker that is left out stands in a line of its own from then on. */
  private static List<Piece> withoutNeedlessMarkers(List<Piece> pieces) {
    boolean directives = pieces.stream().anyMatch(piece -> piece.is(Kind.DIRECTIVE));
    List<Piece> kept = new ArrayList<>(pieces.size());
    boolean left = false;
    for (Piece piece : pieces) {
      if (piece.is(Kind.DOCUMENT_END) || (piece.is(Kind.DOCUMENT_START) && !directives)) {
        left = true;
      } else if (left && piece.is(Kind.COMMENT) && !piece.startsLine()) {
        kept.add(new Piece(Kind.COMMENT, piece.text(), piece.index(), 0, true, false));
        left = false;
      } else {
        kept.add(piece);
        left = false;
      }
    }
    return kept;
  }

  private Layout layout() {
    Layout layout = new Layout();
    readHead(layout);
    advance(); // the stream starts
    advance();
    if (event.getEventId() == Event.ID.DocumentStart) {
      advance();
      // In a block, the first entry has them.
      boolean block = event instanceof CollectionStartEvent start && isBlock(start);
      if (!block) {
        layout.above.addAll(comments());
      }
      read(layout.root);
      layout.root.beside = layout.root.beside.or(this::besides);
      readBelow(layout.root, -1);
    }
    layout.above.addAll(comments());
    return layout;
  }

  private static boolean isBlock(CollectionStartEvent start) {
    return !start.isFlow() && start.getAnchor().isEmpty() && start.getTag().isEmpty();
  }

  private void readHead(Layout layout) {
    if (pieces.stream().noneMatch(piece -> piece.is(Kind.DIRECTIVE))) {
      return;
    }
    boolean open = true;
    while (open) {
      Piece piece = pieces.get(next++);
      open = !piece.is(Kind.DOCUMENT_START);
      String text = piece.text();
      Optional<Comment> beside = piece.is(Kind.COMMENT) ? Optional.empty() : besides();
      layout.head.add(
          new Comment(
              beside.map(comment -> text + "  " + comment.text()).orElse(text),
              piece.afterBlankLine()));
    }
  }

  private void read(Slot slot) {
    if (event instanceof AliasEvent) {
      slot.before.addAll(comments());
      slot.node = Optional.of(new Scalar("", take().text(), List.of()));
    } else if (event instanceof ScalarEvent scalar) {
      slot.node = Optional.of(scalar(slot, scalar));
    } else {
      CollectionStartEvent start = (CollectionStartEvent) event;
      slot.node = Optional.of(start.isFlow() ? flow(slot, start) : block(slot, start));
    }
    advance();
  }

  private Node scalar(Slot slot, ScalarEvent scalar) {
    String properties =
        properties(slot, scalar.getAnchor().isPresent(), scalar.getTag().isPresent());
    if (scalar.isPlain() && scalar.getValue().isEmpty()) {
      // Nothing else stands in the line, so the comment does not stand before anything.
      slot.beside = slot.header;
      slot.header = Optional.empty();
      return new Scalar(properties, "", List.of());
    }
    slot.before.addAll(comments());
    return ScalarLayout.of(properties, scalar, take().text());
  }

  private String properties(Slot slot, boolean anchor, boolean tag) {
    StringBuilder written = new StringBuilder();
    for (int i = (anchor ? 1 : 0) + (tag ? 1 : 0); i > 0; i--) {
      slot.before.addAll(comments());
      written.append(written.isEmpty() ? "" : " ").append(take().text());
      besides().ifPresent(slot::open);
    }
    return written.toString();
  }

  private Collection block(Slot slot, CollectionStartEvent start) {
    Collection block = collection(slot, start);
    int column = afterComments().orElseThrow().column();
    advance();
    while (!isEnd(event)) {
      Entry entry = entry(block);
      if (block.mapping) {
        readPair(entry);
      } else {
        take(); // the dash
        entry.value.header = besides();
        read(entry.value);
      }
      entry.value.beside = entry.value.beside.or(this::besides);
      readBelow(entry.value, column);
    }
    return block;
  }

  private Collection flow(Slot slot, CollectionStartEvent start) {
    Collection flow = collection(slot, start);
    // A pair alone in a sequence, as in [a: b], is a mapping without braces.
    boolean bare =
        index(start) == start.getEndMark().orElseThrow().getIndex()
            || afterComments().filter(piece -> piece.is(Kind.QUESTION_MARK)).isPresent();
    advance();
    if (bare) {
      Entry entry = entry(flow);
      readPair(entry);
      return flow;
    }
    slot.before.addAll(comments());
    take(); // the bracket
    besides().ifPresent(slot::open);
    List<Comment> waiting = new ArrayList<>();
    while (!isEnd(event)) {
      Entry entry = entry(flow);
      entry.above.addAll(0, waiting);
      waiting.clear();
      if (flow.mapping) {
        readPair(entry);
      } else {
        read(entry.value);
      }
      entry.value.beside = entry.value.beside.or(this::besides);
      waiting.addAll(comments());
      if (isNext(Kind.COMMA)) {
        take();
        if (waiting.isEmpty() && entry.value.beside.isEmpty()) {
          entry.value.beside = besides();
        }
      }
    }
    waiting.addAll(comments());
    // An empty collection has no inside where a comment could stay.
    (flow.entries.isEmpty() ? slot.before : flow.trailing).addAll(waiting);
    take(); // the closing bracket
    return flow;
  }

  private Collection collection(Slot slot, CollectionStartEvent start) {
    String properties = properties(slot, start.getAnchor().isPresent(), start.getTag().isPresent());
    boolean mapping = start.getEventId() == Event.ID.MappingStart;
    return new Collection(properties, mapping, start.isFlow());
  }

  private Entry entry(Collection collection) {
    Entry entry = new Entry();
    entry.above.addAll(comments());
    entry.afterBlankLine = pieces.get(next).afterBlankLine();
    collection.entries.add(entry);
    return entry;
  }

  private void readPair(Entry entry) {
    Slot key = new Slot();
    entry.key = Optional.of(key);
    if (isNext(Kind.QUESTION_MARK)) {
      take();
      key.header = besides();
    }
    read(key);
    Optional<Piece> colon = afterComments().filter(piece -> piece.is(Kind.COLON));
    // A colon further on belongs to the key that holds this pair.
    entry.colon = colon.isPresent() && colon.get().index() < index(event);
    if (entry.colon) {
      key.beside = key.beside.or(this::besides);
      comments().forEach(key::follow);
      take();
      entry.value.header = besides();
    }
    read(entry.value);
  }

  /** Gives a value the comments after it that are indented deeper than its block. */
  private void readBelow(Slot slot, int column) {
    while (isNext(Kind.COMMENT)
        && pieces.get(next).startsLine()
        && pieces.get(next).column() > column) {
      slot.follow(comment(take()));
    }
  }

  /** The comment at the end of the line of the piece before. */
  private Optional<Comment> besides() {
    return isNext(Kind.COMMENT) && !pieces.get(next).startsLine()
        ? Optional.of(comment(take()))
        : Optional.empty();
  }

  /** All comments from here to the next token. */
  private List<Comment> comments() {
    List<Comment> comments = new ArrayList<>();
    while (isNext(Kind.COMMENT)) {
      comments.add(comment(take()));
    }
    return comments;
  }

  private static Comment comment(Piece piece) {
    return new Comment(piece.text(), piece.afterBlankLine());
  }

  private Optional<Piece> afterComments() {
    int index = next;
    while (index < pieces.size() && pieces.get(index).is(Kind.COMMENT)) {
      index++;
    }
    return index < pieces.size() ? Optional.of(pieces.get(index)) : Optional.empty();
  }

  private boolean isNext(Kind kind) {
    return next < pieces.size() && pieces.get(next).is(kind);
  }

  private Piece take() {
    return pieces.get(next++);
  }

  private void advance() {
    event = events.next();
  }

  private static boolean isEnd(Event event) {
    return event.getEventId() == Event.ID.MappingEnd || event.getEventId() == Event.ID.SequenceEnd;
  }

  private static int index(Event event) {
    return event.getStartMark().orElseThrow().getIndex();
  }
}
