package io.tokenform.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar, and beside the classes. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"tokenform " + number(), "Java " + System.getProperty("java.version")};
  }

  /** The version's number. */
  public static String number() {
    // Java has the manifest of a jar in its class data archive, and would open the jar for a file.
    String ofJar = Version.class.getPackage().getImplementationVersion();
    return ofJar == null ? ofClasses() : ofJar;
  }

  private static String ofClasses() {
    try (InputStream text = Version.class.getResourceAsStream("version.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the jar cannot be read", e);
    }
  }
}
