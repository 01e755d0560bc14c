package io.tokenform.cli;

import static io.tokenform.testing.ScriptedServer.answer;

import io.tokenform.cli.console.SecretVariables;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.testing.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Looks for pieces of management tokens without a known shape, one of 240 characters and one of
 * eight, wherever something is cut: neither is seen as a whole, and of the long one no twelve
 * characters are.
 */
@Timeout(1500)
final class LongCanaryIT {
  private static final String LONG = random(240);
  private static final String SHORT = "q7" + random(6);
  private static final int PIECE = 12;

  private static final String GRAFANA = "11111111-0000-4000-8000-000000000001";

  private static final List<String> OUTPUTS =
      List.of(
          "--format json=p.json --format markdown=p.md --format diff=p.diff"
              + " --format github=p.github --format text=p.txt --out plan.json",
          "--format json",
          "--format markdown",
          "--format github");

  @TempDir Path folder;
  private ScriptedServer server;
  private volatile String body = "";
  private volatile String headers = "Content-Type: application/json";
  private volatile int status = 400;

  @BeforeEach
  void startServer() throws IOException {
    server = ScriptedServer.playing((number, request, wire) -> wire.send(reply()));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private String reply() {
    return answer(status, headers, body);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noPieceOfWhatAServerRepeatsIsShown(boolean isLong) throws IOException {
    String token = isLong ? LONG : SHORT;
    policy("");
    for (int cut : List.of(100, 160, 500, 16 << 10)) {
      for (int shift : List.of(2, 7, 13, 60, 200)) {
        String text = "x ".repeat(Math.max(0, cut - shift) / 2) + token + " behind";
        for (String form : List.of("json", "html", "text", "listing")) {
          speak(form, text, token);
          run(token, "plan --max-attempts 1 --trace " + OUTPUTS.get(0));
        }
      }
    }
    for (String form : List.of("json", "html", "text", "listing", "escaped")) {
      speak(form, "so " + token, token);
      for (String line :
          List.of(
              "plan",
              "plan --format json",
              "plan --format markdown",
              "plan --format github",
              "apply --auto-approve",
              "doctor",
              "doctor --format json",
              "token list",
              "token list --format json",
              "token list --format csv",
              "token get " + GRAFANA,
              "who-can read metrics",
              "who-can read metrics --format json",
              "report",
              "report --format json",
              "report --format csv=r.csv --format html=r.html",
              "export",
              "export --output e.yaml --force",
              "token update --auto-approve --add --read-database logs " + GRAFANA)) {
        run(token, line + " --max-attempts 1 --trace");
      }
    }
    assertFilesAreClean(token);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noPieceOfWhatAPolicyHoldsIsShown(boolean isLong) throws IOException {
    String token = isLong ? LONG : SHORT;
    status = 200;
    headers = "Content-Type: application/json";
    body = "[]";
    List<String> places = new ArrayList<>();
    for (int before : List.of(0, 20, 70, 140, 155, 170, 480)) {
      places.add("    descriptoin: \"" + "x ".repeat(before / 2) + token + " y\"");
      places.add("    # " + "x ".repeat(before / 2) + token + "\n    descriptoin: a");
      places.add("    permissions: {reed: [" + "x, ".repeat(before / 3) + token + "]}");
    }
    places.add("    " + token + ": 1");
    places.add("    description: >\n      " + wrapped(token));
    places.add(
        "    description: \"\\x" + Integer.toHexString(token.charAt(0)) + token.substring(1));
    places.add("    description: \"" + token + "\n  bad: [");
    for (String place : places) {
      policy(place);
      for (String line :
          List.of(
              "validate",
              "validate --format json",
              "validate --format github",
              "plan " + OUTPUTS.get(0),
              "plan --format json",
              "fmt --check",
              "apply --auto-approve")) {
        run(token, line + " --debug");
      }
    }
    assertFilesAreClean(token);
  }

  @Test
  void whatIsTypedIsNotShown() throws IOException {
    policy("");
    for (String token : List.of(LONG, SHORT)) {
      for (String line :
          List.of(
              "plan --target " + token,
              "plan --" + token,
              "plan --account " + token,
              "plan --format json=" + token + "/p.json",
              "show " + token,
              "explain " + token,
              "token get " + token,
              "journal show " + token,
              "sandbox --fault " + token,
              token)) {
        run(token, line + " --debug");
      }
    }
  }

  private void speak(String form, String text, String token) {
    status = form.equals("listing") ? 200 : 400;
    headers =
        "X-Request-Id: "
            + (text.length() < 300 ? text : token)
            + "\r\nContent-Type: "
            + switch (form) {
              case "html" -> "text/html";
              case "text" -> "text/plain";
              default -> "application/json";
            };
    body =
        switch (form) {
          case "json" -> "{\"message\": \"" + text + "\"}";
          case "html" -> "<html><p>" + text.replace("x", "&#120;") + "</p>";
          case "text" -> text;
          case "escaped" ->
              "{\"message\": \"" + escaped(text) + "\", \"basic\": \"" + basic(token) + "\"}";
          default ->
              """
              [{"id": "%s", "name": "metrics", "description": "%s",
                "permissions": [{"action": "read", "resource": "%s"}],
                "createdAt": "2024-01-01T00:00:00Z"}]\
              """
                  .formatted(GRAFANA, text, "db-" + token);
        };
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.chars().forEach(c -> out.append("\\u%04x".formatted(c)));
    return out.toString();
  }

  private static String basic(String token) {
    return Base64.getEncoder().encodeToString(("me:" + token).getBytes(StandardCharsets.UTF_8));
  }

  private static String wrapped(String token) {
    return token.replaceAll("(.{50})(?=.)", "$1\n      ");
  }

  private void run(String token, String line) {
    Cli.Run run =
        Cli.in(folder)
            .with(SecretVariables.MANAGEMENT_TOKEN, token)
            .run(
                (line
                        + (line.matches("(plan|apply|doctor|token|who-can|report|export).*")
                            ? url()
                            : ""))
                    .split(" "));
    assertClean(run.commandLine(), run.out() + "\n" + run.err(), token);
  }

  private String url() {
    return " --url " + server.url();
  }

  private void assertFilesAreClean(String token) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().equals("tokens.yaml")) {
          assertClean(file.toString(), Files.readString(file), token);
        }
      }
    }
  }

  /**
   * In small letters, with lines joined and escapes read, by other means than those of the code.
   */
  private static void assertClean(String what, String text, String token) {
    String joined = text.replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
    int piece = Math.min(PIECE, token.length());
    for (String secret : List.of(token, basic(token).toLowerCase(Locale.ROOT).substring(4))) {
      for (int i = 0; i + piece <= secret.length() - 4; i++) {
        String window = secret.substring(i, i + (token.length() < PIECE ? token.length() : PIECE));
        if (joined.contains(window)) {
          throw new AssertionError(what + " shows " + window + " of " + token + ":\n" + text);
        }
      }
    }
    if (joined.contains(token)) {
      throw new AssertionError(what + " shows " + token + ":\n" + text);
    }
  }

  private void policy(String more) throws IOException {
    Files.writeString(
        folder.resolve("tokens.yaml"),
        """
        version: 1
        cluster:
          product: cloud-dedicated
          accountId: %s
          clusterId: %s
        tokens:
          grafana:
            id: %s
            permissions: {read: [metrics, logs]}
        %s
        """
            .formatted(Sandbox.ACCOUNT_ID, Sandbox.CLUSTER_ID, GRAFANA, more));
  }

  private static String random(int length) {
    Random random = new Random(240);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append("abcdefghijklmnopqrstuvwxyz0123456789".charAt(random.nextInt(36)));
    }
    return text.toString();
  }
}
