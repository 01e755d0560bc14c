package io.tokenform.cluster;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tokenform.access.Action;
import io.tokenform.access.Masking;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Secret;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The Management API's JSON, read and written as a stream: a listing of any length takes the memory
 * of its tokens alone, and data binding's start-up cost is not paid.
 *
 * <p>Fields that are not known are passed over, since the API may grow. A field that is known has
 * to have its type.
 */
final class TokenJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private TokenJson() {}

  /** The body of a PATCH: the fields that change, permissions by action and then resource. */
  static String write(TokenUpdate update) {
    StringWriter body = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(body)) {
      json.writeStartObject();
      if (update.description().isPresent()) {
        json.writeStringField("description", update.description().get());
      }
      if (update.permissions().isPresent()) {
        json.writeArrayFieldStart("permissions");
        for (Permission permission : update.permissions().get()) {
          json.writeStartObject();
          json.writeStringField("action", permission.action().name());
          json.writeStringField("resource", permission.resource());
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to a string cannot fail", e);
    }
    return body.toString();
  }

  /** The body of a POST: no permissions, and an expiry where there is one. */
  static String writeCreation(String description, Optional<String> expiresAt) {
    StringWriter body = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("description", description);
      json.writeArrayFieldStart("permissions");
      json.writeEndArray();
      if (expiresAt.isPresent()) {
        json.writeStringField("expiresAt", expiresAt.get());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to a string cannot fail", e);
    }
    return body.toString();
  }

  /**
   * Reads the array of tokens that a listing is.
   *
   * @param masking what no text of it may repeat
   * @throws UnexpectedAnswerException if it is anything else, or names a token twice
   */
  static List<Token> readTokens(JsonParser json, Masking masking) throws IOException {
    List<Token> tokens = new ArrayList<>();
    Set<TokenId> ids = new HashSet<>();
    expectArray(json);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Token token = readObject(json, "token " + (tokens.size() + 1), masking, secret -> {});
      if (!ids.add(token.id())) {
        throw new UnexpectedAnswerException("the token " + token.id() + " is listed twice");
      }
      tokens.add(token);
    }
    expectEnd(json);
    return tokens;
  }

  /** Reads one token. */
  static Token readToken(JsonParser json, Masking masking) throws IOException {
    start(json);
    Token token = readObject(json, "the token", masking, secret -> {});
    expectEnd(json);
    return token;
  }

  /**
   * Reads a token that was just made.
   *
   * @param known told the secret as soon as it is read, before anything else is done with it
   */
  static NewToken readNewToken(JsonParser json, Masking masking, Consumer<Secret> known)
      throws IOException {
    start(json);
    List<Secret> secrets = new ArrayList<>(1);
    Token token =
        readObject(
            json,
            "the token",
            masking,
            secret -> {
              known.accept(secret);
              secrets.add(secret);
            });
    expectEnd(json);
    if (secrets.isEmpty()) {
      throw new UnexpectedAnswerException("the token has no accessToken");
    }
    return new NewToken(token, secrets.get(0));
  }

  /** Reads the names out of a listing of databases, in its order. */
  static List<String> readDatabases(JsonParser json, Masking masking) throws IOException {
    List<String> names = new ArrayList<>();
    expectArray(json);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String what = "database " + (names.size() + 1);
      expect(json, JsonToken.START_OBJECT, what + " must be an object");
      String name = null;
      for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
        json.nextToken();
        if (field.equals("name")) {
          name = harmless(string(json, what + ": name"), masking);
        } else {
          json.skipChildren();
        }
      }
      names.add(required(name, what, "name"));
    }
    expectEnd(json);
    return names;
  }

  /** Reads the message out of an error's body, where it has one that says something. */
  static Optional<String> readMessage(JsonParser json) throws IOException {
    if (json.nextToken() == JsonToken.START_OBJECT) {
      for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
        if (json.nextToken() == JsonToken.VALUE_STRING && field.equals("message")) {
          return Optional.of(json.getText()).filter(text -> !text.isBlank());
        }
        json.skipChildren();
      }
    }
    return Optional.empty();
  }

  private static Token readObject(
      JsonParser json, String what, Masking masking, Consumer<Secret> secrets) throws IOException {
    expect(json, JsonToken.START_OBJECT, what + " must be an object");
    String id = null;
    String description = "";
    Permissions permissions = null;
    Optional<Instant> createdAt = Optional.empty();
    Optional<Instant> expiresAt = Optional.empty();
    Optional<Instant> revokedAt = Optional.empty();
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      switch (field) {
        case "id" -> id = once(id, string(json, what + ": id"), what);
        // Promised by the API; a token that lacks it is shown and compared as having an empty one.
        case "description" ->
            description =
                isNull(json) ? "" : harmless(string(json, what + ": description"), masking);
        case "permissions" ->
            permissions =
                once(permissions, readPermissions(json, what + ": permissions", masking), what);
        case "createdAt" -> createdAt = time(json, what + ": createdAt");
        case "expiresAt" -> expiresAt = time(json, what + ": expiresAt");
        case "revokedAt" -> revokedAt = time(json, what + ": revokedAt");
        case "accessToken" -> {
          // Only the answer to its creation has it; elsewhere it is nobody's business.
          if (json.currentToken() == JsonToken.VALUE_STRING) {
            secrets.accept(Secret.of(json.getText()));
          } else {
            json.skipChildren();
          }
        }
        default -> json.skipChildren();
      }
    }
    TokenId tokenId = tokenId(required(id, what, "id"), what);
    return new Token(
        tokenId,
        description,
        required(permissions, what, "permissions"),
        createdAt,
        expiresAt,
        revokedAt);
  }

  private static Permissions readPermissions(JsonParser json, String what, Masking masking)
      throws IOException {
    expect(json, JsonToken.START_ARRAY, what + " must be an array");
    List<Permission> permissions = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json, JsonToken.START_OBJECT, what + " must be objects");
      String action = null;
      String resource = null;
      for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
        json.nextToken();
        switch (field) {
          case "action" -> action = once(action, string(json, what + ": action"), what);
          case "resource" -> resource = once(resource, string(json, what + ": resource"), what);
          default -> json.skipChildren();
        }
      }
      if (action == null || action.isEmpty()) {
        throw new UnexpectedAnswerException(what + ": one has no action");
      }
      permissions.add(
          new Permission(
              Action.of(harmless(action, masking)),
              harmless(required(resource, what + ": one", "resource"), masking)));
    }
    return Permissions.of(permissions);
  }

  private static TokenId tokenId(String text, String what) throws UnexpectedAnswerException {
    try {
      return TokenId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UnexpectedAnswerException(what + ": the id is not a UUID", e);
    }
  }

  private static Optional<Instant> time(JsonParser json, String what) throws IOException {
    if (isNull(json)) {
      return Optional.empty();
    }
    String text = string(json, what);
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      throw new UnexpectedAnswerException(what + " is not an RFC 3339 time", e);
    }
  }

  /**
   * Somebody may have put a secret into a description, or given its name to a database: it is not
   * taken in, so that nothing that is made of it can give it away.
   */
  private static String harmless(String text, Masking masking) {
    return masking.mask(text);
  }

  private static boolean isNull(JsonParser json) {
    return json.currentToken() == JsonToken.VALUE_NULL;
  }

  private static String string(JsonParser json, String what) throws IOException {
    expect(json, JsonToken.VALUE_STRING, what + " must be a string");
    return json.getText();
  }

  private static void start(JsonParser json) throws IOException {
    if (json.nextToken() == null) {
      throw new UnexpectedAnswerException("the answer is empty");
    }
  }

  private static void expectArray(JsonParser json) throws IOException {
    start(json);
    expect(json, JsonToken.START_ARRAY, "a listing must be an array");
  }

  private static void expect(JsonParser json, JsonToken token, String promise)
      throws UnexpectedAnswerException {
    if (json.currentToken() != token) {
      throw new UnexpectedAnswerException(promise + ", but this one is not");
    }
  }

  private static void expectEnd(JsonParser json) throws IOException {
    if (json.nextToken() != null) {
      throw new UnexpectedAnswerException("something follows where the JSON should end");
    }
  }

  /** The value of a field, which another one of the same name would contradict. */
  private static <T> T once(T first, T value, String what) throws UnexpectedAnswerException {
    if (first != null) {
      throw new UnexpectedAnswerException(what + ": a field appears twice");
    }
    return value;
  }

  private static <T> T required(T value, String what, String field)
      throws UnexpectedAnswerException {
    if (value == null) {
      throw new UnexpectedAnswerException(what + " has no " + field);
    }
    return value;
  }
}
