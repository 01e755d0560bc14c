package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tokenform.cli.console.SecretVariables;
import io.tokenform.testing.CertificateAuthority;
import io.tokenform.testing.ForwardProxy;
import io.tokenform.testing.ScriptedServer;
import io.tokenform.testing.TlsFront;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Each thing that can be wrong with a connection has an answer of its own. */
@Timeout(900)
class DoctorCommandTest extends CommandTest {
  private static final CertificateAuthority CA = CertificateAuthority.create();
  private static final String CANARY = "canary0123456789";

  @BeforeEach
  void policy() throws IOException {
    policyForSandbox(TOKENS);
    CA.write(folder.resolve("ca.pem"));
  }

  @Test
  void aHealthyConnectionIsTold() {
    assertThat(cli().run("doctor"))
        .exited(0)
        .printedExactly(
            """
            settings
              product     cloud-dedicated                       tokens.yaml:3:12
              URL         http://127.0.0.1:%1$d                tokens.yaml:6:8
              account id  aaaaaaaa-0000-4000-8000-000000000001  tokens.yaml:4:14
              cluster id  cccccccc-0000-4000-8000-000000000001  tokens.yaml:5:14
              token       [secret], 24 characters               INFLUX_DB_MANAGEMENT_TOKEN
            checks
              ok    name            127.0.0.1 is 127.0.0.1
              ok    connection      127.0.0.1:%1$d answers
              ok    authentication  the cluster accepts the token
              ok    tokens          2 tokens listed
              ok    databases       2 databases listed

            All is well.
            """
                .formatted(sandbox.url().getPort()))
        .complainedOfNothing();
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void aHealthyConnectionThroughAProxyIsTold() {
    try (TlsFront front = TlsFront.before(sandbox.url().getPort(), CA.issue("cluster.invalid"));
        ForwardProxy proxy = ForwardProxy.to(front.port(), "bWU6Y2FuYXJ5MDEyMzQ1Njc4OQ==")) {
      Cli.Run run =
          cli()
              .with("https_proxy", "http://me:" + CANARY + "@127.0.0.1:" + proxy.port())
              .run("doctor", "--url", "https://cluster.invalid", "--ca-file", "ca.pem");
      assertThat(run)
          .exited(0)
          .printed(
              "  URL         https://cluster.invalid               --url\n",
              "  CA file     ca.pem                                --ca-file\n",
              "  proxy       http://127.0.0.1:"
                  + proxy.port()
                  + " with user and password  https_proxy\n",
              "  ok    proxy           http://127.0.0.1:"
                  + proxy.port()
                  + " leads to cluster.invalid:443\n",
              "  ok    tls             TLSv1.3, certificate of CN=cluster.invalid by CN=Test CA ",
              "  ok    databases       2 databases listed\n")
          .neverShowed(CANARY);
      Assertions.assertThat(String.join("", proxy.requests())).doesNotContain("Bearer");
    }
  }

  @Test
  void noToken() {
    wrong(Cli.in(folder).run("doctor"), "token", "there is no management token");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void aWrongToken() {
    wrong(
        cli().with(SecretVariables.MANAGEMENT_TOKEN, CANARY).run("doctor"),
        "authentication",
        "401 ",
        "        hint: the management token is wrong, expired or revoked; it comes from");
  }

  @Test
  void aWrongAccount() {
    wrong(
        cli().run("doctor", "--account", "eeeeeeee-3333-4333-8333-333333333333"),
        "tokens",
        "404 ",
        "        hint: check the account id eeeeeeee-3333-4333-8333-333333333333");
  }

  @Test
  void aHostThatDoesNotExist() {
    wrong(
        cli().run("doctor", "--url", "https://nobody.invalid"),
        "name",
        "there is no host nobody.invalid",
        "        hint: check the URL https://nobody.invalid");
  }

  @Test
  void aClosedPort() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    wrong(
        cli().run("doctor", "--url", "http://127.0.0.1:" + port),
        "connection",
        "nothing answers at http://127.0.0.1:" + port,
        "  ok    name        127.0.0.1 is 127.0.0.1\n");
  }

  @Test
  void aCertificateOfAnUnknownCa() {
    try (TlsFront front = TlsFront.before(sandbox.url().getPort(), CA.issue("localhost"))) {
      wrong(
          cli().run("doctor", "--url", "https://localhost:" + front.port()),
          "tls",
          "the certificate of localhost is not signed by a CA that is trusted here",
          "        hint: name a PEM file with that CA in --ca-file");
    }
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void aProxyThatRefuses() {
    try (ForwardProxy proxy = ForwardProxy.refusing(ScriptedServer.json(403, "{}"))) {
      wrong(
          cli()
              .with("HTTPS_PROXY", "http://me:" + CANARY + "@127.0.0.1:" + proxy.port())
              .run("doctor", "--url", "https://cluster.invalid"),
          "proxy",
          "the proxy http://127.0.0.1:"
              + proxy.port()
              + " did not connect to the cluster: it said 403",
          "        hint: ask those who run it to allow cluster.invalid");
    }
  }

  @Test
  void aProxyWhoseClusterIsNotTrusted() {
    try (TlsFront front = TlsFront.before(sandbox.url().getPort(), CA.issue("cluster.invalid"));
        ForwardProxy proxy = ForwardProxy.to(front.port())) {
      wrong(
          cli()
              .with("HTTPS_PROXY", "127.0.0.1:" + proxy.port())
              .run("doctor", "--url", "https://cluster.invalid"),
          "tls",
          "the certificate of cluster.invalid is not signed by a CA that is trusted here",
          "  ok    proxy       http://127.0.0.1:" + proxy.port());
    }
  }

  @Test
  void aServerThatWantsACertificate() {
    try (TlsFront front =
        TlsFront.before(sandbox.url().getPort(), CA.issue("localhost"), Optional.of(CA))) {
      assertThat(
              cli()
                  .run(
                      "doctor",
                      "--url",
                      "https://localhost:" + front.port(),
                      "--ca-file",
                      "ca.pem"))
          .exited(1)
          .printed("  FAIL  ");
    }
  }

  @Test
  void databasesThatAreNotListed() {
    try (ScriptedServer server =
        ScriptedServer.playing(
            (number, request, wire) ->
                wire.send(
                    request.line().contains("/tokens")
                        ? ScriptedServer.json(200, "[]")
                        : ScriptedServer.json(403, "{\"code\":403,\"message\":\"no\"}")))) {
      wrong(
          cli().run("doctor", "--url", server.url().toString()),
          "databases",
          "databases: 403 no",
          "  ok    tokens          0 tokens listed\n");
    }
  }

  @Test
  void thereNeedsToBeNoPolicy() throws IOException {
    Files.delete(folder.resolve("tokens.yaml"));
    Cli cli =
        cli()
            .with("INFLUX_DB_PRODUCT_TYPE", "cloud-dedicated")
            .with("INFLUX_DB_ACCOUNT_ID", sandbox.accountId().toString())
            .with("INFLUXDB3_CLUSTER_ID", sandbox.clusterId().toString());
    assertThat(cli.run("doctor", "--url", sandbox.url().toString()))
        .exited(0)
        .printed(
            "cloud-dedicated                       INFLUX_DB_PRODUCT_TYPE\n",
            "  INFLUX_DB_ACCOUNT_ID\n",
            "  INFLUXDB3_CLUSTER_ID\n");

    wrong(
        Cli.in(folder).run("doctor"), "settings", "nothing says which cluster to use", "--profile");
    assertThat(cli.run("doctor", "-f", "tokens.yaml"))
        .exited(1)
        .printed("  FAIL  policy  the policy has errors\n")
        .complained("there is no such file");
  }

  @Test
  void aProfileIsSaidToBeUsed() throws IOException {
    Path file = folder.resolve("home/.config/influxctl/config.toml");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        [[profile]]
        name = "default"
        product = "dedicated"
        account_id = "%s"
        cluster_id = "%s"
        mgmt_token = "%s"
        """
            .formatted(sandbox.accountId(), sandbox.clusterId(), CANARY));
    Cli.agree(folder.resolve("home/.config"), sandbox.url());
    Cli cli = Cli.in(folder).with("HOME", folder.resolve("home").toString());

    wrong(
        cli.run("doctor"),
        "authentication",
        "401 ",
        "  profile     used                                  profile \"default\" in " + file + "\n",
        "  token       [secret], 16 characters               profile \"default\" in "
            + file
            + "\n");
    Files.delete(folder.resolve("tokens.yaml"));
    assertThat(cli.run("doctor", "--profile", "default", "--url", sandbox.url().toString()))
        .exited(1)
        .printed(
            "  product     cloud-dedicated                       " + file + ":3:1\n",
            "  account id  " + sandbox.accountId() + "  " + file + ":4:1\n");
  }

  @Test
  void theSandboxIsHealthy() throws IOException {
    policy("version: 1\ncluster: {product: sandbox}\n");
    assertThat(Cli.in(folder).run("doctor"))
        .exited(0)
        .printed(
            "  product     sandbox                               tokens.yaml:2:20\n",
            "  token       [secret], 24 characters               the sandbox\n",
            "All is well.\n");
  }

  @Test
  void aMachineGetsOneDocumentWhateverHappens() throws IOException {
    JsonNode healthy = json(cli().run("doctor", "--format", "json"), 0);
    Assertions.assertThat(healthy.path("healthy").asBoolean()).isTrue();
    Assertions.assertThat(healthy.path("settings").path(4).toString())
        .isEqualTo(
            "{\"name\":\"token\",\"value\":\"[secret], 24 characters\","
                + "\"origin\":\"INFLUX_DB_MANAGEMENT_TOKEN\"}");

    JsonNode tokenless = json(Cli.in(folder).run("doctor", "--format", "json"), 1);
    Assertions.assertThat(tokenless.path("checks").path(0).path("name").asText())
        .isEqualTo("token");

    json(cli().run("doctor", "--format", "json", "-f", "other.yaml"), 1);
    json(
        cli()
            .run(
                "doctor",
                "--format=json",
                "--management-token-file=x",
                "--management-token-command=y"),
        64);
    assertThat(cli().run("doctor", "--format", "github"))
        .exited(64)
        .complained("there is no format \"github\" here; the formats are text and json");
  }

  /** A program that notes how it was called, and prints and ends as it is told. */
  private Path program(String name, String then) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(
        file,
        """
        #!/bin/sh
        echo "$(basename "$0") $*" >> %s
        env >> %s
        %s
        """
            .formatted(folder.resolve("called"), folder.resolve("environment"), then));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }

  private void platform(String sinks) throws IOException {
    Files.writeString(folder.resolve("platform.yaml"), "version: 1\nsinks:\n" + sinks);
  }

  private void secretsFolder(String mode) throws IOException {
    Path secrets = Files.createDirectory(folder.resolve("secrets"));
    Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString(mode));
  }

  @Test
  void eachSinkHasItsLine() throws IOException {
    Path store = program("store", "exit 9");
    Path check = program("check", "exit 0");
    secretsFolder("rwx------");
    platform(
        """
          vault: {command: [%1$s, "{name}"], check: [%2$s, "{cluster}"]}
          plain: {command: [%1$s, "{name}"]}
          files: {directory: secrets}
        """
            .formatted(store, check));

    Cli.Run run = cli().run("doctor", "--platform", "platform.yaml");

    assertThat(run)
        .exited(0)
        .printed(
            """
            sinks
              ok    files  directory  secrets is this user's own, and can be written to
              ok    plain  command    %1$s is there; the sink has no check
              ok    vault  command    %1$s is there, and the check %2$s exited with 0

            All is well.
            """
                .formatted(store, check))
        .complainedOfNothing();
    Assertions.assertThat(folder.resolve("called"))
        .hasContent("check " + sandbox.clusterId() + "\n");
    Assertions.assertThat(folder.resolve("secrets")).isEmptyDirectory();
    Assertions.assertThat(folder.resolve("environment"))
        .content()
        .contains("TOKENFORM_TOKEN_NAME=doctor\n")
        .doesNotContain("sandbox-management-token");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void aCheckIsMadeForATokenOfTheSink() throws IOException {
    policyForSandbox(
        TOKENS
            + """
              checkout: {description: Checkout, permissions: {read: [logs]}, deliver: vault}
            """);
    Path check = program("check", "exit 0");
    platform("  vault: {command: [cat], check: [" + check + "]}\n");

    assertThat(cli().run("doctor", "--policy-guardrails", "platform.yaml")).exited(0);

    Assertions.assertThat(folder.resolve("environment"))
        .content()
        .contains("TOKENFORM_TOKEN_NAME=checkout\n", "TOKENFORM_TOKEN_DESCRIPTION=Checkout\n");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void eachSinkThatCannotBeUsedSaysWhyAndWhatToDo() throws IOException {
    Path check = program("check", "echo \"no login, $GIVEN " + CANARY + "\" >&2; exit 2");
    Path slow = program("slow", "exec tail -f /dev/null");
    secretsFolder("rwxrwxrwx");
    platform(
        """
          absent: {command: [no-such-program]}
          files: {directory: secrets}
          gone: {directory: nowhere}
          hung: {command: [cat], check: [%s], timeout: 1s}
          vault: {command: [cat], check: [%s, "{cluster}"]}
          well: {command: [cat]}
        """
            .formatted(slow, check));

    Cli.Run run =
        cli()
            .with("INFLUXDB3_TOKEN", CANARY)
            .with("GIVEN", CANARY)
            .run("doctor", "--platform=platform.yaml");

    assertThat(run)
        .exited(1)
        .printed(
            "  ok    databases       2 databases listed\nsinks\n",
            "  FAIL  absent  command    the sink \"absent\" cannot be used: there is no program"
                + " \"no-such-program\" in the folders of PATH\n        hint: install it, or",
            "  FAIL  files   directory  the sink \"files\" cannot be used: ",
            "chmod go-w " + folder.resolve("secrets"),
            "  FAIL  gone    directory  the sink \"gone\" cannot be used: the folder "
                + folder.resolve("nowhere")
                + " does not exist\n        hint: make it, for this user alone: mkdir -m 700 "
                + folder.resolve("nowhere"),
            "  FAIL  hung    command    the sink \"hung\" cannot be used: its check "
                + slow
                + " did not end within 1s and was stopped",
            "  FAIL  vault   command    the sink \"vault\" cannot be used: its check "
                + check
                + " exited with 2; it printed: no login,",
            "run the check by hand, and mend what it says: " + check + " " + sandbox.clusterId(),
            "  ok    well    command    cat is there; the sink has no check\n",
            "\nThe connection is well. A sink cannot be used, so no token can be made for it.\n")
        .neverShowed(CANARY);
    Assertions.assertThat(folder.resolve("environment")).content().doesNotContain(CANARY);

    JsonNode machine = json(cli().run("doctor", "--platform=platform.yaml", "--format", "json"), 1);
    Assertions.assertThat(machine.path("healthy").asBoolean()).isFalse();
    Assertions.assertThat(machine.path("sinks"))
        .extracting(sink -> sink.path("name").asText() + " " + sink.path("passed"))
        .containsExactly(
            "absent false", "files false", "gone false", "hung false", "vault false", "well true");
    Assertions.assertThat(machine.path("sinks").path(5).toString())
        .isEqualTo(
            "{\"kind\":\"command\",\"name\":\"well\",\"passed\":true,"
                + "\"fact\":\"cat is there; the sink has no check\"}");
  }

  @Test
  void sinksAreCheckedWhateverTheConnectionIs() throws IOException {
    secretsFolder("rwx------");
    platform("  files: {directory: secrets}\n");

    assertThat(
            cli()
                .with(SecretVariables.MANAGEMENT_TOKEN, CANARY)
                .run("doctor", "--platform", "platform.yaml"))
        .exited(1)
        .printed(
            "  FAIL  authentication  GET ",
            "  ok    files  directory  ",
            "\nA check of the connection failed; those after it were not made.\n");
  }

  @Test
  void aPlatformFileWithErrorsIsACheckThatFailed() throws IOException {
    platform("  files: {folder: secrets}\n");

    assertThat(cli().run("doctor", "--platform", "platform.yaml"))
        .exited(1)
        .printed("  FAIL  platform  the platform file has errors\n")
        .complained("platform.yaml:3:11: error[unknown-key]");
    Assertions.assertThat(
            json(cli().run("doctor", "--platform=platform.yaml", "--format=json"), 1)
                .path("checks")
                .path(0)
                .path("name")
                .asText())
        .isEqualTo("platform");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void thePlatformFilePinsTheCluster() throws IOException {
    Files.writeString(
        folder.resolve("platform.yaml"),
        """
        version: 1
        cluster:
          product: cloud-dedicated
          accountId: %s
          clusterId: eeeeeeee-3333-4333-8333-333333333333
        """
            .formatted(sandbox.accountId()));

    assertThat(cli().run("doctor", "--platform", "platform.yaml"))
        .exited(1)
        .printed("  FAIL  settings  ", "eeeeeeee-3333-4333-8333-333333333333");
    Assertions.assertThat(requests).isEmpty();
  }

  private static JsonNode json(Cli.Run run, int exit) throws IOException {
    assertThat(run).exited(exit);
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("schemas/doctor.schema.json")));
    Assertions.assertThat(schema.validate(run.out(), InputFormat.JSON)).as(run.out()).isEmpty();
    return new ObjectMapper().readTree(run.out());
  }

  private static void wrong(Cli.Run run, String check, String... texts) {
    assertThat(run)
        .exited(1)
        .printed("  FAIL  " + check, "\nA check failed; what comes after it was not checked.\n")
        .printed(texts)
        .neverShowed(CANARY);
    Assertions.assertThat(run.out().lines().filter(line -> line.startsWith("  FAIL"))).hasSize(1);
    Assertions.assertThat(run.out()).matches("\\p{ASCII}*").contains("        hint: ");
  }
}
