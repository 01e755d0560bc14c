package io.tokenform.cli;

import io.tokenform.access.Secret;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;

/** A sandbox of the test's time, a sink that is a folder, and ways to try what it holds. */
abstract class TokenVerbTest extends CommandTest {
  /** A token that tokenform makes, and one that it only finds. */
  static final String LIFE =
      """
      tokens:
        checkout:
          description: Checkout, production
          permissions: {write: [logs]}
          deliver: files
          expires: 120d
          rotate: {every: 90d, overlap: 7d}
        grafana:
          id: %s
          permissions: {read: [metrics]}
        telegraf: {description: Telegraf, permissions: {write: ['*']}}
      """
          .formatted(GRAFANA);

  Path secrets;

  @BeforeEach
  final void startInTime() throws IOException {
    sandbox.close();
    sandbox =
        Sandbox.start(
            SandboxOptions.builder()
                .seedJson(SEED)
                .listener(requests::add)
                .clock(Clock.fixed(Cli.NOW, ZoneOffset.UTC))
                .build());
    secrets =
        Files.createDirectory(
            folder.resolve("secrets"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(
        folder.resolve("platform.yaml"),
        "version: 1\nsinks:\n  files: {directory: secrets}\n  other: {command: [\"true\"]}\n");
  }

  /** A user without a policy. */
  final Cli alone() {
    return cli()
        .with("INFLUX_DB_PRODUCT_TYPE", "clustered")
        .with("INFLUX_DB_INSTANCE_URL", sandbox.url().toString());
  }

  /** Runs {@code token VERB} without a question. */
  final Cli.Run token(Cli cli, String... args) {
    return cli.run(
        Stream.of(Stream.of("token", args[0], "--auto-approve"), Arrays.stream(args).skip(1))
            .flatMap(words -> words)
            .toArray(String[]::new));
  }

  /** The same with sinks. */
  final Cli.Run delivering(Cli cli, String... args) {
    return token(
        cli,
        Stream.concat(Arrays.stream(args), Stream.of("--platform", "platform.yaml"))
            .toArray(String[]::new));
  }

  final Cli.Run apply(String... args) {
    return cli()
        .run(
            Stream.concat(
                    Stream.of("apply", "--auto-approve", "--platform", "platform.yaml"),
                    Arrays.stream(args))
                .toArray(String[]::new));
  }

  final Secret stored(String name) throws IOException {
    return Secret.of(Files.readString(secrets.resolve(name)));
  }

  /** The live tokens whose descriptions begin so. */
  final List<Token> live(String beginning) {
    return sandbox.tokens().stream()
        .filter(token -> token.description().startsWith(beginning))
        .toList();
  }

  final TokenId idOf(Secret secret) {
    return sandbox.tokenOf(secret).orElseThrow();
  }

  /** What the data side answers to a write with the secret. */
  final int written(Secret secret, String database) {
    return data(
        HttpRequest.newBuilder(URI.create(sandbox.url() + "/api/v2/write?bucket=" + database))
            .POST(HttpRequest.BodyPublishers.ofString("m f=1")),
        secret);
  }

  /** What the data side answers to a query with the secret. */
  final int queried(Secret secret, String database) {
    return data(
        HttpRequest.newBuilder(URI.create(sandbox.url() + "/query?q=x&db=" + database)), secret);
  }

  private static int data(HttpRequest.Builder request, Secret secret) {
    try {
      return HttpClient.newHttpClient()
          .send(
              request.header("Authorization", "Bearer " + secret.reveal()).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The words of a line of a shell, as far as quotes go. */
  static String[] words(String line, String... more) {
    return Stream.concat(Stream.of(words(line)), Stream.of(more)).toArray(String[]::new);
  }

  static String[] words(String line) {
    return Arrays.stream(line.strip().split(" +(?=[^\"']*([\"'][^\"']*[\"'][^\"']*)*$)"))
        .map(word -> word.replaceAll("[\"']", ""))
        .toArray(String[]::new);
  }

  /** The secret of a line of a run's output that is nothing else. */
  static Secret shown(Cli.Run run) {
    Assertions.assertThat(run.out()).as("standard output").matches("apiv1_[^\\s]+\n");
    return Secret.of(run.out().strip());
  }
}
