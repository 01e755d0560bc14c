package io.tokenform.cli;

import static io.tokenform.testing.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.cli.console.Interrupts;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.SecretVariables;
import io.tokenform.cli.console.Terminals;
import io.tokenform.cli.console.World;
import io.tokenform.cli.options.Format;
import io.tokenform.cli.options.ListingFormat;
import io.tokenform.cli.options.TokenOptions;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.testing.CertificateAuthority;
import io.tokenform.testing.ForwardProxy;
import io.tokenform.testing.ScriptedServer;
import io.tokenform.testing.ScriptedServer.Received;
import io.tokenform.testing.TlsFront;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/**
 * Runs every command at every level and in every format with secrets in all places where secrets
 * may be, and looks for them in everything that was printed or written.
 */
@Timeout(1500)
class CanaryIT {
  /** In every secret, and in nothing else. */
  private static final String CANARY = "Tweety";

  private static final String MANAGEMENT_TOKEN = "mgmt-Tweety+0123456789/abcdef==";
  private static final String ACCESS_TOKEN = "apiv1_Tweety0123456789abcdefTweety0123456789";
  private static final String CLUSTER_TOKEN = "cluster-Tweety-9876543210";
  private static final String OPAQUE_TOKEN = "opaque-Tweety-0123456789";
  private static final String PROXY_PASSWORD = "proxy-Tweety-0123456789";
  private static final String PROXY_CREDENTIALS =
      Base64.getEncoder().encodeToString(("me:" + PROXY_PASSWORD).getBytes(StandardCharsets.UTF_8));

  private static final String GRAFANA = "11111111-0000-4000-8000-000000000001";
  private static final String TELEGRAF = "22222222-0000-4000-8000-000000000002";
  private static final String BEFORE = "[{\"action\":\"read\",\"resource\":\"metrics\"}]";
  private static final String AFTER =
      "[{\"action\":\"read\",\"resource\":\"logs\"},{\"action\":\"read\",\"resource\":\"metrics\"}]";

  private static final List<String> LEVELS = List.of("", "--debug", "--trace");

  private static final List<String> FORMATS =
      Stream.concat(
              Stream.of(Format.values()).map(Format::toString),
              Stream.of(ListingFormat.values()).map(ListingFormat::toString))
          .map(word -> word.toLowerCase(Locale.ROOT))
          .distinct()
          .toList();

  /** The commands as they are declared; to build them takes longer than most of them run. */
  private static final CommandLine TREE = tree();

  /** How each command is run, in this order: some need what others have written. */
  private static final Map<String, List<String>> LINES = lines();

  @TempDir Path folder;

  /** What is given to the runs, and no work of theirs. */
  @TempDir Path given;

  private final Parrot cluster = new Parrot();
  private ScriptedServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = ScriptedServer.playing((number, request, wire) -> wire.send(cluster.reply(request)));
    policyFor(server.url().toString());
    Files.writeString(given.resolve("token"), MANAGEMENT_TOKEN + "\n");
    Files.writeString(
        given.resolve("config.toml"),
        """
        [[profile]]
        name = "default"
        product = "dedicated"
        account_id = "%s"
        cluster_id = "%s"
        mgmt_token = "%s"
        """
            .formatted(Sandbox.ACCOUNT_ID, Sandbox.CLUSTER_ID, MANAGEMENT_TOKEN));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  /** How the cluster behaves; whatever it says, it says with secrets in it. */
  enum Mood {
    HELPFUL,
    REFUSING,
    REFUSING_AT_LENGTH,
    REFUSING_WITH_A_REASON,
    REFUSING_CHANGES,
    LOSING_CHANGES,
    REDIRECTING,
    SHOWING_A_PAGE,
    BROKEN,
    CUT_OFF,
    UNEXPECTED,
    BUSY_AT_FIRST
  }

  /** Where the management token comes from. */
  private enum Source {
    VARIABLE,
    FILE,
    COMMAND,
    PROFILE,
    PROVIDER
  }

  private static Map<String, List<String>> lines() {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    lines.put("validate", List.of("validate"));
    lines.put(
        "plan",
        List.of(
            "plan --out plan.json",
            "plan --format json=p.json --format markdown=p.md --format diff=p.diff"
                + " --format github=p.txt",
            "plan --fleet fleet.yaml --trust-fleet-hosts --out plans",
            "plan --fleet fleet.yaml --trust-fleet-hosts --format text=f.text --format json=f.json"
                + " --format markdown=f.md --format diff=f.diff --format github=f.txt",
            "plan --fleet fleet.yaml --out plans --format json"));
    lines.put("show", List.of("show plan.json"));
    lines.put(
        "apply",
        List.of(
            "apply --auto-approve --dry-run",
            "apply --auto-approve --recheck",
            "apply plan.json --auto-approve"));
    lines.put(
        "rollback",
        List.of("rollback latest --auto-approve --dry-run", "rollback latest --auto-approve"));
    lines.put(
        "snapshot",
        List.of("snapshot", "snapshot --out live.json", "plan --live live.json --format json"));
    lines.put("init", List.of("init --output first.yaml", "init --output first.yaml"));
    lines.put("journal list", List.of("journal list"));
    lines.put("journal show", List.of("journal show latest"));
    lines.put(
        "export",
        List.of(
            "export",
            "export --output export.yaml --force --roles",
            "export --output exports --split --force",
            "export --databases"));
    lines.put(
        "report",
        List.of(
            "report",
            "report --format html=r.html --format json=r.json --format csv=r.csv --by grant",
            "report --live live.json --format csv"));
    lines.put("who-can", List.of("who-can read metrics", "who-can write nowhere"));
    lines.put("token list", List.of("token list --include-revoked", "token list --unmanaged"));
    lines.put("token get", List.of("token get " + TELEGRAF, "token get nobody"));
    lines.put(
        "token update",
        List.of(
            "token update --add --read-database logs --auto-approve " + GRAFANA,
            "token update --description new --read-database logs --dry-run " + GRAFANA));
    // What they do with the secrets of new tokens, LifecycleCanaryIT looks at.
    lines.put(
        "token create", List.of("token create --show-secret --read-database logs --dry-run New"));
    lines.put("token park", List.of("token park --reason INC-42 --dry-run " + GRAFANA));
    lines.put("token release", List.of("token release --dry-run " + GRAFANA));
    lines.put("token revoke", List.of("token revoke --dry-run " + GRAFANA));
    lines.put("token delete", List.of("token delete --dry-run " + GRAFANA));
    lines.put("token rotate", List.of("token rotate --deliver files --dry-run " + GRAFANA));
    lines.put("database list", List.of("database list", "database list --format json"));
    lines.put("database create", List.of("database create orders --auto-approve"));
    lines.put("database update", List.of("database update metrics --max-tables 5 --auto-approve"));
    lines.put("database rename", List.of("database rename metrics events --auto-approve"));
    lines.put("database delete", List.of("database delete metrics --force"));
    lines.put(
        "fleet list",
        List.of(
            "fleet list --trust-fleet-hosts",
            "fleet list --trust-fleet-hosts --format json",
            "fleet list --offline"));
    lines.put("fleet matrix", List.of("fleet matrix", "fleet matrix --format gitlab"));
    lines.put(
        "fleet merge",
        List.of(
            "plan --fleet fleet.yaml --trust-fleet-hosts --out share",
            "fleet merge --out merged --format json=m.json --format markdown=m.md share",
            "fleet merge share"));
    lines.put("fleet diff", List.of("fleet diff default other", "fleet diff default nobody"));
    lines.put("doctor", List.of("doctor"));
    lines.put("fmt", List.of("fmt --check", "fmt"));
    lines.put("explain", List.of("explain", "explain bad-uuid"));
    lines.put("completion", List.of("completion bash"));
    // Its secrets are its own: see below. Here it only says that there is no such address.
    lines.put("sandbox", List.of("sandbox --listen 127.0.0.1"));
    return lines;
  }

  @Test
  void everyCommandIsRunHere() {
    assertThat(leaves()).isEqualTo(new TreeSet<>(LINES.keySet()));
  }

  @ParameterizedTest
  @EnumSource
  void noCommandShowsASecret(Mood mood) throws IOException {
    cluster.mood = Mood.HELPFUL;
    run(Source.VARIABLE, "apply --auto-approve");
    int number = 0;
    int masked = 0;
    for (String level : LEVELS) {
      cluster.mood = Mood.HELPFUL;
      cluster.permissions = BEFORE;
      run(Source.VARIABLE, "plan --out plan.json");
      cluster.mood = mood;
      for (String line : allLines(mood)) {
        cluster.permissions = line.startsWith("rollback") ? AFTER : BEFORE;
        cluster.answers.set(0);
        Source source = Source.values()[number++ % Source.values().length];
        Cli.Run run = run(source, (line + " " + level).strip());
        masked += (run.out() + run.err()).contains("[secret]") ? 1 : 0;
      }
    }
    assertNoSecretIsWritten();
    assertThat(masked).as("runs in which a secret had to be masked").isPositive();
    assertThat(server.requests())
        .as("the token of one cluster goes to it")
        .anySatisfy(
            request ->
                assertThat(request.header("Authorization")).contains("Bearer " + CLUSTER_TOKEN));
    assertThat(server.requests()).hasSizeGreaterThan(50);
  }

  @ParameterizedTest
  @EnumSource
  void noSourceOfTheManagementTokenIsShown(Source source) throws IOException {
    for (Mood mood : List.of(Mood.HELPFUL, Mood.REFUSING)) {
      cluster.mood = mood;
      for (String level : LEVELS) {
        for (String line : List.of("plan", "doctor", "token list", "export")) {
          cluster.permissions = BEFORE;
          Cli.Run run = run(source, (line + " --max-attempts 1 " + level).strip());
          Cli.assertThat(run).exited(mood == Mood.HELPFUL ? 0 : 1);
        }
      }
    }
    assertThat(server.requests())
        .allSatisfy(
            request ->
                assertThat(request.header("Authorization")).contains("Bearer " + MANAGEMENT_TOKEN));
    assertNoSecretIsWritten();
  }

  /** The secret that the command prints is told on standard error by the command, too. */
  @Test
  void aCommandThatFailsShowsNoSecret() throws IOException {
    for (String level : LEVELS) {
      String command = "set -x; echo " + MANAGEMENT_TOKEN + "; echo " + MANAGEMENT_TOKEN + " >&2";
      for (String end : List.of("", "; exit 3")) {
        check(user().run(words("plan", level, TokenOptions.COMMAND, command + end)));
      }
    }
  }

  @Test
  void noProxysPasswordIsShown() throws IOException {
    CertificateAuthority ca = CertificateAuthority.create();
    ca.write(given.resolve("ca.pem"));
    policyFor("https://cluster.invalid");
    String echo = "who is " + PROXY_PASSWORD + " or " + PROXY_CREDENTIALS;
    String refusal =
        "HTTP/1.1 407 "
            + echo
            + "\r\n"
            + "X-Request-Id: "
            + PROXY_PASSWORD
            + "\r\nContent-Length: "
            + echo.length()
            + "\r\n\r\n"
            + echo;
    try (TlsFront front = TlsFront.before(server.url().port(), ca.issue("cluster.invalid"));
        ForwardProxy open = ForwardProxy.to(front.port(), PROXY_CREDENTIALS);
        ForwardProxy closed = ForwardProxy.refusing(refusal)) {
      for (ForwardProxy proxy : List.of(open, closed)) {
        UnaryOperator<Cli> through =
            cli ->
                cli.with(
                    "HTTPS_PROXY", "http://me:" + PROXY_PASSWORD + "@127.0.0.1:" + proxy.port());
        for (String level : LEVELS) {
          for (String line : List.of("plan --out p.json", "doctor", "doctor --format json")) {
            check(
                through
                    .apply(user().with(SecretVariables.MANAGEMENT_TOKEN, MANAGEMENT_TOKEN))
                    .run(
                        words(
                            line + " --max-attempts 1 --ca-file",
                            given.resolve("ca.pem").toString(),
                            level)));
          }
        }
        assertThat(proxy.requests()).isNotEmpty();
      }
    }
    assertThat(server.requests()).isNotEmpty();
    assertNoSecretIsWritten();
  }

  @Test
  void aPolicysSecretIsNotShown() throws IOException {
    for (String secret : List.of(ACCESS_TOKEN, MANAGEMENT_TOKEN)) {
      policyFor(server.url().toString(), "description: see " + secret);
      for (String level : LEVELS) {
        for (String line : List.of("validate", "plan", "fmt --check", "apply --auto-approve")) {
          run(Source.VARIABLE, (line + " " + level).strip());
        }
        for (String format : FORMATS) {
          run(Source.VARIABLE, ("validate --format " + format + " " + level).strip());
        }
      }
    }
    assertNoSecretIsWritten();
  }

  @Test
  void aSecretThatIsTypedIsNotRepeated() throws IOException {
    for (String level : LEVELS) {
      for (String line :
          List.of(
              "plan --target " + ACCESS_TOKEN,
              "plan --allow lockout:" + ACCESS_TOKEN,
              "plan --format json=" + ACCESS_TOKEN + "/p.json",
              "plan --url https://me:" + PROXY_PASSWORD + "@host",
              "plan --account " + ACCESS_TOKEN,
              "plan --" + ACCESS_TOKEN,
              "show " + ACCESS_TOKEN,
              "who-can read " + ACCESS_TOKEN,
              "who-can " + ACCESS_TOKEN + " metrics",
              "token get " + ACCESS_TOKEN,
              "token update --auto-approve --description " + ACCESS_TOKEN + " " + GRAFANA,
              "token update --auto-approve --read-database " + ACCESS_TOKEN + " " + GRAFANA,
              "token update --auto-approve --description " + MANAGEMENT_TOKEN + " " + GRAFANA,
              "token update --auto-approve --write-database " + MANAGEMENT_TOKEN + " " + GRAFANA,
              "export --select " + ACCESS_TOKEN,
              "rollback --auto-approve " + ACCESS_TOKEN,
              "journal show " + ACCESS_TOKEN,
              "explain " + ACCESS_TOKEN,
              "fmt " + ACCESS_TOKEN,
              "sandbox --listen " + ACCESS_TOKEN,
              "sandbox --fault " + ACCESS_TOKEN,
              ACCESS_TOKEN)) {
        check(
            user()
                .with(SecretVariables.MANAGEMENT_TOKEN, MANAGEMENT_TOKEN)
                .run(words(line, level)));
      }
    }
    assertNoSecretIsWritten();
  }

  @Test
  void theSandboxTellsAnAccessTokenToWhomMakesItAndToNobodyElse() throws Exception {
    int port = freePort();
    CompletableFuture<Cli.Run> run = new CompletableFuture<>();
    Thread serving =
        new Thread(
            () ->
                run.complete(
                    user()
                        .run(
                            words(
                                "sandbox --trace --data state.json --listen 127.0.0.1:" + port))));
    serving.start();
    URI tokens =
        URI.create(
            "http://127.0.0.1:%d/api/v0/accounts/%s/clusters/%s/tokens"
                .formatted(port, Sandbox.ACCOUNT_ID, Sandbox.CLUSTER_ID));
    ask(HttpRequest.newBuilder(URI.create(tokens + "?x=" + ACCESS_TOKEN)), MANAGEMENT_TOKEN);
    String made =
        ask(
            HttpRequest.newBuilder(tokens)
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"description\":\"x\",\"permissions\":[]}")),
            Sandbox.PUBLIC_MANAGEMENT_TOKEN);
    Matcher secret = Pattern.compile("\"accessToken\"\\s*:\\s*\"(apiv1_[^\"]+)\"").matcher(made);
    assertThat(secret.find()).as(made).isTrue();
    serving.interrupt();

    Cli.Run ended = run.get(15, TimeUnit.MINUTES);
    check(ended);
    Cli.assertThat(ended).exited(130).neverShowed(secret.group(1));
    assertNoSecretIsWritten();
    assertThat(folder.resolve("state.json")).content().doesNotContain(secret.group(1));
  }

  /** Each line as it is, and once more in each format where its command has formats. */
  private List<String> allLines(Mood mood) {
    // What fails in all formats in the same way needs no more than one.
    boolean inAll = mood == Mood.HELPFUL || mood == Mood.REFUSING;
    List<String> formats = inAll ? FORMATS : List.of("json");
    String attempts = " --max-attempts " + (mood == Mood.BUSY_AT_FIRST ? 2 : 1);
    List<String> all = new ArrayList<>();
    LINES.forEach(
        (command, lines) -> {
          all.addAll(lines);
          if (command(command).findOption("--format") != null) {
            formats.forEach(format -> all.add(lines.get(0) + " --format " + format));
          }
        });
    return all.stream().map(line -> connects(line) ? line + attempts : line).toList();
  }

  private boolean connects(String line) {
    String name =
        LINES.keySet().stream()
            .filter(command -> line.equals(command) || line.startsWith(command + " "))
            .findFirst()
            .orElseThrow();
    return command(name).findOption("--max-attempts") != null;
  }

  private static CommandLine.Model.CommandSpec command(String name) {
    CommandLine command = TREE;
    for (String word : name.split(" ", -1)) {
      command = command.getSubcommands().get(word);
    }
    return command.getCommandSpec();
  }

  /** The names of the commands that hold no others. */
  private static Set<String> leaves() {
    Set<String> names = new TreeSet<>();
    collect(TREE, "", names);
    return names;
  }

  private static void collect(CommandLine command, String name, Set<String> names) {
    command
        .getSubcommands()
        .forEach(
            (word, below) -> {
              String full = (name + " " + word).strip();
              if (below.getSubcommands().isEmpty()) {
                names.add(full);
              } else {
                collect(below, full, names);
              }
            });
  }

  /** As ManPages has it, which is not in the jar that is tested here. */
  private static CommandLine tree() {
    World world =
        new World(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            Terminals.none(),
            Map.of(),
            Path.of(""),
            Clock.systemUTC(),
            Interrupts.NONE);
    return CommandTree.of(Run.in(world), List.of());
  }

  /**
   * Somebody who has agreed to the hosts that the policies here name, and has a token for one
   * cluster of the fleet alone.
   */
  private Cli user() {
    return Cli.in(folder)
        .with(SecretVariables.OF_CLUSTER + "PROD_EU", CLUSTER_TOKEN)
        .agreedTo(given, server.url(), "https://cluster.invalid");
  }

  private Cli.Run run(Source source, String line) {
    boolean connects = connects(line);
    Cli cli = user();
    String[] args = words(line);
    switch (source) {
      case VARIABLE -> cli.with(SecretVariables.MANAGEMENT_TOKEN, MANAGEMENT_TOKEN);
      case PROVIDER -> cli.with(SecretVariables.TERRAFORM, MANAGEMENT_TOKEN);
      case FILE -> {
        if (connects) {
          args = words(line, TokenOptions.FILE, given.resolve("token").toString());
        }
      }
      case COMMAND -> {
        if (connects) {
          args = words(line, TokenOptions.COMMAND, "echo " + MANAGEMENT_TOKEN);
        }
      }
      case PROFILE -> {
        if (connects) {
          args = words(line, "--config", given.resolve("config.toml").toString());
        }
      }
    }
    return check(cli.run(args));
  }

  /** The words of a line, and more that may have blanks in them. */
  private static String[] words(String line, String... more) {
    return Stream.concat(
            Stream.of(line.split(" ", -1)), Stream.of(more).filter(word -> !word.isEmpty()))
        .toArray(String[]::new);
  }

  private static Cli.Run check(Cli.Run run) {
    Cli.assertThat(run).neverShowed(CANARY).neverShowed(PROXY_CREDENTIALS);
    return run;
  }

  private void assertNoSecretIsWritten() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toList())) {
        if (!file.getFileName().toString().equals("tokens.yaml")) {
          assertThat(Files.readString(file, StandardCharsets.UTF_8))
              .as(file.toString())
              .doesNotContain(CANARY, PROXY_CREDENTIALS);
        }
      }
    }
  }

  private void policyFor(String url, String... more) throws IOException {
    Files.writeString(
        folder.resolve("tokens.yaml"),
        """
        version: 1
        cluster:
          product: cloud-dedicated
          accountId: %s
          clusterId: %s
          url: %s
        tokens:
          grafana:
            id: %s
            permissions: {read: [metrics, logs]}
            %s
        """
            .formatted(
                Sandbox.ACCOUNT_ID, Sandbox.CLUSTER_ID, url, GRAFANA, String.join("\n", more)));
    Files.createDirectories(folder.resolve("fleet"));
    Files.writeString(
        folder.resolve("fleet/tokens.yaml"),
        "{version: 1, tokens: {grafana: {id: %s}}}".formatted(GRAFANA));
    Files.writeString(
        folder.resolve("fleet.yaml"),
        """
        version: 1
        clusters:
          default:
            product: cloud-dedicated
            accountId: %s
            clusterId: %s
            url: %s
            files: [fleet]
          prod-eu:
            product: clustered
            url: %s
            files: [fleet]
        """
            .formatted(Sandbox.ACCOUNT_ID, Sandbox.CLUSTER_ID, url, url));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String ask(HttpRequest.Builder request, String token) throws InterruptedException {
    HttpRequest whole =
        request
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .build();
    for (int attempt = 0; ; attempt++) {
      try {
        return HttpClient.newHttpClient().send(whole, HttpResponse.BodyHandlers.ofString()).body();
      } catch (IOException e) {
        if (attempt == 2_400) {
          throw new AssertionError("the sandbox does not answer", e);
        }
        Thread.sleep(25);
      }
    }
  }

  /** A cluster of two tokens that repeats every secret it has heard of. */
  private static final class Parrot {
    private static final String WORDS =
        MANAGEMENT_TOKEN
            + " and "
            + CLUSTER_TOKEN
            + " and "
            + ACCESS_TOKEN
            + " and https://me:"
            + PROXY_PASSWORD
            + "@host/";
    private static final Pattern PERMISSIONS = Pattern.compile("\"permissions\":(\\[.*?\\])");

    private volatile Mood mood = Mood.HELPFUL;
    private volatile String permissions = BEFORE;
    private final AtomicInteger answers = new AtomicInteger();

    String reply(Received request) {
      int number = answers.incrementAndGet();
      boolean changes = request.line().startsWith("PATCH");
      return switch (mood) {
        case HELPFUL -> helpful(request);
        case REFUSING -> refusal("so " + WORDS);
        // The second secret is where the message is cut off.
        case REFUSING_AT_LENGTH ->
            refusal("x".repeat(430) + " " + MANAGEMENT_TOKEN + " " + ACCESS_TOKEN);
        case REFUSING_WITH_A_REASON -> "HTTP/1.1 403 " + WORDS + "\r\nContent-Length: 0\r\n\r\n";
        case REFUSING_CHANGES -> changes ? refusal(WORDS) : helpful(request);
        case LOSING_CHANGES -> changes ? answer(500, headers(), WORDS) : helpful(request);
        case REDIRECTING ->
            answer(302, "Location: https://a.invalid/?" + WORDS + "\r\n" + headers(), WORDS);
        case SHOWING_A_PAGE -> answer(200, "Content-Type: text/html", "<html>" + WORDS + "</html>");
        case BROKEN -> ok("[{\"description\": \"" + WORDS + "\", " + MANAGEMENT_TOKEN + "]");
        case CUT_OFF -> ok("[{\"accessToken\": \"" + OPAQUE_TOKEN + "\", \"id\": \"" + WORDS);
        case UNEXPECTED ->
            ok("[{\"id\": \"" + WORDS + "\", \"permissions\": \"" + ACCESS_TOKEN + "\"}]");
        case BUSY_AT_FIRST ->
            number == 1
                ? answer(429, "Retry-After: 0\r\n" + headers(), json(WORDS))
                : helpful(request);
      };
    }

    private String helpful(Received request) {
      if (request.line().contains("/databases")) {
        return ok("[{\"name\": \"metrics\"}, {\"name\": \"logs\"}, {\"name\": \"" + WORDS + "\"}]");
      }
      if (request.line().startsWith("PATCH")) {
        Matcher asked = PERMISSIONS.matcher(request.body());
        permissions = asked.find() ? asked.group(1) : permissions;
      }
      String grafana = token(GRAFANA, "Grafana", permissions);
      if (request.line().contains("/tokens/" + GRAFANA)) {
        return ok(grafana);
      }
      String telegraf =
          token(
              TELEGRAF,
              WORDS,
              "[{\"action\":\"write\",\"resource\":\"metrics\"},{\"action\":\"read\",\"resource\":\""
                  + WORDS
                  + "\"}]");
      return ok(
          request.line().contains("/tokens/" + TELEGRAF)
              ? telegraf
              : "[" + grafana + "," + telegraf + "]");
    }

    private static String token(String id, String description, String permissions) {
      return """
      {"id": "%s", "description": "%s", "permissions": %s,
       "accessToken": "%s", "createdAt": "2024-01-01T00:00:00Z"}\
      """
          .formatted(id, description, permissions, OPAQUE_TOKEN);
    }

    private static String ok(String body) {
      return answer(200, headers(), body);
    }

    private static String refusal(String message) {
      return answer(400, headers(), json(message));
    }

    private static String json(String message) {
      return "{\"code\": 400, \"message\": \"%s\", \"accessToken\": \"%s\"}"
          .formatted(message, OPAQUE_TOKEN);
    }

    private static String headers() {
      return "Content-Type: application/json\r\nX-Request-Id: " + WORDS;
    }
  }
}
