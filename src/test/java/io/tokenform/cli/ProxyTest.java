package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.cli.console.SecretVariables;
import io.tokenform.testing.CertificateAuthority;
import io.tokenform.testing.ForwardProxy;
import io.tokenform.testing.ScriptedServer;
import io.tokenform.testing.TlsFront;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cluster that is reached through a forward proxy, by a name that only the proxy knows. */
@Timeout(900)
class ProxyTest extends CommandTest {
  private static final CertificateAuthority CA = CertificateAuthority.create();
  private static final CertificateAuthority.Identity SERVER = CA.issue("cluster.invalid");
  private static final String TOKEN = "canary0123456789";
  private static final String PASSWORD = "p@ss-canary";

  @BeforeEach
  void policy() throws IOException {
    CA.write(folder.resolve("ca.pem"));
    policyForSandbox(TOKENS);
  }

  @Test
  void aTunnelLeadsThroughTheProxyAndTheProxySeesNoToken() {
    try (TlsFront front = TlsFront.before(sandbox.url().getPort(), SERVER);
        ForwardProxy proxy = ForwardProxy.to(front.port())) {
      assertThat(plan(cli().with("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port())))
          .exited(0)
          .printed("2 to update");

      Assertions.assertThat(proxy.requests()).isNotEmpty();
      Assertions.assertThat(proxy.requests())
          .allSatisfy(
              request ->
                  Assertions.assertThat(request)
                      .startsWith(
                          "CONNECT cluster.invalid:443 HTTP/1.1\nHost: cluster.invalid:443\n")
                      .doesNotContain("Authorization"));
    }
  }

  /** It would be read as the first answer within TLS, although nobody encrypted it. */
  @Test
  void whatAProxySendsWithItsAnswerIsNoAnswerOfTheCluster() {
    try (TlsFront front = TlsFront.before(sandbox.url().getPort(), SERVER);
        ForwardProxy proxy = ForwardProxy.adding(ScriptedServer.json(200, "[]"), 0, front.port())) {
      assertThat(plan(cli().with("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port())))
          .exited(1)
          .printedNothing()
          .complained("the proxy sent more than its answer before TLS began");
    }
  }

  /** A creation has a connection of its own, and this one's TLS never began. */
  @Test
  void aCreationThatCouldNotGoOutHasFailed() {
    try (TlsFront front = TlsFront.before(sandbox.url().getPort(), SERVER);
        ForwardProxy proxy = ForwardProxy.adding("x", 1, front.port())) {
      assertThat(
              at(proxy)
                  .run(
                      "token",
                      "create",
                      "--read-database",
                      "metrics",
                      "Job",
                      "--show-secret",
                      "--auto-approve",
                      "--max-attempts",
                      "2",
                      "--url",
                      "https://cluster.invalid",
                      "--ca-file",
                      "ca.pem"))
          .exited(1)
          .complained("the proxy sent more than its answer before TLS began", "1 failed")
          .neverShowed("1 unknown")
          .neverShowed("may have been made");
      Assertions.assertThat(proxy.requests()).hasSize(3);
      Assertions.assertThat(writes()).isEmpty();
    }
  }

  @Test
  void aProxyIsToldItsUserAndPassword() {
    try (TlsFront front = TlsFront.before(sandbox.url().getPort(), SERVER);
        ForwardProxy proxy = ForwardProxy.to(front.port(), "bWU6cEBzcy1jYW5hcnk=")) {
      assertThat(
              plan(cli().with("https_proxy", "http://me:p%40ss-canary@127.0.0.1:" + proxy.port())))
          .exited(0)
          .neverShowed(PASSWORD);

      Cli.Run wrong =
          plan(cli().with("https_proxy", "http://me:" + TOKEN + "@127.0.0.1:" + proxy.port()));
      assertThat(wrong)
          .exited(1)
          .printedNothing()
          .complained(
              "the proxy http://127.0.0.1:"
                  + proxy.port()
                  + " did not connect to the cluster: it said 407 Reason 407",
              "  hint: it does not accept the user and the password: correct them in https_proxy")
          .neverShowed(TOKEN);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | ask those who run it to allow cluster.invalid, or name that host in NO_PROXY",
        "403 | ask those who run it to allow cluster.invalid, or name that host in NO_PROXY",
        "404 | ask those who run it to allow cluster.invalid, or name that host in NO_PROXY",
        "302 | ask those who run it to allow cluster.invalid, or name that host in NO_PROXY",
        "201 | ask those who run it to allow cluster.invalid, or name that host in NO_PROXY",
        "407 | it asks for a user and a password: give them in HTTPS_PROXY",
        "502 | it cannot reach the cluster: check the URL https://cluster.invalid, then ask those"
            + " who run the proxy",
      })
  void aProxyThatRefusesIsNotTakenForTheCluster(int status, String hint) {
    String answer = ScriptedServer.json(status, "{\"code\":1,\"message\":\"not the cluster's\"}");
    try (ForwardProxy proxy = ForwardProxy.refusing(answer)) {
      assertThat(plan(at(proxy).with(SecretVariables.MANAGEMENT_TOKEN, TOKEN), "--debug"))
          .exited(1)
          .printedNothing()
          .complained(
              "the proxy http://127.0.0.1:"
                  + proxy.port()
                  + " did not connect to the cluster: it said "
                  + status,
              "  hint: " + hint)
          .neverShowed("not the cluster's")
          .neverShowed("token is wrong")
          .neverShowed(TOKEN);
      Assertions.assertThat(String.join("", proxy.requests()))
          .doesNotContain(TOKEN)
          .doesNotContain("more");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NTLM | NTLM | NTLM",
        "Negotiate, NTLM TlRMTVNTUAAC= | Negotiate or NTLM | Negotiate",
        "Digest realm=\"a, b\", qop=\"auth\", nonce=abc | Digest | Digest",
        "Kerberos, in another header Negotiate | Kerberos or Negotiate | Kerberos",
      })
  void aProxyThatWantsAnotherLogInIsToldApart(String challenge, String schemes, String first) {
    String answer =
        ScriptedServer.answer(
            407,
            "Proxy-Authenticate: "
                + challenge.replace(", in another header", "\r\nProxy-Authenticate:"),
            "");
    try (ForwardProxy proxy = ForwardProxy.refusing(answer)) {
      assertThat(
              plan(
                  cli()
                      .with("HTTPS_PROXY", "http://me:" + PASSWORD + "@127.0.0.1:" + proxy.port())))
          .exited(1)
          .printedNothing()
          .complained(
              "it said 407 Reason 407",
              "  hint: it asks for "
                  + schemes
                  + ", and only Basic is spoken here: have it accept Basic, start a local proxy that"
                  + " speaks "
                  + first
                  + " to it (such as cntlm or px) and name that one in HTTPS_PROXY, or name"
                  + " cluster.invalid in NO_PROXY\n")
          .neverShowed(PASSWORD);
    }
  }

  @Test
  void aProxyThatAcceptsBasicBesidesOthersIsGivenThePassword() {
    String answer =
        ScriptedServer.answer(
            407, "Proxy-Authenticate: NTLM\r\nProxy-Authenticate: Basic realm=\"x\"", "");
    try (ForwardProxy proxy = ForwardProxy.refusing(answer)) {
      assertThat(plan(at(proxy)))
          .exited(1)
          .complained("  hint: it asks for a user and a password: give them in HTTPS_PROXY");
    }
  }

  @Test
  void aProxyThatIsNotThereIsNamed() {
    int port;
    try (ForwardProxy proxy = ForwardProxy.refusing("")) {
      port = proxy.port();
    }
    assertThat(
            plan(
                cli().with("HTTPS_PROXY", "http://me:" + PASSWORD + "@127.0.0.1:" + port),
                "--max-attempts",
                "1"))
        .exited(1)
        .complained(
            "nothing answers at http://127.0.0.1:" + port,
            "  hint: this is the proxy: check HTTPS_PROXY")
        .neverShowed(PASSWORD);
    assertThat(plan(cli().with("HTTPS_PROXY", "proxy.invalid:3128"), "--max-attempts", "1"))
        .exited(1)
        .complained(
            "there is no host proxy.invalid", "  hint: this is the proxy: check HTTPS_PROXY");
  }

  @Test
  void aProxyThatIsNoneIsNotUsed() {
    assertThat(plan(cli().with("HTTPS_PROXY", "socks5://me:" + PASSWORD + "@127.0.0.1:1")))
        .exited(1)
        .complained("error: HTTPS_PROXY is not the URL of an http:// proxy")
        .neverShowed(PASSWORD);
  }

  @Test
  void whatNoProxyNamesIsReachedDirectly() {
    try (ForwardProxy proxy = ForwardProxy.refusing("HTTP/1.1 403 No\r\n\r\n")) {
      assertThat(plan(at(proxy).with("NO_PROXY", ".invalid"), "--max-attempts", "1"))
          .exited(1)
          .complained("there is no host cluster.invalid");
      Assertions.assertThat(proxy.requests()).isEmpty();
    }
  }

  @Test
  void thisMachineIsReachedDirectly() {
    try (ForwardProxy proxy = ForwardProxy.refusing("HTTP/1.1 403 No\r\n\r\n")) {
      String url = "http://127.0.0.1:" + proxy.port();
      for (String variable : List.of("HTTPS_PROXY", "HTTP_PROXY", "http_proxy", "ALL_PROXY")) {
        assertThat(cli().with(variable, url).run("plan")).exited(0);
      }
      Assertions.assertThat(proxy.requests()).isEmpty();
    }
  }

  @Test
  void theCertificateIsCheckedThroughTheProxyToo() {
    try (TlsFront front = TlsFront.before(sandbox.url().getPort(), CA.issue("proxy.invalid"));
        ForwardProxy proxy = ForwardProxy.to(front.port())) {
      assertThat(plan(at(proxy)))
          .exited(1)
          .complained("the certificate of cluster.invalid is for another host");
    }
  }

  private Cli at(ForwardProxy proxy) {
    return cli().with("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port());
  }

  private Cli.Run plan(Cli cli, String... more) {
    String[] args = new String[more.length + 5];
    args[0] = "plan";
    args[1] = "--url";
    args[2] = "https://cluster.invalid";
    args[3] = "--ca-file";
    args[4] = "ca.pem";
    System.arraycopy(more, 0, args, 5, more.length);
    return cli.run(args);
  }
}
