package io.tokenform.access;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The kinds of systems that differ in how they name, find and protect things. */
public enum Os {
  /** Linux, macOS and the other Unixes. */
  POSIX,
  WINDOWS;

  /** The one that this process runs on. */
  public static final Os CURRENT = named(System.getProperty("os.name", ""));

  /**
   * @param name as the JVM's {@code os.name} has it
   */
  static Os named(String name) {
    return name.startsWith("Windows") ? WINDOWS : POSIX;
  }

  /**
   * The name under which this program knows a variable: Windows does not tell {@code Path} from
   * {@code PATH}.
   */
  public String variable(String name) {
    return switch (this) {
      case POSIX -> name;
      case WINDOWS -> name.toUpperCase(Locale.ROOT);
    };
  }

  /** The environment variables under the names that this program knows them by. */
  public Map<String, String> variables(Map<String, String> environment) {
    if (this == POSIX) {
      return environment;
    }
    Map<String, String> known = new TreeMap<>();
    environment.forEach((name, value) -> known.put(variable(name), value));
    return known;
  }
}
