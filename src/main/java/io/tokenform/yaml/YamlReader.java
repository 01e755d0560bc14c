package io.tokenform.yaml;

import io.tokenform.access.SecretShapes;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads one YAML 1.2 document into nodes with places.
 *
 * <p>Built on the parser's events rather than on its composer, so that an alias has a place of its
 * own, and depth and aliases are bounded before they cost anything.
 */
public final class YamlReader {
  /** A policy nests five deep; nobody writes more than a few times that. */
  static final int MAX_DEPTH = 64;

  /** How many nodes the aliases of a file may stand for. */
  static final long MAX_ALIASED_NODES = 1_000_000;

  /** {@code false}: all others of the core schema that begin with a letter are shorter. */
  private static final int LONGEST_WORD_OF_YAML = 5;

  private static final String STANDARD_TAGS = "tag:yaml.org,2002:";

  private static final Set<Tag> SCALAR_TAGS =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

  private final SourceText source;
  private final CoreSchema schema = new CoreSchema();
  private final ScalarResolver resolver = schema.getScalarResolver();
  private final Map<Anchor, YamlNode> anchors = new HashMap<>();
  private long aliasedNodes;
  private int index;
  private int indexInCodePoints;
  private Iterator<Event> events;
  private Optional<Mark> read = Optional.empty();

  private YamlReader(SourceText source) {
    this.source = source;
  }

  /**
   * The document's root, or nothing for a document without content.
   *
   * @throws InvalidYamlException if the text is not one well-formed document within the bounds
   */
  public static Optional<YamlNode> read(SourceText source) throws InvalidYamlException {
    return new YamlReader(source).document();
  }

  private Optional<YamlNode> document() throws InvalidYamlException {
    String text = text(source);
    try {
      events = events(settings(schema, source.name(), text), text);
      next(); // the stream starts
      if (next().getEventId() == Event.ID.StreamEnd) {
        return Optional.empty();
      }
      YamlNode root = node(next(), 0);
      next(); // the document ends
      Event end = next();
      if (end.getEventId() != Event.ID.StreamEnd) {
        throw new InvalidYamlException(
            Diagnostic.error(
                    Code.SEVERAL_DOCUMENTS,
                    location(end.getStartMark(), end.getEndMark()),
                    "a second YAML document starts here")
                .hint("a policy file has one document; move the second one to its own file"));
      }
      boolean empty = root instanceof YamlNode.Scalar scalar && scalar.isNull();
      return empty ? Optional.empty() : Optional.of(root);
    } catch (MarkedYamlEngineException e) {
      throw new InvalidYamlException(new SyntaxErrors(source).of(e), e);
    } catch (ReaderException e) {
      throw new InvalidYamlException(new SyntaxErrors(source).of(e), e);
    } catch (YamlVersionException e) {
      String version = e.getSpecVersion().getMajor() + "." + e.getSpecVersion().getMinor();
      throw new InvalidYamlException(
          Diagnostic.error(
                  Code.SYNTAX, location(read, read), "YAML " + version + " is not understood")
              .hint("remove the %YAML line; a policy is YAML 1.2"),
          e);
    } catch (YamlEngineException e) {
      throw new InvalidYamlException(
          Diagnostic.error(Code.SYNTAX, new Location(source, 1, 1, 1), e.getMessage()), e);
    }
  }

  /** How the parser is set up for a text. */
  static LoadSettings settings(CoreSchema schema, String name, String text) {
    // A value longer than the parser's buffer is copied once for each buffer of text it fills.
    int bufferSize = Math.max(1 << 10, Math.min(1 << 20, text.length()));
    return LoadSettings.builder()
        .setLabel(name)
        .setSchema(schema)
        .setCodePointLimit(Integer.MAX_VALUE)
        .setBufferSize(bufferSize)
        .build();
  }

  /** What the parser finds in a text, in its order. */
  static Iterator<Event> events(LoadSettings settings, String text) {
    return new ParserImpl(
        settings, new StrictScanner(settings, Tabs.withoutHarmless(settings, text)));
  }

  /** The text for the parser, which takes a carriage return at the very end for no line break. */
  static String text(SourceText source) {
    String content = source.content();
    return content.endsWith("\r") ? content + "\n" : content;
  }

  private Event next() throws InvalidYamlException {
    try {
      Event event = events.next();
      read = event.getEndMark();
      return event;
    } catch (IllegalArgumentException e) {
      // The parser checks the digits of \U and not their value.
      throw new InvalidYamlException(
          Diagnostic.error(
                  Code.SYNTAX,
                  location(read, read),
                  "this text has a \\U escape beyond U+10FFFF, which is not a character")
              .hint("write the character itself, or its correct number"),
          e);
    }
  }

  private YamlNode node(Event event, int depth) throws InvalidYamlException {
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
    // An anchor is known once its value is complete, so no value can hold itself.
    if (anchor.isPresent()) {
      anchors.remove(anchor.get());
    }
    YamlNode node =
        switch (event.getEventId()) {
          case Scalar -> scalar((ScalarEvent) event);
          case SequenceStart -> sequence((CollectionStartEvent) event, depth);
          case MappingStart -> mapping((CollectionStartEvent) event, depth);
          default -> throw new IllegalStateException("not a node: " + event);
        };
    if (anchor.isPresent()) {
      anchors.put(anchor.get(), node);
    }
    return node;
  }

  private YamlNode aliased(AliasEvent alias) throws InvalidYamlException {
    Location where = location(alias.getStartMark(), alias.getEndMark());
    YamlNode target = anchors.get(alias.getAlias());
    if (target == null) {
      throw new InvalidYamlException(
          Diagnostic.error(
                  Code.UNKNOWN_ALIAS,
                  where,
                  "the alias \"*" + alias.getAlias().getValue() + "\" refers to no anchor above it")
              .hint(
                  source.content().contains("&" + alias.getAlias().getValue())
                      ? "an anchor has to end above its aliases; write the value out here"
                      : "quote a text that starts with an asterisk; alone, \"*\" is all databases"));
    }
    aliasedNodes += target.weight();
    if (aliasedNodes > MAX_ALIASED_NODES) {
      throw new InvalidYamlException(
          Diagnostic.error(
                  Code.TOO_MANY_ALIASES,
                  where,
                  "the aliases of this file stand for more than " + MAX_ALIASED_NODES + " values")
              .hint("write the values out, or use fewer aliases"));
    }
    return target.at(where);
  }

  private YamlNode scalar(ScalarEvent event) throws InvalidYamlException {
    Location where = location(event.getStartMark(), event.getEndMark());
    refuseHalfCharacters(event, where);
    refuseEscapedSecret(event, where);
    Tag tag = explicitTag(event.getTag(), SCALAR_TAGS, where);
    if (tag == null) {
      tag =
          event.isPlain() && !isWords(event.getValue())
              ? resolver.resolve(event.getValue(), event.getImplicit().canOmitTagInPlainScalar())
              : Tag.STR;
    }
    return new YamlNode.Scalar(tag, event.getValue(), where);
  }

  /**
   * Whether a plain text is a string for certain, which spares it the patterns of all others: it
   * begins with a letter, and is longer than {@code false}.
   */
  private static boolean isWords(String text) {
    return text.length() > LONGEST_WORD_OF_YAML
        && ((text.charAt(0) >= 'a' && text.charAt(0) <= 'z')
            || (text.charAt(0) >= 'A' && text.charAt(0) <= 'Z'));
  }

  /** An escape can spell half a surrogate pair, which no request could carry. */
  private static void refuseHalfCharacters(ScalarEvent event, Location where)
      throws InvalidYamlException {
    if (event.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED && hasHalfCharacter(event.getValue())) {
      throw new InvalidYamlException(
          Diagnostic.error(Code.SYNTAX, where, "an escape in this text is half of a surrogate pair")
              .hint("write both halves of the surrogate pair, or the character itself"));
    }
  }

  /** The text itself is searched for secrets elsewhere; escapes can hide one from that search. */
  private void refuseEscapedSecret(ScalarEvent event, Location where) throws InvalidYamlException {
    if (event.getScalarStyle() != ScalarStyle.DOUBLE_QUOTED
        || !SecretShapes.matcher(event.getValue()).find()) {
      return;
    }
    int start = index(event.getStartMark());
    int end = index(event.getEndMark());
    if (!SecretShapes.matcher(source.content().substring(start, end)).find()) {
      throw new InvalidYamlException(
          Diagnostic.secretInPolicy(
              where.concealed(), "this looks like a secret, spelled with escapes"));
    }
  }

  /** The index of a place; counted on from the last one, since there may be many. */
  private int index(Optional<Mark> mark) {
    int codePoints = mark.orElseThrow().getIndex();
    index = source.content().offsetByCodePoints(index, codePoints - indexInCodePoints);
    indexInCodePoints = codePoints;
    return index;
  }

  private static boolean hasHalfCharacter(String text) {
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      if (Character.getType(text.codePointAt(i)) == Character.SURROGATE) {
        return true;
      }
    }
    return false;
  }

  private YamlNode sequence(CollectionStartEvent start, int depth) throws InvalidYamlException {
    Location where = collectionStart(start, Tag.SEQ, depth);
    List<YamlNode> items = new ArrayList<>();
    long weight = 1;
    for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
      YamlNode item = node(event, depth + 1);
      items.add(item);
      weight += item.weight();
    }
    return new YamlNode.Sequence(items, weight, where);
  }

  private YamlNode mapping(CollectionStartEvent start, int depth) throws InvalidYamlException {
    Location where = collectionStart(start, Tag.MAP, depth);
    List<YamlNode.Entry> entries = new ArrayList<>();
    long weight = 1;
    for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
      YamlNode key = node(event, depth + 1);
      YamlNode value = node(next(), depth + 1);
      entries.add(new YamlNode.Entry(key, value));
      weight += key.weight() + value.weight();
    }
    return new YamlNode.Mapping(entries, weight, where);
  }

  private Location collectionStart(CollectionStartEvent start, Tag natural, int depth)
      throws InvalidYamlException {
    Location where = location(start.getStartMark(), start.getStartMark());
    if (depth >= MAX_DEPTH) {
      throw new InvalidYamlException(
          Diagnostic.error(
                  Code.TOO_DEEP, where, "values are nested more than " + MAX_DEPTH + " deep")
              .hint("remove brackets; a policy nests no more than six deep"));
    }
    if (start.getTag().isPresent()) {
      explicitTag(start.getTag(), Set.of(natural), where);
    }
    return where;
  }

  /** The tag that the text gives, one of those that fit; null where it gives none. */
  private static Tag explicitTag(Optional<String> given, Set<Tag> fitting, Location where)
      throws InvalidYamlException {
    if (given.isEmpty()) {
      return null;
    }
    if (given.get().equals("!")) {
      return Tag.STR;
    }
    for (Tag tag : fitting) {
      if (tag.getValue().equals(given.get())) {
        return tag;
      }
    }
    String shown = given.get().replace(STANDARD_TAGS, "!!");
    throw new InvalidYamlException(
        Diagnostic.error(Code.UNSUPPORTED_TAG, where, "the tag " + shown + " means nothing here")
            .hint("remove the tag; a policy is plain maps, lists and strings"));
  }

  private Location location(Optional<Mark> start, Optional<Mark> end) {
    return location(start.orElseThrow(), end.orElseThrow());
  }

  private Location location(Mark from, Mark to) {
    int length = to.getLine() == from.getLine() ? to.getColumn() - from.getColumn() : 1;
    return new Location(source, from.getLine() + 1, from.getColumn() + 1, length);
  }
}
