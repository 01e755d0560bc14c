package io.tokenform.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Secret;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.UnreadableToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads one token to its end, whatever is wrong with it, so that those after it can be read, and so
 * that it can be named.
 *
 * <p>A value that is not what the API promises matters only where something depends on it. When a
 * token was made is for people, apart from rotations, for which an unknown age is no reason. A
 * token that was revoked can do nothing, whatever its other fields say. But nothing is guessed of
 * what a token that may work can do, how long it works, or whether it was revoked.
 */
final class TokenReader {
  /** The beginning of the year 1, in seconds: Go's time of nothing. Parsing it takes longer. */
  private static final Optional<Instant> NEVER =
      Optional.of(Instant.ofEpochSecond(-62_135_596_800L));

  /** A text that cannot be an id is shown as far as it helps to find it. */
  private static final int LONGEST_QUOTED = 60;

  private final HarmlessTexts texts;
  private final Consumer<Secret> secrets;
  private boolean hasId;
  private boolean hasPermissions;
  private boolean hasDescription;
  private boolean hasExpiry;
  private boolean hasRevocation;

  private Optional<TokenId> id = Optional.empty();
  private Optional<String> description = Optional.of("");
  private Optional<Permissions> permissions = Optional.empty();
  private Optional<Instant> createdAt = Optional.empty();
  private Optional<Instant> expiresAt = Optional.empty();
  private Optional<Instant> revokedAt = Optional.empty();

  /** What is wrong, whether the token was revoked or not. */
  private Optional<String> unidentified = Optional.of("it has no id");

  private Optional<String> contradiction = Optional.empty();

  /** What is wrong unless it is certain that the token was revoked. */
  private Optional<String> unclear = Optional.empty();

  private TokenReader(HarmlessTexts texts, Consumer<Secret> secrets) {
    this.texts = texts;
    this.secrets = secrets;
  }

  /**
   * Reads the value at which the parser stands, to its end.
   *
   * @param texts takes its texts in
   * @param secrets told a secret as soon as it is read, before anything else is done with it
   * @throws IOException if it cannot be read on: the JSON is not well-formed, or ends
   */
  static TokenReader read(JsonParser json, HarmlessTexts texts, Consumer<Secret> secrets)
      throws IOException {
    TokenReader reader = new TokenReader(texts, secrets);
    reader.read(json);
    return reader;
  }

  /** What makes it unreadable, as part of a sentence; absent for one that can be read. */
  Optional<String> problem() {
    if (unidentified.isPresent()) {
      return unidentified;
    }
    if (contradiction.isPresent()) {
      return contradiction;
    }
    return revokedAt.isPresent() ? Optional.empty() : unclear;
  }

  /** Whether it has a field that every token has, whatever it holds. */
  boolean isLikeAToken() {
    return hasId || hasPermissions;
  }

  /** The id, where it has one that can be read. */
  Optional<TokenId> id() {
    return id;
  }

  /**
   * The token.
   *
   * @throws java.util.NoSuchElementException if there is a {@link #problem}
   */
  Token token() {
    return new Token(
        id.orElseThrow(),
        description.orElse(""),
        revokedAt.isPresent() ? permissions.orElse(Permissions.NONE) : permissions.orElseThrow(),
        createdAt,
        expiresAt,
        revokedAt);
  }

  /**
   * The token as one that cannot be read.
   *
   * @param number which one of the listing it is
   */
  UnreadableToken unreadable(int number, String why) {
    return new UnreadableToken(
        number, id, description, contradiction.isEmpty() && revokedAt.isPresent(), why);
  }

  private void read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      description = Optional.empty();
      unidentified = Optional.of("it is not an object");
      json.skipChildren();
      return;
    }
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      switch (field) {
        case "id" -> {
          if (isFirst(field, hasId)) {
            hasId = true;
            readId(json);
          }
        }
        case "description" -> {
          if (isFirst(field, hasDescription)) {
            hasDescription = true;
            readDescription(json);
          }
        }
        case "permissions" -> {
          if (isFirst(field, hasPermissions)) {
            hasPermissions = true;
            readPermissions(json);
          }
        }
        case "createdAt" -> createdAt = readInstant(json);
        case "expiresAt" -> {
          if (isFirst(field, hasExpiry)) {
            hasExpiry = true;
            expiresAt = readDecisiveInstant(json, field);
          }
        }
        case "revokedAt" -> {
          if (isFirst(field, hasRevocation)) {
            hasRevocation = true;
            revokedAt = readDecisiveInstant(json, field);
          }
        }
        case "accessToken" -> {
          // Only the answer to its creation has it; elsewhere it is nobody's business.
          if (json.currentToken() == JsonToken.VALUE_STRING) {
            secrets.accept(Secret.of(json.getText()));
          }
        }
        default -> {}
      }
      json.skipChildren();
    }
    if (!hasPermissions) {
      unclear("it has no permissions");
    }
  }

  /** Whether the field appears for the first time: another one would contradict the first. */
  private boolean isFirst(String field, boolean wasThere) {
    if (wasThere && contradiction.isEmpty()) {
      contradiction = Optional.of("it has two of " + field);
    }
    return !wasThere;
  }

  private void readId(JsonParser json) throws IOException {
    unidentified = Optional.of("its id must be a string, and is not");
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      String text = json.getText();
      try {
        id = Optional.of(TokenId.parse(text));
        unidentified = Optional.empty();
      } catch (IllegalArgumentException e) {
        unidentified = Optional.of("its id is not a UUID: \"" + quoted(text) + "\"");
      }
    }
  }

  private String quoted(String text) {
    String masked = texts.text(text);
    return masked.codePointCount(0, masked.length()) <= LONGEST_QUOTED
        ? masked
        : masked.substring(0, masked.offsetByCodePoints(0, LONGEST_QUOTED)) + "...";
  }

  private void readDescription(JsonParser json) throws IOException {
    if (json.currentToken().isStructStart()) {
      description = Optional.empty();
      unclear("its description must be a string, and is not");
    } else if (json.currentToken() != JsonToken.VALUE_NULL) {
      // A number or a truth value is as clear as a text of the same characters.
      description = Optional.of(texts.text(json.getText()));
    }
  }

  private void readPermissions(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      // How some servers write an empty list.
      permissions = Optional.of(Permissions.NONE);
      return;
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      unclear("its permissions must be a list, and are not");
      return;
    }
    List<Permission> read = new ArrayList<>();
    boolean isWhole = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Optional<Permission> permission = readPermission(json);
      if (permission.isPresent()) {
        read.add(permission.get());
      }
      isWhole &= permission.isPresent();
    }
    if (isWhole) {
      permissions = Optional.of(Permissions.of(read));
    }
  }

  private Optional<Permission> readPermission(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      unclear("one of its permissions must be an object, and is not");
      json.skipChildren();
      return Optional.empty();
    }
    PermissionField action = new PermissionField("action", false);
    PermissionField resource = new PermissionField("resource", true);
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      switch (field) {
        case "action" -> action.read(json);
        case "resource" -> resource.read(json);
        default -> {}
      }
      json.skipChildren();
    }
    Optional<String> problem = action.problem().or(resource::problem);
    if (problem.isPresent()) {
      unclear(problem.get());
      return Optional.empty();
    }
    return Optional.of(
        new Permission(Action.of(texts.name(action.text)), texts.name(resource.text)));
  }

  /** One of the two texts of a permission. */
  private static final class PermissionField {
    private final String name;
    private final boolean mayBeEmpty;
    private String text;
    private Optional<String> wrong = Optional.empty();

    /**
     * @param mayBeEmpty whether an empty text is one; there is no database of that name, and no
     *     doubt about it
     */
    PermissionField(String name, boolean mayBeEmpty) {
      this.name = name;
      this.mayBeEmpty = mayBeEmpty;
    }

    void read(JsonParser json) throws IOException {
      if (text != null) {
        wrong = Optional.of("one of its permissions has two of " + name);
      } else if (json.currentToken() == JsonToken.VALUE_STRING) {
        text = json.getText();
        wrong = Optional.empty();
      } else if (json.currentToken() != JsonToken.VALUE_NULL) {
        wrong = Optional.of("the " + name + " of one of its permissions is not a string");
      }
    }

    /** What is wrong with it; a text for this is not made where nothing is. */
    Optional<String> problem() {
      return wrong.isEmpty() && (text == null || (text.isEmpty() && !mayBeEmpty))
          ? Optional.of("one of its permissions has no " + name)
          : wrong;
    }
  }

  private static Optional<Instant> readInstant(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_STRING
        ? Instants.parse(json.getText())
        : Optional.empty();
  }

  /**
   * An instant that decides whether the token works. Programs in Go write the first second of the
   * year 1 for none.
   */
  private Optional<Instant> readDecisiveInstant(JsonParser json, String field) throws IOException {
    Optional<Instant> instant = readInstant(json);
    if (instant.equals(NEVER)) {
      return Optional.empty();
    }
    if (instant.isEmpty() && json.currentToken() != JsonToken.VALUE_NULL) {
      unclear("its " + field + " is not an RFC 3339 time");
    }
    return instant;
  }

  private void unclear(String why) {
    if (unclear.isEmpty()) {
      unclear = Optional.of(why);
    }
  }
}
