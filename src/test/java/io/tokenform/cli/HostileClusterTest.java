package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.testing.ScriptedServer;
import io.tokenform.testing.ScriptedServer.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster whose answers are meant to harm what is done or said of the others. */
@Timeout(120)
class HostileClusterTest {
  private static final Pattern DESCRIPTION = Pattern.compile("\"description\":\"([^\"]*)\"");

  private static final String NEW = "99999999-9999-4999-8999-999999999999";

  @TempDir Path folder;
  @TempDir Path configuration;

  /** The hostile cluster has called something a secret, and it was heard. */
  private final CountDownLatch called = new CountDownLatch(1);

  /** The other cluster has been changed. */
  private final CountDownLatch changed = new CountDownLatch(1);

  private volatile String made = "";
  private final AtomicInteger listings = new AtomicInteger();
  private Sandbox prod;
  private ScriptedServer evil;

  /** Starts both, of which the second one answers with this access token. */
  private void start(String accessToken) throws IOException {
    prod =
        Sandbox.start(
            SandboxOptions.builder()
                .seedJson(CommandTest.SEED)
                .listener(
                    request -> {
                      if (request.method().equals("PATCH")) {
                        changed.countDown();
                      } else if (request.path().endsWith("/tokens")
                          && listings.incrementAndGet() == 2) {
                        // The first one was for the plan.
                        await(called);
                      }
                    })
                .build());
    evil =
        ScriptedServer.playing((number, request, wire) -> wire.send(answer(request, accessToken)));
    write(
        "fleet.yaml",
        """
        version: 1
        clusters:
          prod-us: {product: clustered, url: '%s', files: [prod]}
          evil: {product: clustered, url: '%s', files: [evil]}
        """
            .formatted(prod.url(), evil.url()));
    write("prod/tokens.yaml", "version: 1\n" + CommandTest.TOKENS);
    write(
        "evil/tokens.yaml",
        """
        version: 1
        tokens:
          fresh: {description: Fresh, deliver: files, permissions: {read: [metrics]}}
        """);
    write(
        "platform.yaml",
        "version: 1\nsinks: {files: {directory: " + folder.resolve("secrets") + "}}\n");
    Files.createDirectory(folder.resolve("secrets"));
  }

  private String answer(Received request, String accessToken) {
    if (request.line().startsWith("POST")) {
      Matcher description = DESCRIPTION.matcher(request.body());
      Assertions.assertThat(description.find()).isTrue();
      made =
          "{\"id\": \"%s\", \"description\": \"%s\", \"permissions\": []"
              .formatted(NEW, description.group(1));
      return json(201, made + ", \"accessToken\": \"" + accessToken + "\"}");
    }
    if (request.line().startsWith("DELETE")) {
      made = "";
      return "HTTP/1.1 204 No Content\r\n\r\n";
    }
    if (request.line().startsWith("PATCH")) {
      return json(400, "{\"message\": \"no\"}");
    }
    if (request.line().contains("/databases")) {
      return json(200, "[{\"name\": \"metrics\"}]");
    }
    if (!made.isEmpty()) {
      // It has read the secret, and holds it until the other cluster has been changed.
      called.countDown();
      await(changed);
    }
    return json(200, made.isEmpty() ? "[]" : "[" + made + "}]");
  }

  private static String json(int status, String body) {
    return ScriptedServer.answer(status, "Content-Type: application/json", body);
  }

  private static void await(CountDownLatch latch) {
    try {
      Assertions.assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @AfterEach
  void stop() {
    prod.close();
    evil.close();
  }

  private Cli cli() {
    return Cli.in(folder)
        .withManagementToken()
        .with("XDG_CONFIG_HOME", configuration.toString())
        .with("COLUMNS", "1000");
  }

  private Cli.Run apply() {
    return cli()
        .run(
            "apply",
            "--fleet",
            "fleet.yaml",
            "--trust-fleet-hosts",
            "--platform",
            "platform.yaml",
            "--auto-approve");
  }

  private List<Path> journals() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(".tokenform/journal/prod-us"))) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Of an id and a path of the other cluster, the most that is not refused.
        "apiv1_/api/v0/tokens/11111111-0000-4000-8000-00000000000",
        "apiv1_token.grafana.0123456789",
        "11111111-0000-4000-8000-000000000001",
        "[1/2] applied  grafana (widens)",
      })
  void whatItCallsASecretIsMaskedInItsOwnTextAlone(String accessToken) throws Exception {
    start(accessToken);

    Cli.Run run = apply();

    assertThat(run).exited(1).printed("prod-us\n[1/2] applied  grafana (widens)\n");
    Assertions.assertThat(run.out().substring(0, run.out().lastIndexOf("\nevil\n")))
        .doesNotContain("[secret]");
    List<Path> journals = journals();
    Assertions.assertThat(journals).hasSize(1);
    Assertions.assertThat(journals.get(0))
        .content()
        .contains(
            "\"id\":\"" + CommandTest.GRAFANA + "\"",
            "\"path\":\"/api/v0/tokens/" + CommandTest.GRAFANA + "\"")
        .doesNotContain("[secret]");
    assertThat(
            cli()
                .run(
                    "rollback",
                    journals.get(0).toString(),
                    "--fleet",
                    "fleet.yaml",
                    "--only",
                    "prod-us",
                    "--allow",
                    "wildcard-write:telegraf",
                    "--trust-fleet-hosts",
                    "--auto-approve"))
        .exited(0)
        .printed("Rollback complete: 2 applied");
  }
}
