package io.tokenform.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A copy of examples/fleet, with other ports, so that runs do not meet. */
final class FleetExample {
  private static final Path EXAMPLE = Path.of("examples", "fleet");
  private static final int FIRST_PORT = 8181;
  private static final int CLUSTERS = 6;

  private final Path folder;
  private final Map<String, String> ports = new LinkedHashMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();

  private FleetExample(Path folder) {
    this.folder = folder;
  }

  /** Copies it into an empty folder. */
  static FleetExample in(Path folder) throws IOException {
    FleetExample example = new FleetExample(folder);
    List<ServerSocket> sockets = new ArrayList<>();
    for (int i = 0; i < CLUSTERS; i++) {
      // Open at the same time, so that they differ.
      sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      example.ports.put(":" + (FIRST_PORT + i), ":" + sockets.get(i).getLocalPort());
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    try (Stream<Path> files = Files.walk(EXAMPLE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(EXAMPLE.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, example.withItsPorts(Files.readString(file)));
      }
    }
    return example;
  }

  /** A text of the example, with the ports that this copy has. */
  String withItsPorts(String text) {
    String with = text;
    for (Map.Entry<String, String> port : ports.entrySet()) {
      with = with.replaceAll(port.getKey() + "\\b", port.getValue());
    }
    return with;
  }

  /** The URLs of the clusters, in the order of the fleet file. */
  List<Integer> ports() {
    return ports.values().stream().map(port -> Integer.valueOf(port.substring(1))).toList();
  }

  FleetExample with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** What a shell says to a script, both outputs together. */
  String run(String script) throws Exception {
    return start(script).out();
  }

  /** How a script ended, and what it said. */
  record Run(int exit, String out) {}

  /** Runs a script as a runner of GitHub does. */
  Run start(String script) throws Exception {
    Path file = Files.writeString(Files.createTempFile(folder, "script", ".sh"), script);
    ProcessBuilder builder =
        new ProcessBuilder("bash", "--noprofile", "--norc", file.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.matches("(INFLUX|TOKENFORM_|CI$).*"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder
        .environment()
        .put(
            "PATH", Path.of("target/tokenform/bin").toAbsolutePath() + ":" + System.getenv("PATH"));
    builder.environment().put("HOME", folder.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), said);
  }

  static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }
}
