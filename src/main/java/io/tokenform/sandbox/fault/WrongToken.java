package io.tokenform.sandbox.fault;

import io.tokenform.access.Permission;
import io.tokenform.sandbox.api.StoredToken;
import io.tokenform.sandbox.api.TokenBody;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which field of a token an answer shows other than it was asked for. */
enum WrongToken {
  /** The permissions where the request gives some, else the description. */
  WHAT_IS_ASKED("") {
    @Override
    StoredToken inPlaceOf(TokenBody asked, StoredToken token) {
      WrongToken field = asked.permissions().isPresent() ? PERMISSIONS : DESCRIPTION;
      return field.inPlaceOf(asked, token);
    }
  },
  PERMISSIONS("permissions") {
    @Override
    StoredToken inPlaceOf(TokenBody asked, StoredToken token) {
      return token.withPermissions(otherThan(token.permissions()));
    }
  },
  DESCRIPTION("description") {
    @Override
    StoredToken inPlaceOf(TokenBody asked, StoredToken token) {
      return token.withDescription(token.description().orElse("") + " (wrong)");
    }
  },
  /** Later than it is, or there where it is not. */
  EXPIRY("expiresAt") {
    @Override
    StoredToken inPlaceOf(TokenBody asked, StoredToken token) {
      Instant expiry = token.expiresAt().orElse(token.createdAt());
      return token.withExpiry(Optional.of(expiry.plus(LATER)));
    }
  };

  private static final Duration LATER = Duration.ofDays(1);

  private final String word;

  WrongToken(String word) {
    this.word = word;
  }

  /** What to show in the place of what a request has left of its token. */
  abstract StoredToken inPlaceOf(TokenBody asked, StoredToken token);

  /** The field that {@code word} names, if it names one. */
  static Optional<WrongToken> named(String word) {
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
