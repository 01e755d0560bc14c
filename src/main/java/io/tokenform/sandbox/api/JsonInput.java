package io.tokenform.sandbox.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/**
 * One JSON text, read from front to back; every complaint names the element and its place. A
 * reading method stands at the first token of a value when it is called and at the last one when it
 * returns.
 */
public final class JsonInput {
  /** What a key that no one asked for means. */
  public enum UnknownKeys {
    REFUSED,
    IGNORED
  }

  /** Reads one value. */
  public interface Value<T> {
    public T read(JsonInput json) throws InvalidJsonException;
  }

  /** Reads the value of one key of an object. */
  public interface Key {
    public void read(String key) throws InvalidJsonException;
  }

  /** Reads one element of an array. */
  public interface Element {
    public void read() throws InvalidJsonException;
  }

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonParser parser;
  private final UnknownKeys unknownKeys;
  // Of the key whose value comes next: a key that is not known is complained of where it stands.
  private JsonLocation keyLocation = JsonLocation.NA;

  private JsonInput(JsonParser parser, UnknownKeys unknownKeys) {
    this.parser = parser;
    this.unknownKeys = unknownKeys;
  }

  /**
   * Reads a text that holds one value and nothing else.
   *
   * @throws InvalidJsonException if it does not, or if {@code value} finds something wrong with it
   */
  public static <T> T read(byte[] text, UnknownKeys unknownKeys, Value<T> value)
      throws InvalidJsonException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonInput json = new JsonInput(parser, unknownKeys);
      if (json.next() == null) {
        throw json.problem("is empty");
      }
      T result = value.read(json);
      if (json.next() != null) {
        throw json.problem("must hold one value and nothing after it");
      }
      return result;
    } catch (IOException e) {
      // Jackson looks at the encoding when it opens the text, where there is no place yet.
      throw InvalidJsonException.syntax(new JsonPlace("", 1, 1), e.getMessage(), e);
    }
  }

  /** Reads an object, key by key. */
  public void object(Key key) throws InvalidJsonException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw problem("must be an object");
    }
    while (next() != JsonToken.END_OBJECT) {
      String name = currentName();
      keyLocation = parser.currentTokenLocation();
      next();
      key.read(name);
    }
  }

  /** Reads an array, element by element. */
  public void array(Element element) throws InvalidJsonException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw problem("must be an array");
    }
    while (next() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  /** Reads a string. */
  public String string() throws InvalidJsonException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw problem("must be a string");
    }
    String text = text();
    // JSON can spell half a character, which no UTF-8 answer could carry back.
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw problem("must be valid Unicode: it contains half a surrogate pair");
    }
    return text;
  }

  /** Reads a whole number. */
  public long wholeNumber(long least, long most) throws InvalidJsonException {
    long number = least - 1;
    try {
      if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
          && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
        number = parser.getLongValue();
      }
    } catch (IOException e) {
      throw syntax(e);
    }
    if (number < least || number > most) {
      throw problem("must be a whole number from " + least + " to " + most);
    }
    return number;
  }

  /** Whether the value is an object. */
  public boolean isObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  /** Passes over the value of a key that nobody knows, or refuses it. */
  public void unknownKey() throws InvalidJsonException {
    if (unknownKeys == UnknownKeys.REFUSED) {
      throw InvalidJsonException.element(
          JsonPlace.of(parser.getParsingContext(), keyLocation), "is not a known key");
    }
    try {
      parser.skipChildren();
    } catch (IOException e) {
      throw syntax(e);
    }
  }

  /** Where the reading stands. */
  public JsonPlace place() {
    return JsonPlace.of(parser.getParsingContext(), parser.currentTokenLocation());
  }

  /** What is wrong with the current element; the text follows the element's name. */
  public InvalidJsonException problem(String problem) {
    return InvalidJsonException.element(place(), problem);
  }

  private JsonToken next() throws InvalidJsonException {
    try {
      return parser.nextToken();
    } catch (IOException e) {
      throw syntax(e);
    }
  }

  private String currentName() throws InvalidJsonException {
    try {
      return parser.currentName();
    } catch (IOException e) {
      throw syntax(e);
    }
  }

  private String text() throws InvalidJsonException {
    try {
      return parser.getText();
    } catch (IOException e) {
      throw syntax(e);
    }
  }

  private InvalidJsonException syntax(IOException e) {
    // Jackson's exception knows where the token began; the parser, how far it has looked.
    boolean knowsWhere = e instanceof JsonProcessingException json && json.getLocation() != null;
    JsonLocation location =
        knowsWhere ? ((JsonProcessingException) e).getLocation() : parser.currentLocation();
    return InvalidJsonException.syntax(
        JsonPlace.of(parser.getParsingContext(), location), problem(e), e);
  }

  /** What Jackson complains of, without its mentions of a source that has no name here. */
  private static String problem(IOException e) {
    String message =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    int source = message.indexOf("[Source");
    int remark = message.lastIndexOf(" (", source);
    return source < 0 || remark < 0 ? message : message.substring(0, remark);
  }
}
