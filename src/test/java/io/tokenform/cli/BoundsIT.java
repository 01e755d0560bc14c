package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files without an end, and policies in which everything is wrong. */
class BoundsIT extends CommandTest {
  /** What has no end and no size. */
  private static final Path ENDLESS = Path.of("/dev/zero");

  private static final int MANY = 20_000;

  @BeforeEach
  void writePolicy() throws IOException {
    assumeTrue(Files.exists(ENDLESS));
    policyForSandbox(TOKENS);
  }

  @Test
  @Timeout(1500)
  void whatHasNoEndIsRefused() {
    assertThat(cli().run("validate", "-f", "/dev/zero"))
        .exited(1)
        .complained("/dev/zero:1:1: error[file-too-large]: the file has more than 32 MiB");
    assertThat(cli().run("plan", "--policy-guardrails", "/dev/zero"))
        .exited(1)
        .complained("/dev/zero:1:1: error[file-too-large]");
    assertThat(cli().run("show", "/dev/zero"))
        .exited(1)
        .complained("the plan /dev/zero cannot be read: it has more than 128 MiB");
    assertThat(cli().run("apply", "/dev/zero"))
        .exited(1)
        .complained("the plan /dev/zero cannot be read: it has more than 128 MiB");
    assertThat(cli().run("journal", "show", "/dev/zero"))
        .exited(1)
        .complained("the journal /dev/zero cannot be read: it ");
    assertThat(cli().run("sandbox", "--listen", "127.0.0.1:0", "--seed", "/dev/zero"))
        .exited(1)
        .complained("cannot read the seed /dev/zero: it has more than 64 MiB");
    assertThat(cli().run("sandbox", "--listen", "127.0.0.1:0", "--data", "/dev/zero"))
        .exited(1)
        .complained("cannot read the sandbox's state /dev/zero: it has more than 64 MiB");
    assertThat(cli().run("plan", "--management-token-file", "/dev/zero"))
        .exited(1)
        .complained("the file that --management-token-file names holds more than a token");
    assertThat(cli().run("plan", "--config", "/dev/zero"))
        .exited(1)
        .complained("/dev/zero is too large for a configuration of influxctl");
    for (String option : new String[] {"--ca-file", "--client-cert"}) {
      assertThat(cli().run("plan", "--url", "https://127.0.0.1:1", option, "/dev/zero"))
          .exited(1)
          .complained(option + " /dev/zero is too large");
    }
    assertThat(
            cli()
                .run(
                    "plan",
                    "--url",
                    "https://127.0.0.1:1",
                    "--client-cert",
                    "tokens.yaml",
                    "--client-key",
                    "/dev/zero"))
        .exited(1);
    assertThat(cli().run("plan", "--management-token-command", "cat /dev/zero"))
        .exited(1)
        .complained("prints more than a token has");
  }

  @Test
  void aTokenInThePlaceOfItsFileIsNotRepeated() {
    String token = "hunter2-".repeat(40);
    assertThat(cli().run("plan", "--management-token-file", token))
        .exited(1)
        .neverShowed("hunter2")
        .complained("the file that --management-token-file names cannot be read: ");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "unknown roles", i -> "t%d: {description: d%d, roles: [rule-%d]}".formatted(i, i, i)),
        mistake("unknown keys", i -> "t%d: {description: d%d, permisions: {}}".formatted(i, i)),
        mistake("unknown modes", i -> "t%d: {description: d%d, mode: add-%d}".formatted(i, i, i)),
        mistake(
            "unknown actions",
            i -> "t%d: {description: d%d, permissions: {raed%d: [a]}}".formatted(i, i, i)),
        mistake("tokens that stand twice", i -> "t: {description: d%d}".formatted(i)),
        mistake("ids that stand twice", i -> "t%d: {id: %s}".formatted(i, GRAFANA)),
        mistake("descriptions that stand twice", i -> "t%d: {description: d}".formatted(i)),
        mistake("bad ids", i -> "t%d: {id: id-%d}".formatted(i, i)),
        mistake(
            "aliases", i -> "t%d: {description: d%d, permissions: *a, mode: x}".formatted(i, i)),
        mistake("secrets", i -> "t%d: {description: \"apiv1_%064d\"}".formatted(i, i)),
        mistake(
            "escaped secrets and escapes",
            i -> "t%d: {description: \"\\u0061 %d\", x: 1}".formatted(i, i)));
  }

  private static Arguments mistake(String what, IntFunction<String> token) {
    return Arguments.of(what, token);
  }

  /** The bound is no benchmark: work that grows with the square of the tokens takes minutes. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  @Timeout(900)
  void manyMistakesTakeLittleTime(String what, IntFunction<String> token) throws IOException {
    String roles = joined(i -> "  role-%d: {read: [a]}".formatted(i), "\n");
    String base = "x: &a {read: [a]}\nroles:\n" + roles + "\ntokens:\n";
    policy("version: 1\n" + base + joined(i -> "  " + token.apply(i), "\n") + "\n");
    assertThat(cli().run("validate", "--format", "json"))
        .exited(1)
        .printed("\"valid\" : false")
        .complained(" errors\n");
  }

  /** A place in a line is found by counting from the beginning of that line. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  @Timeout(900)
  void manyMistakesInOneLineTakeLittleTime(String what, IntFunction<String> token)
      throws IOException {
    policy("{version: 1, x: &a {read: [a]}, tokens: {" + joined(token, ", ") + "}}");
    assertThat(cli().run("validate")).exited(1).complained(" errors\n");
  }

  @Test
  @Timeout(900)
  void manyTokensThatTheClusterDoesNotHaveTakeLittleTime() throws IOException {
    Files.writeString(
        folder.resolve("seed.json"),
        "{\"databases\": ["
            + joined(i -> "\"database-%05d\"".formatted(i), ",")
            + "], \"tokens\": ["
            + joined(
                i ->
                    "{\"id\": \"%08x-0000-4000-8000-000000000000\", \"description\": \"Token %d\","
                            .formatted(i, i)
                        + "\"permissions\": []}",
                ",")
            + "]}");
    policy(
        "version: 1\ncluster: {product: sandbox, seed: seed.json}\ntokens:\n"
            + joined(
                i ->
                    "  t%d: {description: Tokem %d, permissions: {read: [databose-%05d]}}"
                        .formatted(i, i, i),
                "\n"));
    assertThat(cli().run("plan")).exited(3).complained("denied[missing-token]");
  }

  private static String joined(IntFunction<String> part, String between) {
    return IntStream.range(0, MANY).mapToObj(part).collect(Collectors.joining(between));
  }
}
