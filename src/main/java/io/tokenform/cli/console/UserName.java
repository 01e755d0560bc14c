package io.tokenform.cli.console;

import io.tokenform.access.Ownership;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** What the user is called who runs this. */
public final class UserName {
  /** What the JVM says of a user whom the system has no name for, as in many containers. */
  private static final String NONE = "?";

  private UserName() {}

  /** The user's name; without one, the number, as in {@code uid 1000}. */
  public static String find() {
    return of(System.getProperty("user.name"), Ownership::user);
  }

  static String of(String name, Supplier<OptionalInt> number) {
    if (name != null && !name.isBlank() && !name.equals(NONE)) {
      return name;
    }
    OptionalInt uid = number.get();
    return uid.isPresent() ? "uid " + uid.getAsInt() : NONE;
  }
}
