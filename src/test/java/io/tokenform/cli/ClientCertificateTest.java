package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;
import static io.tokenform.testing.CertificateAuthority.pem;
import static io.tokenform.testing.CertificateAuthority.pkcs8;

import io.tokenform.testing.CertificateAuthority;
import io.tokenform.testing.CertificateAuthority.Identity;
import io.tokenform.testing.TlsFront;
import io.tokenform.testing.TlsFront.Clients;
import io.tokenform.testing.TlsFront.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers that ask for a client certificate, and how they end where they do not get it. An alert
 * may be lost when they close, so a test names each text that is true, and the same thing is tried
 * several times.
 */
class ClientCertificateTest extends CommandTest {
  private static final CertificateAuthority CA = CertificateAuthority.create();
  private static final Identity SERVER = CA.issue("localhost", "127.0.0.1");

  private static final int TIMES = Integer.getInteger("tokenform.tls.times", 3);

  private static final String GIVE = "give --client-cert and --client-key";
  private static final String GIVE_OTHER =
      "give a client certificate that is valid, and of a CA that the server trusts, in"
          + " --client-cert";

  @BeforeEach
  void files() throws IOException {
    CA.write(folder.resolve("ca.pem"));
    write("right.pem", CA.issue());
    write("foreign.pem", CertificateAuthority.create().issue());
    policyForSandbox(TOKENS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void oneThatIsMissingIsAskedFor(String protocol) {
    try (TlsFront front = front(protocol, true, Refusal.ALERT)) {
      for (int i = 0; i < TIMES; i++) {
        assertOneOf(
            plan(front),
            "localhost asks for a client certificate (ALERT)\n  hint: " + GIVE + "\n",
            "localhost asked for a client certificate, got none, and ended the connection\n"
                + "  hint: it may insist on one: "
                + GIVE
                + "; or the network failed: try again\n");
      }
    }
    Assertions.assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void oneOfAnotherCaIsNamed(String protocol) {
    for (Refusal refusal : new Refusal[] {Refusal.ALERT, Refusal.NONE}) {
      try (TlsFront front = front(protocol, false, refusal)) {
        for (int i = 0; i < TIMES; i++) {
          assertOneOf(
              plan(front, "--client-cert", "foreign.pem"),
              "localhost refuses the client certificate foreign.pem (ALERT)\n  hint: "
                  + GIVE_OTHER
                  + "\n",
              "localhost asked for a client certificate, got foreign.pem, and ended the"
                  + " connection\n  hint: it may not accept that one: "
                  + GIVE_OTHER
                  + "; or the network failed: try again\n");
        }
      }
    }
    Assertions.assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void oneOfACaThatTheServerDoesNotNameIsNotSent(String protocol) {
    try (TlsFront front = front(protocol, true, Refusal.ALERT)) {
      for (int i = 0; i < TIMES; i++) {
        assertOneOf(
            plan(front, "--client-cert", "foreign.pem"),
            "localhost asks for another client certificate than foreign.pem (ALERT)\n  hint: "
                + GIVE_OTHER
                + "\n",
            "localhost asked for another client certificate than foreign.pem, got none, and ended"
                + " the connection\n  hint: it may insist on one: "
                + GIVE_OTHER
                + "; or the network failed: try again\n");
      }
    }
    Assertions.assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aServerThatHangsUpWithoutAWordIsUnderstoodAsFarAsCanBe(String protocol) {
    for (Refusal refusal : new Refusal[] {Refusal.RESET, Refusal.CLOSE}) {
      try (TlsFront front = front(protocol, false, refusal)) {
        for (int i = 0; i < TIMES; i++) {
          assertOneOf(
              plan(front),
              "localhost asked for a client certificate, got none, and ended the connection\n"
                  + "  hint: it may insist on one: "
                  + GIVE
                  + "; or the network failed: try again\n");
          assertOneOf(
              plan(front, "--client-cert", "foreign.pem"),
              "localhost asked for a client certificate, got foreign.pem, and ended the"
                  + " connection\n  hint: it may not accept that one: "
                  + GIVE_OTHER
                  + "; or the network failed: try again\n");
        }
      }
    }
    Assertions.assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void theRightOneIsAccepted(String protocol) {
    for (Refusal refusal : Refusal.values()) {
      try (TlsFront front = front(protocol, true, refusal)) {
        assertThat(plan(front, "--client-cert", "right.pem")).exited(0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aServerThatGoesOnWithoutOneIsNotSaidToInsist(String protocol) {
    try (TlsFront front = front(protocol, true, Refusal.NONE)) {
      assertThat(plan(front)).exited(0);
      assertThat(plan(front, "--client-cert", "foreign.pem")).exited(0);

      sandbox.close();
      // The server behind it is gone, which is no matter of certificates: it says "may" of them.
      assertOneOf(
          plan(front),
          "localhost asked for a client certificate, got none, and ended the connection\n"
              + "  hint: it may insist on one: "
              + GIVE
              + "; or the network failed: try again\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void doctorSaysTheSame(String protocol) {
    try (TlsFront front = front(protocol, false, Refusal.ALERT)) {
      for (int i = 0; i < TIMES; i++) {
        Cli.Run run = run("doctor", front, "--client-cert", "foreign.pem");
        assertThat(run)
            .exited(1)
            .printed("FAIL", " client certificate", " foreign.pem", GIVE_OTHER);
        run = run("doctor", front);
        assertThat(run).exited(1).printed("FAIL", "for a client certificate", GIVE);
      }
    }
  }

  private static void assertOneOf(Cli.Run run, String... errors) {
    assertThat(run).exited(1).printedNothing();
    String error =
        run.err()
            .substring(run.err().indexOf("error: "))
            .replaceFirst(": localhost", "\nlocalhost")
            .replaceFirst("\\([a-z_]+\\)", "(ALERT)");
    Assertions.assertThat(error.substring(error.indexOf('\n') + 1)).isIn((Object[]) errors);
  }

  private TlsFront front(String protocol, boolean isNamed, Refusal refusal) {
    return TlsFront.before(
        sandbox.url().getPort(), SERVER, new Clients(CA, isNamed, protocol, refusal));
  }

  private Cli.Run plan(TlsFront front, String... options) {
    return run("plan", front, options);
  }

  private Cli.Run run(String command, TlsFront front, String... options) {
    String[] args = new String[options.length + 7];
    args[0] = command;
    args[1] = "--url";
    args[2] = "https://localhost:" + front.port();
    args[3] = "--ca-file";
    args[4] = "ca.pem";
    args[5] = "--max-attempts";
    args[6] = "1";
    System.arraycopy(options, 0, args, 7, options.length);
    return cli().run(args);
  }

  private void write(String name, Identity identity) throws IOException {
    Files.writeString(folder.resolve(name), pem(identity.certificate()) + pkcs8(identity.key()));
  }
}
