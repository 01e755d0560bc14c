package io.tokenform.sandbox.api;

import io.tokenform.access.Permission;

/** The rule for a database's name (Management API, ClusterDatabaseName: 1 to 64 characters). */
public final class DatabaseName {
  private DatabaseName() {}

  public static String read(JsonInput json) throws InvalidJsonException {
    String name = json.string();
    int length = name.codePointCount(0, name.length());
    if (length < 1 || length > Permission.MAX_DATABASE_NAME_LENGTH) {
      throw json.problem(
          "must have 1 to " + Permission.MAX_DATABASE_NAME_LENGTH + " characters, not " + length);
    }
    return name;
  }
}
