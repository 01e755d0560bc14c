package io.tokenform.cluster;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tokenform.access.Masking;
import io.tokenform.access.Permission;
import io.tokenform.access.Secret;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.access.UnreadableToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The Management API's JSON, read and written as a stream: a listing of any length takes the memory
 * of its tokens alone, and data binding's start-up cost is not paid.
 *
 * <p>Fields that are not known are passed over, since the API may grow. {@link TokenReader} says
 * what is made of known ones that are not what the API promises.
 */
final class TokenJson {
  static final JsonFactory FACTORY = new JsonFactory();

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
   * Reads the array of tokens that a listing is. A token that is listed several times and always
   * the same is there once.
   *
   * @param masking what no text of it may repeat
   * @throws UnexpectedAnswerException if it is anything else
   */
  static TokenListing readTokens(JsonParser json, Masking masking) throws IOException {
    Map<TokenId, Token> tokens = new LinkedHashMap<>();
    Map<TokenId, UnreadableToken> unreadable = new LinkedHashMap<>();
    List<UnreadableToken> unnamed = new ArrayList<>();
    boolean hasTokens = false;
    if (isNone(json)) {
      return new TokenListing(List.of(), List.of());
    }
    HarmlessTexts texts = new HarmlessTexts(masking);
    for (int number = 1; json.nextToken() != JsonToken.END_ARRAY; number++) {
      TokenReader read = TokenReader.read(json, texts, secret -> {});
      hasTokens |= read.isLikeAToken();
      Optional<TokenId> id = read.id();
      Optional<String> problem = read.problem();
      if (id.isEmpty()) {
        unnamed.add(read.unreadable(number, problem.orElseThrow()));
      } else if (problem.isPresent() || unreadable.containsKey(id.get())) {
        tokens.remove(id.get());
        unreadable.putIfAbsent(
            id.get(), read.unreadable(number, problem.orElse("it is listed several times")));
      } else {
        Token former = tokens.putIfAbsent(id.get(), read.token());
        if (former != null && !former.equals(read.token())) {
          tokens.remove(id.get());
          unreadable.put(
              id.get(), read.unreadable(number, "it is listed several times, with differences"));
        }
      }
    }
    if (!hasTokens && !unnamed.isEmpty()) {
      throw new UnexpectedAnswerException(
          "a listing must be of tokens, but nothing in this one is a token");
    }
    expectEnd(json);
    List<UnreadableToken> all = new ArrayList<>(unreadable.values());
    all.addAll(unnamed);
    all.sort((one, other) -> Integer.compare(one.number(), other.number()));
    return new TokenListing(List.copyOf(tokens.values()), all);
  }

  /** Reads one token. */
  static Token readToken(JsonParser json, Masking masking) throws IOException {
    return readOne(json, masking, secret -> {});
  }

  private static Token readOne(JsonParser json, Masking masking, Consumer<Secret> secrets)
      throws IOException {
    start(json);
    TokenReader read = TokenReader.read(json, new HarmlessTexts(masking), secrets);
    Optional<String> problem = read.problem();
    if (problem.isPresent()) {
      throw new UnexpectedAnswerException(
          read.id().map(id -> "the token " + id).orElse("the token")
              + " cannot be read: "
              + problem.get());
    }
    expectEnd(json);
    return read.token();
  }

  /**
   * Reads a token that was just made.
   *
   * @param known told the secret as soon as it is read, before anything else is done with it
   * @throws UnexpectedAnswerException if it is not one, or has no secret that may be one: from then
   *     on it is masked, and a cluster that calls a name or an id a secret would hide that
   */
  static NewToken readNewToken(JsonParser json, Masking masking, Consumer<Secret> known)
      throws IOException {
    List<Secret> secrets = new ArrayList<>(1);
    Token token =
        readOne(
            json,
            masking,
            secret -> {
              if (secret.weakness().isEmpty()) {
                known.accept(secret);
              }
              secrets.add(secret);
            });
    if (secrets.isEmpty()) {
      throw new UnexpectedAnswerException("the token has no accessToken");
    }
    Optional<String> weakness =
        secrets.stream().flatMap(secret -> secret.weakness().stream()).findFirst();
    if (weakness.isPresent()) {
      throw new UnexpectedAnswerException(
          "the token's accessToken cannot be a secret: " + weakness.get());
    }
    return new NewToken(token, secrets.get(0));
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

  static void start(JsonParser json) throws IOException {
    if (json.nextToken() == null) {
      throw new UnexpectedAnswerException("the answer is empty");
    }
  }

  /**
   * Comes to the beginning of a listing.
   *
   * @return whether there is nothing in it: programs in Go write null for an empty one
   */
  static boolean isNone(JsonParser json) throws IOException {
    start(json);
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      expectEnd(json);
      return true;
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new UnexpectedAnswerException("a listing must be an array, but this one is not");
    }
    return false;
  }

  static void expectEnd(JsonParser json) throws IOException {
    if (json.nextToken() != null) {
      throw new UnexpectedAnswerException("something follows where the JSON should end");
    }
  }
}
