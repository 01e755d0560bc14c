package io.tokenform.apply;

import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.database.DesiredDatabase;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a policy has to want for things to be as before a change; nothing where there is no way
 * back.
 *
 * @param tokens tokens as they were
 * @param database a database as it was; absent where the change was about none
 * @param rest what stays as it is all the same, in a sentence; absent where nothing does
 */
record WayBack(
    List<DesiredToken> tokens, Optional<DesiredDatabase> database, Optional<String> rest) {
  /** Where there is none. */
  static final WayBack NONE = new WayBack(List.of(), Optional.empty(), Optional.empty());

  WayBack {
    tokens = List.copyOf(tokens);
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(rest, "rest");
  }

  static WayBack of(DesiredDatabase database) {
    return new WayBack(List.of(), Optional.of(database), Optional.empty());
  }

  boolean isPresent() {
    return !tokens.isEmpty() || database.isPresent();
  }
}
