package io.tokenform.cli.console;

/**
 * Spares each run what libraries would otherwise look for, or get ready, although nothing here has
 * or needs it. To find that a class is not there, Java opens every jar, which takes a tenth of a
 * short run. Each name is one that its library documents; what is set already stays.
 */
public final class LookUps {
  private LookUps() {}

  /** Takes effect for libraries that are used for the first time after it. */
  public static void spare() {
    // picocli looks for Groovy, and for each type that it could make of an argument.
    set("picocli.disable.closures", "true");
    set("picocli.converters.excludes", "java\\.(sql|time)\\..*");
    // The HTTP client's log, which nobody reads: there is one provider. It would announce itself.
    set("slf4j.provider", "org.slf4j.nop.NOPServiceProvider");
    set("slf4j.internal.verbosity", "WARN");
  }

  private static void set(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
