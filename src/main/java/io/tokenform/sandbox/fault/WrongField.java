package io.tokenform.sandbox.fault;

import io.tokenform.access.Permission;
import io.tokenform.sandbox.api.Api;
import io.tokenform.sandbox.api.DatabaseBody;
import io.tokenform.sandbox.api.StoredDatabase;
import io.tokenform.sandbox.api.StoredToken;
import io.tokenform.sandbox.api.TokenBody;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which field of a token or a database an answer shows other than it was asked for. */
enum WrongField implements Api.Shown {
  /**
   * Of a token the permissions where the request gives some, else the description; of a database
   * the retention where the request gives settings, else the name.
   */
  WHAT_IS_ASKED("") {
    @Override
    public StoredToken inPlaceOf(TokenBody asked, StoredToken token) {
      WrongField field = asked.permissions().isPresent() ? PERMISSIONS : DESCRIPTION;
      return field.inPlaceOf(asked, token);
    }

    @Override
    public StoredDatabase inPlaceOf(DatabaseBody asked, StoredDatabase database) {
      return asked.hasSettings()
          ? RETENTION.inPlaceOf(asked, database)
          : database.withName(database.name() + "-wrong");
    }
  },
  PERMISSIONS("permissions") {
    @Override
    public StoredToken inPlaceOf(TokenBody asked, StoredToken token) {
      return token.withPermissions(otherThan(token.permissions()));
    }
  },
  DESCRIPTION("description") {
    @Override
    public StoredToken inPlaceOf(TokenBody asked, StoredToken token) {
      return token.withDescription(token.description().orElse("") + " (wrong)");
    }
  },
  /** Later than it is, or there where it is not. */
  EXPIRY("expiresAt") {
    @Override
    public StoredToken inPlaceOf(TokenBody asked, StoredToken token) {
      Instant expiry = token.expiresAt().orElse(token.createdAt());
      return token.withExpiry(Optional.of(expiry.plus(LATER)));
    }
  },
  /** Longer than it is, or there where it is infinite. */
  RETENTION("retentionPeriod") {
    @Override
    public StoredToken inPlaceOf(TokenBody asked, StoredToken token) {
      return token;
    }

    @Override
    public StoredDatabase inPlaceOf(DatabaseBody asked, StoredDatabase database) {
      return database.withRetention(database.retention() + LATER.toNanos());
    }
  };

  private static final Duration LATER = Duration.ofDays(1);

  private final String word;

  WrongField(String word) {
    this.word = word;
  }

  /** Nothing is wrong with a database, unless the field is one of a database's. */
  @Override
  public StoredDatabase inPlaceOf(DatabaseBody asked, StoredDatabase database) {
    return database;
  }

  /** The field that {@code word} names, if it names one. */
  static Optional<WrongField> named(String word) {
    return Arrays.stream(values())
        .filter(field -> field != WHAT_IS_ASKED && field.word.equals(word))
        .findFirst();
  }

  private static List<Permission> otherThan(List<Permission> asked) {
    if (asked.isEmpty()) {
      return List.of(Permission.read(Permission.ALL_DATABASES));
    }
    Permission missing = asked.get(0);
    return asked.stream().filter(permission -> !permission.equals(missing)).toList();
  }
}
