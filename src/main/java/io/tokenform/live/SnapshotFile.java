package io.tokenform.live;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.access.Action;
import io.tokenform.access.Checksum;
import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Sha256;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.access.UnreadableToken;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Snapshots in files, as {@code schemas/snapshot.schema.json} describes: a line for each token and
 * each database, in printable ASCII, so that two of them can be compared line by line. The same
 * snapshot gives the same bytes. What is read is exactly what was written, or is refused: a
 * checksum is about all bytes, and the snapshot that is read has to give the same file again. That
 * proves nothing about who wrote it.
 */
public final class SnapshotFile {
  /** The version of the document's form. */
  static final int VERSION = 1;

  private static final Checksum CHECKSUM = new Checksum("\"checksum\":\"");

  /** The field that a snapshot of every form has, and no other document. */
  private static final String TAKEN_AT = "takenAt";

  /** The field that tells a plan. */
  private static final String CHANGES = "changes";

  private static final String TAKE_ANEW = "take a new one with tokenform snapshot";

  private final JsonParser json;
  private int version;
  private boolean isPlan;
  private String toolVersion = "";
  private Optional<Instant> takenAt = Optional.empty();
  private Optional<ClusterAddress> cluster = Optional.empty();
  private final List<String> databases = new ArrayList<>();
  private final List<Database> settings = new ArrayList<>();
  private final List<Token> tokens = new ArrayList<>();
  private final List<UnreadableToken> unreadable = new ArrayList<>();

  private SnapshotFile(JsonParser json) {
    this.json = json;
  }

  /** The file for a snapshot. */
  public static String write(Snapshot snapshot) {
    return CHECKSUM.sealed(
        JsonDocument.ofLines(
            out -> {
              out.writeStartObject();
              out.writeNumberField("version", VERSION);
              out.writeStringField("toolVersion", snapshot.toolVersion());
              out.writeStringField(TAKEN_AT, snapshot.takenAt().toString());
              out.writeStringField("digest", snapshot.digest());
              ClusterJson.write(out, snapshot.live().cluster());
              out.writeArrayFieldStart("databases");
              for (String database : snapshot.live().databases()) {
                out.writeString(database);
              }
              out.writeEndArray();
              List<Database> settings = snapshot.live().databaseListing().databases();
              if (!settings.isEmpty()) {
                out.writeArrayFieldStart("databaseSettings");
                for (Database database : settings) {
                  SnapshotDatabases.write(out, database);
                }
                out.writeEndArray();
              }
              out.writeArrayFieldStart("tokens");
              for (Token token : snapshot.live().tokens()) {
                write(out, token);
              }
              out.writeEndArray();
              if (!snapshot.live().listing().unreadable().isEmpty()) {
                out.writeArrayFieldStart("unreadable");
                for (UnreadableToken token : snapshot.live().listing().unreadable()) {
                  write(out, token);
                }
                out.writeEndArray();
              }
              out.writeStringField("checksum", Sha256.ZERO);
              out.writeEndObject();
            }));
  }

  private static void write(JsonGenerator out, Token token) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", token.id().toString());
    out.writeStringField("description", token.description());
    write(out, "createdAt", token.createdAt());
    write(out, "expiresAt", token.expiresAt());
    write(out, "revokedAt", token.revokedAt());
    out.writeObjectFieldStart("permissions");
    String action = null;
    for (Permission permission : token.permissions()) {
      if (!permission.action().name().equals(action)) {
        if (action != null) {
          out.writeEndArray();
        }
        action = permission.action().name();
        out.writeArrayFieldStart(action);
      }
      out.writeString(permission.resource());
    }
    if (action != null) {
      out.writeEndArray();
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, UnreadableToken token) throws IOException {
    out.writeStartObject();
    out.writeNumberField("number", token.number());
    if (token.id().isPresent()) {
      out.writeStringField("id", token.id().get().toString());
    }
    if (token.description().isPresent()) {
      out.writeStringField("description", token.description().get());
    }
    out.writeBooleanField("isRevoked", token.isRevoked());
    out.writeStringField("why", token.why());
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, String field, Optional<Instant> time)
      throws IOException {
    if (time.isPresent()) {
      out.writeStringField(field, time.get().toString());
    }
  }

  /**
   * The snapshot in a file.
   *
   * @throws InvalidSnapshotException if it is no snapshot, one of another version, or not as it was
   *     written
   */
  public static Snapshot read(byte[] bytes) throws InvalidSnapshotException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.isBlank()) {
      throw new InvalidSnapshotException("it is empty", TAKE_ANEW);
    }
    try (JsonParser json = new JsonFactory().createParser(text)) {
      return new SnapshotFile(json).read(text);
    } catch (JacksonException e) {
      throw new InvalidSnapshotException(
          "it is not JSON, or was cut, so it is not a whole snapshot", TAKE_ANEW, e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new InvalidSnapshotException(
          "it is not exactly what tokenform writes for a snapshot", TAKE_ANEW, e);
    }
  }

  private Snapshot read(String text) throws IOException, InvalidSnapshotException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new InvalidSnapshotException("it is JSON, but not a snapshot", TAKE_ANEW);
    }
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      readField(field);
    }
    if (takenAt.isEmpty() || cluster.isEmpty()) {
      throw notASnapshot();
    }
    if (!CHECKSUM.isIntact(text)) {
      throw new InvalidSnapshotException("it has been changed since it was written", TAKE_ANEW);
    }
    Snapshot snapshot =
        new Snapshot(
            toolVersion,
            takenAt.get(),
            new Live(
                cluster.get(),
                new TokenListing(tokens, unreadable),
                new DatabaseListing(databases, settings, List.of())));
    if (!write(snapshot).equals(text)) {
      throw new IllegalArgumentException("it would be written in another way");
    }
    return snapshot;
  }

  private void readField(String field) throws IOException, InvalidSnapshotException {
    switch (field) {
      case "version" -> readVersion();
      case "toolVersion" -> toolVersion = string();
      case TAKEN_AT -> takenAt = Optional.of(Instant.parse(string()));
      case "cluster" -> cluster = Optional.of(ClusterJson.read(tree()));
      case "databases" -> {
        start(JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
          databases.add(string());
        }
      }
      case "databaseSettings" -> {
        start(JsonToken.START_ARRAY);
        ObjectMapper mapper = new ObjectMapper();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          start(JsonToken.START_OBJECT);
          settings.add(SnapshotDatabases.read(mapper.readTree(json)));
        }
      }
      case "tokens" -> {
        start(JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
          tokens.add(token());
        }
      }
      case "unreadable" -> {
        start(JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
          unreadable.add(unreadableToken());
        }
      }
      default -> {
        isPlan |= field.equals(CHANGES);
        json.skipChildren();
      }
    }
  }

  /** Before anything else is looked at: a newer form may be any other in all the rest. */
  private void readVersion() throws IOException, InvalidSnapshotException {
    version = json.currentToken() == JsonToken.VALUE_NUMBER_INT ? json.getIntValue() : 0;
    if (version != VERSION) {
      String form = json.getText();
      requireSnapshot();
      throw new InvalidSnapshotException(
          "it has the form "
              + form
              + " of a snapshot, and this tokenform reads the form "
              + VERSION,
          "use the tokenform that took it, or " + TAKE_ANEW);
    }
  }

  /** Other documents of tokenform have versions of their own. */
  private void requireSnapshot() throws IOException, InvalidSnapshotException {
    json.skipChildren();
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      if (field.equals(TAKEN_AT)) {
        return;
      }
      isPlan |= field.equals(CHANGES);
      json.nextToken();
      json.skipChildren();
    }
    throw notASnapshot();
  }

  private InvalidSnapshotException notASnapshot() {
    return new InvalidSnapshotException(
        isPlan ? "it is a saved plan, and not a snapshot" : "it is JSON, but not a snapshot",
        TAKE_ANEW);
  }

  private UnreadableToken unreadableToken() throws IOException {
    start(JsonToken.START_OBJECT);
    JsonNode token = new ObjectMapper().readTree(json);
    return new UnreadableToken(
        token.path("number").asInt(),
        Optional.ofNullable(token.get("id")).map(JsonNode::asText).map(TokenId::parse),
        Optional.ofNullable(token.get("description")).map(JsonNode::asText),
        token.path("isRevoked").asBoolean(),
        token.path("why").asText());
  }

  private Token token() throws IOException {
    start(JsonToken.START_OBJECT);
    Optional<TokenId> id = Optional.empty();
    String description = "";
    Permissions permissions = Permissions.NONE;
    Optional<Instant> createdAt = Optional.empty();
    Optional<Instant> expiresAt = Optional.empty();
    Optional<Instant> revokedAt = Optional.empty();
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      json.nextToken();
      switch (field) {
        case "id" -> id = Optional.of(TokenId.parse(string()));
        case "description" -> description = string();
        case "createdAt" -> createdAt = Optional.of(Instant.parse(string()));
        case "expiresAt" -> expiresAt = Optional.of(Instant.parse(string()));
        case "revokedAt" -> revokedAt = Optional.of(Instant.parse(string()));
        case "permissions" -> permissions = permissions();
        default -> throw new IllegalArgumentException("a token has more than it should");
      }
    }
    return new Token(
        id.orElseThrow(() -> new IllegalArgumentException("a token has no id")),
        description,
        permissions,
        createdAt,
        expiresAt,
        revokedAt);
  }

  private Permissions permissions() throws IOException {
    start(JsonToken.START_OBJECT);
    List<Permission> permissions = new ArrayList<>();
    for (String action = json.nextFieldName(); action != null; action = json.nextFieldName()) {
      json.nextToken();
      start(JsonToken.START_ARRAY);
      while (json.nextToken() != JsonToken.END_ARRAY) {
        permissions.add(new Permission(Action.of(action), string()));
      }
    }
    return Permissions.of(permissions);
  }

  private String string() throws IOException {
    start(JsonToken.VALUE_STRING);
    return json.getText();
  }

  private JsonNode tree() throws IOException {
    start(JsonToken.START_OBJECT);
    return new ObjectMapper().readTree(json);
  }

  private void start(JsonToken token) {
    if (json.currentToken() != token) {
      throw new IllegalArgumentException("there is something else where " + token + " should be");
    }
  }
}
