package io.tokenform.sandbox.api;

import io.tokenform.access.Permission;
import java.util.regex.Pattern;

/** The rules for a database's name. */
public final class DatabaseName {
  /** What the vendor's naming restrictions allow. */
  private static final Pattern NEW = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_/-]*");

  private DatabaseName() {}

  /** The name of a database that is there (Management API: 1 to 64 characters). */
  public static String read(JsonInput json) throws InvalidJsonException {
    String name = json.string();
    int length = name.codePointCount(0, name.length());
    if (length < 1 || length > Permission.MAX_DATABASE_NAME_LENGTH) {
      throw json.problem(
          "must have 1 to " + Permission.MAX_DATABASE_NAME_LENGTH + " characters, not " + length);
    }
    return name;
  }

  /** A name that a database is to get. */
  static String readNew(JsonInput json) throws InvalidJsonException {
    String name = read(json);
    if (!NEW.matcher(name).matches()) {
      throw json.problem(
          "must have letters a to z or A to Z, digits, _, - and / alone, and begin with a letter or"
              + " a digit");
    }
    return name;
  }
}
