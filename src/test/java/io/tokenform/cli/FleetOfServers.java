package io.tokenform.cli;

import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.testing.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A fleet of five clusters: one of development and one of production that are well, one that
 * answers with a page, one that refuses the token, and one that is down.
 */
abstract class FleetOfServers extends CommandTest {
  private static final String PAGE =
      ScriptedServer.answer(200, "Content-Type: text/html", "<html><title>Sign in</title></html>");

  static final String WRONG = "another-secret-of-somebody";

  private Sandbox prod;
  private ScriptedServer page;

  @BeforeEach
  final void startFleet() throws IOException {
    prod = Sandbox.start(SandboxOptions.builder().seedJson(SEED).build());
    page = ScriptedServer.playing((number, request, wire) -> wire.send(PAGE));
    write(
        "shared/tokens.yaml",
        """
        version: 1
        tokens:
          grafana: {description: Grafana, permissions: {read: [metrics]}}
        """);
    write(
        "prod/tokens.yaml",
        """
        version: 1
        tokens:
          telegraf: {description: Telegraf, permissions: {write: [metrics]}}
        """);
    write(
        "fleet.yaml",
        "version: 1\nclusters:\n"
            + cluster("dev-eu", sandbox.url(), "shared", "dev")
            + cluster("page", page.url(), "shared", "dev")
            + cluster(
                "refused",
                sandbox.url().toString().replace("127.0.0.1", "localhost"),
                "shared",
                "dev")
            + cluster("down", "http://127.0.0.1:1", "shared", "dev")
            + cluster("prod-eu", prod.url(), "shared, prod", "prod"));
  }

  private static String cluster(String name, Object url, String files, String env) {
    return "  %s: {product: clustered, url: '%s', files: [%s], labels: {env: %s}}\n"
        .formatted(name, url, files, env);
  }

  @AfterEach
  final void stopFleet() {
    prod.close();
    page.close();
  }

  final void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** A user without management tokens, who has agreed to no host. */
  final Cli keyless() {
    return Cli.in(folder).with("XDG_CONFIG_HOME", configuration.toString()).with("COLUMNS", "1000");
  }

  /** A user whose token one cluster refuses. */
  final Cli user() {
    return keyless().withManagementToken().with("INFLUX_DB_MANAGEMENT_TOKEN_REFUSED", WRONG);
  }

  /** Runs the same command several times, all of which say the same. */
  static Cli.Run sameEachTime(Cli cli, String... args) {
    Cli.Run first = cli.run(args);
    for (int i = 0; i < 4; i++) {
      Cli.Run next = cli.run(args);
      Assertions.assertThat(next.out()).isEqualTo(first.out());
      Assertions.assertThat(next.err()).isEqualTo(first.err());
      Assertions.assertThat(next.exit()).isEqualTo(first.exit());
    }
    Cli.assertThat(first).neverShowed(WRONG).neverShowed("sandbox-management-token");
    return first;
  }

  /** The files of a folder by their names. */
  final Map<String, String> files(String name) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (var paths = Files.list(folder.resolve(name))) {
      for (Path path : paths.toList()) {
        files.put(path.getFileName().toString(), Files.readString(path));
      }
    }
    return files;
  }
}
