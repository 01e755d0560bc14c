package io.tokenform.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The name of this machine, found without asking the network. */
public final class HostName {
  private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  public static Optional<String> find(Map<String, String> environment) {
    try {
      return Optional.of(Files.readString(LINUX).strip()).filter(name -> !name.isEmpty());
    } catch (IOException e) {
      // Elsewhere, shells and systems tell their children.
      return Stream.of("HOSTNAME", "COMPUTERNAME")
          .map(environment::get)
          .filter(name -> name != null && !name.isBlank())
          .findFirst();
    }
  }
}
