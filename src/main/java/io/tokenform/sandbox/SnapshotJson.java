package io.tokenform.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.access.Permission;
import io.tokenform.access.Secret;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.Uuids;
import io.tokenform.sandbox.api.DatabaseJson;
import io.tokenform.sandbox.api.DatabaseName;
import io.tokenform.sandbox.api.DateJson;
import io.tokenform.sandbox.api.InvalidJsonException;
import io.tokenform.sandbox.api.JsonInput;
import io.tokenform.sandbox.api.JsonOutput;
import io.tokenform.sandbox.api.JsonPlace;
import io.tokenform.sandbox.api.PermissionsJson;
import io.tokenform.sandbox.api.Rfc3339;
import io.tokenform.sandbox.api.SecretDigest;
import io.tokenform.sandbox.api.Snapshot;
import io.tokenform.sandbox.api.StoredDatabase;
import io.tokenform.sandbox.api.StoredToken;
import io.tokenform.sandbox.api.TemplatePart;
import io.tokenform.sandbox.api.TokenJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** The form of a seed file, and of a state file, which also names its seed. */
final class SnapshotJson {
  // 2024-01-01T00:00:00Z. Fixed, so that two starts from one seed answer alike, byte for byte.
  private static final Instant SEEDED_AT = Instant.ofEpochSecond(1_704_067_200L);

  /** A map that is empty, or whose first key is one of a seed or a state. */
  private static final Pattern BEGINNING =
      Pattern.compile(
          "\\s*+\\{\\s*+(?:\\}|\"(?:seedDigest|accountId|clusterId|databases|tokens)\"\\s*+:)");

  private static final Pattern HEADER_WORD = Pattern.compile("[!-~]+");

  private static final int LONGEST_BEGINNING = 4096;

  private SnapshotJson() {}

  /**
   * Refuses a text that does not begin like a seed or a state. A policy names its seed, and may
   * name any file: messages about the text of a seed repeat parts of it, and this one does not.
   *
   * @param file what the message calls the file
   * @throws SandboxException if it does not begin like one
   */
  static void refuseOtherFiles(byte[] text, String file) {
    int length = Math.min(text.length, LONGEST_BEGINNING);
    CharBuffer characters = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(text, 0, length));
    if (characters.toString().isBlank()) {
      return;
    }
    int start = characters.length() > 0 && characters.charAt(0) == '\uFEFF' ? 1 : 0;
    if (!BEGINNING.matcher(characters).region(start, characters.length()).lookingAt()) {
      throw new SandboxException(
          file
              + " does not begin like a seed, so none of it is shown: a seed is JSON, as in"
              + " {\"databases\": [], \"tokens\": []}");
    }
  }

  /**
   * @throws InvalidJsonException if the text is no seed: unknown keys, wrong types, a token without
   *     an id, an id or a database twice
   */
  static Snapshot readSeed(byte[] text) throws InvalidJsonException {
    return read(text, false);
  }

  /**
   * @throws InvalidJsonException if the text is no state
   */
  static Snapshot readState(byte[] text) throws InvalidJsonException {
    return read(text, true);
  }

  static byte[] write(Snapshot snapshot) {
    return JsonOutput.indented(
        out -> {
          out.writeStartObject();
          if (snapshot.seedDigest().isPresent()) {
            out.writeStringField("seedDigest", snapshot.seedDigest().get());
          }
          out.writeStringField("accountId", snapshot.accountId().toString());
          out.writeStringField("clusterId", snapshot.clusterId().toString());
          out.writeArrayFieldStart("databases");
          writeDatabases(out, snapshot.databases());
          out.writeEndArray();
          writeTokens(out, snapshot.tokens());
          out.writeEndObject();
        });
  }

  /** A seed's text, of tokens as a client knows them. */
  static String seed(UUID accountId, UUID clusterId, List<Token> tokens) {
    List<StoredToken> stored =
        tokens.stream()
            .map(
                token ->
                    new StoredToken(
                        token.id(),
                        Optional.of(token.description()),
                        token.permissions().stream().toList(),
                        token.createdAt().orElse(SEEDED_AT),
                        token.expiresAt(),
                        token.revokedAt(),
                        Optional.empty(),
                        Optional.empty()))
            .toList();
    byte[] text = write(new Snapshot(accountId, clusterId, List.of(), stored, Optional.empty()));
    return new String(text, StandardCharsets.UTF_8);
  }

  /** A database of which there is nothing to say but its name is written as that. */
  private static void writeDatabases(JsonGenerator out, List<StoredDatabase> databases)
      throws IOException {
    for (int i = 0; i < databases.size(); i++) {
      StoredDatabase database = databases.get(i);
      if (database.equals(StoredDatabase.of(i + 1L, database.name()))) {
        out.writeString(database.name());
        continue;
      }
      out.writeStartObject();
      out.writeNumberField("id", database.id());
      DatabaseJson.writeFields(out, database);
      if (!database.formerNames().isEmpty()) {
        out.writeArrayFieldStart("formerNames");
        for (String name : database.formerNames()) {
          out.writeString(name);
        }
        out.writeEndArray();
      }
      if (database.deletedAt().isPresent()) {
        out.writeStringField("deletedAt", Rfc3339.format(database.deletedAt().get()));
      }
      out.writeEndObject();
    }
  }

  private static void writeTokens(JsonGenerator out, List<StoredToken> tokens) throws IOException {
    out.writeArrayFieldStart("tokens");
    for (StoredToken token : tokens) {
      out.writeStartObject();
      TokenJson.writeFields(out, token);
      if (token.secretDigest().isPresent()) {
        out.writeStringField("secretDigest", token.secretDigest().get().hex());
      }
      if (token.activeAt().isPresent()) {
        out.writeStringField("activeAt", Rfc3339.format(token.activeAt().get()));
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static Snapshot read(byte[] text, boolean state) throws InvalidJsonException {
    return JsonInput.read(
        text, JsonInput.UnknownKeys.REFUSED, json -> new SnapshotInput(json, state).read());
  }

  private static UUID uuid(JsonInput json) throws InvalidJsonException {
    String text = json.string();
    try {
      return Uuids.parse(text);
    } catch (IllegalArgumentException e) {
      throw json.problem("must be a UUID such as " + Snapshot.DEFAULT_CLUSTER);
    }
  }

  /** A snapshot while it is read. */
  private static final class SnapshotInput {
    private final JsonInput json;
    private final boolean state;
    private final List<DatabaseInput> databases = new ArrayList<>();
    private final List<StoredToken> tokens = new ArrayList<>();
    private final Set<String> databaseNames = new HashSet<>();
    private final Set<Long> databaseIds = new HashSet<>();
    private final Set<TokenId> ids = new HashSet<>();
    private final Set<SecretDigest> secrets = new HashSet<>();
    private UUID accountId = Snapshot.DEFAULT_ACCOUNT;
    private UUID clusterId = Snapshot.DEFAULT_CLUSTER;
    private Optional<String> seedDigest = Optional.empty();

    private SnapshotInput(JsonInput json, boolean state) {
      this.json = json;
      this.state = state;
    }

    private Snapshot read() throws InvalidJsonException {
      json.object(this::readField);
      return new Snapshot(accountId, clusterId, numbered(), tokens, seedDigest);
    }

    /** The databases. Those that have no id get the lowest that is free, from their place on. */
    private List<StoredDatabase> numbered() {
      List<StoredDatabase> numbered = new ArrayList<>();
      for (DatabaseInput database : databases) {
        long id = database.id.orElse(numbered.size() + 1L);
        while (database.id.isEmpty() && !databaseIds.add(id)) {
          id++;
        }
        numbered.add(database.stored(id));
      }
      return numbered;
    }

    private void readField(String key) throws InvalidJsonException {
      if (key.equals("accountId")) {
        accountId = uuid(json);
      } else if (key.equals("clusterId")) {
        clusterId = uuid(json);
      } else if (key.equals("databases")) {
        json.array(this::readDatabase);
      } else if (key.equals("tokens")) {
        json.array(this::readToken);
      } else if (key.equals("seedDigest") && state) {
        seedDigest = Optional.of(json.string());
      } else {
        json.unknownKey();
      }
    }

    private void readDatabase() throws InvalidJsonException {
      JsonPlace start = json.place();
      DatabaseInput database = new DatabaseInput().read(json);
      if (database.deletedAt.isEmpty() && !databaseNames.add(database.name)) {
        throw InvalidJsonException.element(start, "is a database that is already listed");
      }
      if (database.id.isPresent() && !databaseIds.add(database.id.getAsLong())) {
        throw InvalidJsonException.element(
            start, "has the id " + database.id.getAsLong() + " of an earlier database");
      }
      databases.add(database);
    }

    private void readToken() throws InvalidJsonException {
      JsonPlace start = json.place();
      StoredToken token = new TokenInput(state).read(json);
      if (!ids.add(token.id())) {
        throw InvalidJsonException.element(
            start, "has the id " + token.id() + " of an earlier token");
      }
      if (token.secretDigest().isPresent() && !secrets.add(token.secretDigest().get())) {
        throw InvalidJsonException.element(start, "has the secret of an earlier token");
      }
      tokens.add(token);
    }
  }

  /** A database while it is read: its name alone, or an object. */
  private static final class DatabaseInput {
    private OptionalLong id = OptionalLong.empty();
    private String name = "";
    private int maxTables = StoredDatabase.DEFAULT_MAX_TABLES;
    private int maxColumnsPerTable = StoredDatabase.DEFAULT_MAX_COLUMNS_PER_TABLE;
    private long retention;
    private Optional<List<TemplatePart>> template = Optional.empty();
    private final List<String> formerNames = new ArrayList<>();
    private Optional<Instant> deletedAt = Optional.empty();

    private DatabaseInput read(JsonInput json) throws InvalidJsonException {
      if (!json.isObject()) {
        name = DatabaseName.read(json);
        return this;
      }
      JsonPlace start = json.place();
      json.object(key -> readField(json, key));
      if (name.isEmpty()) {
        throw InvalidJsonException.element(start, "has no name");
      }
      return this;
    }

    private void readField(JsonInput json, String key) throws InvalidJsonException {
      switch (key) {
        case "id" -> id = OptionalLong.of(json.wholeNumber(1, Long.MAX_VALUE));
        case "name" -> name = DatabaseName.read(json);
        case "maxTables" -> maxTables = DatabaseJson.readLimit(json);
        case "maxColumnsPerTable" -> maxColumnsPerTable = DatabaseJson.readLimit(json);
        case "retentionPeriod" -> retention = DatabaseJson.readRetention(json);
        case "partitionTemplate" -> template = Optional.of(TemplatePart.readTemplate(json));
        case "formerNames" -> json.array(() -> formerNames.add(DatabaseName.read(json)));
        case "deletedAt" -> deletedAt = Optional.of(DateJson.read(json));
        default -> json.unknownKey();
      }
    }

    private StoredDatabase stored(long number) {
      return new StoredDatabase(
          number, name, maxTables, maxColumnsPerTable, retention, template, formerNames, deletedAt);
    }
  }

  /** A token while it is read. */
  private static final class TokenInput {
    private final boolean state;
    private Optional<TokenId> id = Optional.empty();
    private Optional<String> description = Optional.empty();
    private Optional<List<Permission>> permissions = Optional.empty();
    private Instant createdAt = SEEDED_AT;
    private Optional<Instant> expiresAt = Optional.empty();
    private Optional<Instant> revokedAt = Optional.empty();
    private Optional<SecretDigest> secretDigest = Optional.empty();
    private Optional<Instant> activeAt = Optional.empty();

    private TokenInput(boolean state) {
      this.state = state;
    }

    private StoredToken read(JsonInput json) throws InvalidJsonException {
      JsonPlace start = json.place();
      json.object(key -> readField(json, key));
      return new StoredToken(
          id.orElseThrow(() -> InvalidJsonException.element(start, "has no id")),
          description,
          permissions.orElseThrow(() -> InvalidJsonException.element(start, "has no permissions")),
          createdAt,
          expiresAt,
          revokedAt,
          secretDigest,
          activeAt);
    }

    private void readField(JsonInput json, String key) throws InvalidJsonException {
      switch (key) {
        case "id" -> id = Optional.of(new TokenId(uuid(json)));
        case "description" -> description = Optional.of(json.string());
        case "permissions" -> permissions = Optional.of(PermissionsJson.read(json));
        case "createdAt" -> createdAt = DateJson.read(json);
        case "expiresAt" -> expiresAt = Optional.of(DateJson.read(json));
        case "revokedAt" -> revokedAt = Optional.of(DateJson.read(json));
        case "secretDigest" -> secret(json, digest(json));
        case "accessToken", "activeAt" -> readFieldOfOne(json, key);
        default -> json.unknownKey();
      }
    }

    // A state never holds a secret, and a seed's tokens have been active for long.
    private void readFieldOfOne(JsonInput json, String key) throws InvalidJsonException {
      if (state && key.equals("activeAt")) {
        activeAt = Optional.of(DateJson.read(json));
      } else if (!state && key.equals("accessToken")) {
        secret(json, SecretDigest.of(accessToken(json)));
      } else {
        json.unknownKey();
      }
    }

    private void secret(JsonInput json, SecretDigest digest) throws InvalidJsonException {
      if (secretDigest.isPresent()) {
        throw json.problem("is the second secret of this token");
      }
      secretDigest = Optional.of(digest);
    }

    private static SecretDigest digest(JsonInput json) throws InvalidJsonException {
      try {
        return new SecretDigest(json.string());
      } catch (IllegalArgumentException e) {
        throw json.problem("must be a SHA-256, 64 hexadecimal digits in lower case");
      }
    }

    private static Secret accessToken(JsonInput json) throws InvalidJsonException {
      String text = json.string();
      // What a header can carry.
      if (!HEADER_WORD.matcher(text).matches()) {
        throw json.problem("must have printable ASCII characters, and no blanks");
      }
      if (text.equals(Sandbox.PUBLIC_MANAGEMENT_TOKEN)) {
        throw json.problem("must not be the management token, which opens no data");
      }
      return Secret.of(text);
    }
  }
}
