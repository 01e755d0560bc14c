package io.tokenform.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    try (InputStream text = Version.class.getResourceAsStream("version.txt")) {
      return new String[] {
        "tokenform " + new String(text.readAllBytes(), StandardCharsets.UTF_8).strip(),
        "Java " + System.getProperty("java.version")
      };
    }
  }
}
