package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;
import static io.tokenform.testing.CertificateAuthority.pem;
import static io.tokenform.testing.CertificateAuthority.pkcs8;

import io.tokenform.sandbox.Sandbox;
import io.tokenform.testing.CertificateAuthority;
import io.tokenform.testing.CertificateAuthority.Identity;
import io.tokenform.testing.TlsFront;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster whose certificate is of a CA of its own, and which may ask for one in return. */
class TlsTest extends CommandTest {
  private static final CertificateAuthority CA = CertificateAuthority.create();
  private static final CertificateAuthority OTHER = CertificateAuthority.create();
  private static final Identity SERVER = CA.issue("localhost", "127.0.0.1");
  private static final Identity CLIENT = CA.issue();

  @BeforeEach
  void files() throws IOException {
    CA.write(folder.resolve("ca.pem"));
    OTHER.write(folder.resolve("other.pem"));
    write("client.pem", pem(CLIENT.certificate()));
    write("client.key", pkcs8(CLIENT.key()));
    policyForSandbox(TOKENS);
  }

  @Test
  void aCaThatIsNamedIsTrusted() {
    try (TlsFront front = TlsFront.before(port(), SERVER)) {
      assertThat(plan(front, "--ca-file", "ca.pem"))
          .exited(0)
          .printed("2 to update")
          .complained("note: --url https://localhost:" + front.port() + " overrides the URL");
    }
  }

  @Test
  void aCaThatIsNotNamedIsNotTrusted() {
    try (TlsFront front = TlsFront.before(port(), SERVER)) {
      for (Cli.Run run :
          new Cli.Run[] {
            plan(front), plan(front, "--ca-file", "other.pem"), plan(front, "--debug")
          }) {
        assertThat(run)
            .exited(1)
            .complained(
                "the certificate of localhost is not signed by a CA that is trusted here",
                "  hint: name a PEM file with that CA in --ca-file");
      }
    }
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void aCertificateForAnotherHostIsNotTrusted() {
    try (TlsFront front = TlsFront.before(port(), CA.issue("a.example.com"))) {
      assertThat(plan(front, "--ca-file", "ca.pem"))
          .exited(1)
          .complained(
              "the certificate of localhost is for another host",
              "  hint: check the URL https://localhost:" + front.port());
    }
  }

  @Test
  void aCertificateWhoseTimeIsOverIsNotTrusted() {
    try (TlsFront front = TlsFront.before(port(), CA.issueExpired("localhost"))) {
      assertThat(plan(front, "--ca-file", "ca.pem"))
          .exited(1)
          .complained("the certificate of localhost has expired, or is not valid yet");
    }
  }

  @Test
  void aPortWithoutTlsIsSaidToBeSo() {
    assertThat(cli().run("plan", "--url", "https://localhost:" + port()))
        .exited(1)
        .complained("no secure connection: localhost does not speak TLS there");
  }

  @Test
  void insecureChecksNothingAndWarnsEachTime() {
    for (Identity identity :
        new Identity[] {SERVER, CA.issueExpired("localhost"), OTHER.issue("a.example.com")}) {
      try (TlsFront front = TlsFront.before(port(), identity)) {
        assertThat(plan(front, "--insecure"))
            .exited(0)
            .complained(
                "warning: --insecure: the certificate of localhost is not checked; anyone on the"
                    + " network path can read the management token\n");
      }
    }
  }

  @Test
  void aClientCertificateIsShownToWhoeverAsks() {
    try (TlsFront front = TlsFront.before(port(), SERVER, Optional.of(CA))) {
      assertThat(
              plan(
                  front,
                  "--ca-file",
                  "ca.pem",
                  "--client-cert",
                  "client.pem",
                  "--client-key",
                  "client.key"))
          .exited(0);
      assertThat(
              plan(
                  front, "--insecure", "--client-cert", "client.pem", "--client-key", "client.key"))
          .exited(0);
    }
  }

  @Test
  void aServerThatWantsACertificateIsUnderstoodEachTime() throws IOException {
    Identity strange = OTHER.issue();
    write("strange.pem", pem(strange.certificate()) + pkcs8(strange.key()));
    try (TlsFront front = TlsFront.before(port(), SERVER, Optional.of(CA))) {
      // With TLS 1.3 it says so only after the request is on its way, and then hangs up.
      for (int i = 0; i < 20; i++) {
        assertThat(plan(front, "--ca-file", "ca.pem", "--max-attempts", "1"))
            .exited(1)
            .printedNothing()
            .complained(
                "localhost asks for a client certificate (",
                "  hint: give --client-cert and --client-key\n");
        assertThat(
                plan(
                    front,
                    "--ca-file",
                    "ca.pem",
                    "--client-cert",
                    "strange.pem",
                    "--max-attempts",
                    "1"))
            .exited(1)
            .printedNothing()
            .complained(
                "localhost asks for another client certificate than strange.pem (",
                "  hint: give a client certificate that is valid, and of a CA that the server"
                    + " trusts, in --client-cert\n");
      }
    }
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void filesOfTlsThatCannotBeUsedAreNamed() {
    try (TlsFront front = TlsFront.before(port(), SERVER)) {
      assertThat(plan(front, "--ca-file", "no.pem"))
          .exited(1)
          .complained("error: --ca-file no.pem: there is no such file");
      assertThat(plan(front, "--ca-file", "tokens.yaml"))
          .exited(1)
          .complained("error: --ca-file tokens.yaml: it has no certificate");
      assertThat(plan(front, "--client-cert", "client.pem"))
          .exited(1)
          .complained("its private key is missing", "  hint: give --client-key");
    }
  }

  @Test
  void plainHttpHasNoUseForThem() {
    assertThat(cli().run("plan", "--ca-file", "no.pem"))
        .exited(0)
        .complained("note: " + sandbox.url() + " does not use TLS: TLS options have no effect");
  }

  @Test
  void aProfileNamesThemToo() throws IOException {
    try (TlsFront front = TlsFront.before(port(), SERVER, Optional.of(CA))) {
      profile(
          front, "insecure = true\nca = \"ca.pem\"\ncert = \"client.pem\"\nkey = \"client.key\"");
      assertThat(atHome().run("plan"))
          .exited(0)
          .complained(
              "config.toml:8:1: insecure has an effect only together with --insecure; the"
                  + " certificate is checked");

      profile(front, "insecure = true\ncert = \"client.pem\"\nkey = \"client.key\"");
      assertThat(atHome().run("plan"))
          .exited(1)
          .complained("is not signed by a CA that is trusted here");
      assertThat(atHome().run("plan", "--insecure")).exited(0).complained("warning: --insecure");
      assertThat(atHome().run("plan", "--ca-file", "ca.pem")).exited(0);

      profile(front, "ca = \"other.pem\"\ncert = \"no.pem\"\nkey = \"no.key\"");
      assertThat(
              atHome()
                  .run(
                      "plan",
                      "--ca-file",
                      "ca.pem",
                      "--client-cert",
                      "client.pem",
                      "--client-key",
                      "client.key"))
          .exited(0);
    }
  }

  /** A Clustered cluster: a profile's host and port are its URL. */
  private void profile(TlsFront front, String tls) throws IOException {
    policy("version: 1\n" + TOKENS);
    Path file = folder.resolve("home/.config/influxctl/config.toml");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        [[profile]]
        name = "default"
        product = "clustered"
        host = "localhost"
        port = "%d"
        mgmt_token = "%s"
        [profile.tls]
        %s
        """
            .formatted(front.port(), Sandbox.PUBLIC_MANAGEMENT_TOKEN, tls));
  }

  private Cli atHome() {
    return Cli.in(folder).with("HOME", folder.resolve("home").toString());
  }

  private Cli.Run plan(TlsFront front, String... options) {
    String[] args = new String[options.length + 3];
    args[0] = "plan";
    args[1] = "--url";
    args[2] = "https://localhost:" + front.port();
    System.arraycopy(options, 0, args, 3, options.length);
    return cli().run(args);
  }

  private int port() {
    return sandbox.url().getPort();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
