package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.access.ShellWord;
import io.tokenform.testing.CertificateAuthority;
import io.tokenform.testing.CertificateAuthority.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sandbox --tls}. */
class SandboxTlsTest {
  private static final Pattern LISTENS = Pattern.compile("listens at (https://[0-9.:]+)\n");

  private static final CertificateAuthority CA = CertificateAuthority.create();
  private static final Identity SERVER = CA.issue("127.0.0.1");

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    CA.write(folder.resolve("ca.pem"));
    CA.writePkcs12(folder.resolve("tls.p12"), SERVER, "changeit");
    Files.writeString(folder.resolve("seed.json"), CommandTest.SEED);
    Files.writeString(
        folder.resolve("tokens.yaml"),
        """
        version: 1
        cluster:
          product: cloud-dedicated
          accountId: aaaaaaaa-0000-4000-8000-000000000001
          clusterId: cccccccc-0000-4000-8000-000000000001
        """
            + CommandTest.TOKENS);
  }

  @Test
  void aClientThatTrustsItsAuthorityPlansAndApplies() throws Exception {
    Cli.Run served =
        serve(
            Cli.in(folder),
            url -> {
              assertThat(client(url, "plan")).exited(0).printed("2 to update");
              assertThat(client(url, "apply", "--auto-approve"))
                  .exited(0)
                  .printed("2 applied, 0 failed");
              assertThat(client(url, "plan")).exited(0).printed("Nothing to change");
            });

    assertThat(served).exited(130).complained("GET /api/v0/accounts/", "PATCH /api/v0/accounts/");
  }

  @Test
  void aClientThatTrustsOthersIsNotAnswered() throws Exception {
    Cli.Run served =
        serve(
            Cli.in(folder),
            url ->
                assertThat(
                        Cli.in(folder)
                            .withManagementToken()
                            .run("plan", "--url", url.toString(), "--max-attempts", "1"))
                    .exited(1)
                    .complained(
                        "the certificate of 127.0.0.1 is not signed by a CA that is trusted here"));

    Assertions.assertThat(served.err()).doesNotContain("GET ");
  }

  @Test
  void aKeyOfAnotherKindServesToo() throws Exception {
    CA.writePkcs12(
        folder.resolve("tls.p12"),
        CA.issue(CertificateAuthority.rsaKeys(), 1, "127.0.0.1"),
        "changeit");

    serve(Cli.in(folder), url -> assertThat(client(url, "plan")).exited(0));
  }

  @Test
  void thePasswordComesFromItsVariable() throws Exception {
    CA.writePkcs12(folder.resolve("tls.p12"), SERVER, "of my own");

    Cli.Run served =
        serve(
            Cli.in(folder).with("TOKENFORM_SANDBOX_TLS_PASSWORD", "of my own"),
            url -> assertThat(client(url, "plan")).exited(0));

    assertThat(served).exited(130).neverShowed("of my own");
  }

  @Test
  void anotherPasswordIsSaidToBeWrong() {
    CA.writePkcs12(folder.resolve("tls.p12"), SERVER, "of my own");

    assertThat(sandbox(Cli.in(folder)))
        .exited(1)
        .printedNothing()
        .complained(
            "error: the key file " + folder.resolve("tls.p12") + " opens with another password\n",
            "  hint: put its password into the variable TOKENFORM_SANDBOX_TLS_PASSWORD\n");
    assertThat(sandbox(Cli.in(folder).with("TOKENFORM_SANDBOX_TLS_PASSWORD", "a guess")))
        .exited(1)
        .printedNothing()
        .complained(
            " opens with another password\n",
            "  hint: the password comes from the variable TOKENFORM_SANDBOX_TLS_PASSWORD\n")
        .neverShowed("a guess");
  }

  @Test
  void aFileWithoutAKeyIsNamed() {
    CA.writePkcs12(folder.resolve("tls.p12"), "changeit");

    assertThat(sandbox(Cli.in(folder)))
        .exited(1)
        .printedNothing()
        .complained(
            "error: the key file "
                + folder.resolve("tls.p12")
                + " has no private key with certificate\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "no key", "-----BEGIN CERTIFICATE-----\n", "0\u0082\u0001\u0002\u0003"})
  void aFileInAnotherFormatIsNamed(String content) throws IOException {
    Files.writeString(folder.resolve("tls.p12"), content, StandardCharsets.ISO_8859_1);

    assertThat(sandbox(Cli.in(folder)))
        .exited(1)
        .printedNothing()
        .complained(
            "error: the key file " + folder.resolve("tls.p12") + " is not in PKCS #12 format\n",
            "  hint: to make one from a certificate and a key in PEM: openssl pkcs12 -export");
  }

  @Test
  void aFileThatIsMissingIsNamed() throws IOException {
    Files.delete(folder.resolve("tls.p12"));

    assertThat(sandbox(Cli.in(folder)))
        .exited(1)
        .printedNothing()
        .complained(
            "error: the key file " + folder.resolve("tls.p12") + " does not exist\n",
            "  hint: make one: keytool -genkeypair ",
            " -keystore " + ShellWord.of(folder.resolve("tls.p12").toString()) + "\n");
  }

  @Test
  void faultsHappenOverTlsToo() throws Exception {
    Cli.Run served =
        serve(
            Cli.in(folder),
            url -> {
              assertThat(client(url, "plan")).exited(0);
              assertThat(client(url, "apply", "--auto-approve"))
                  .exited(0)
                  .printed("2 applied, 0 failed");
            },
            "--fault",
            "reset,on=GET,first=1",
            "--fault",
            "half,on=GET,skip=1,first=2",
            "--fault",
            "reset,acts,on=PATCH,first=1",
            "--fault",
            "half,on=PATCH,skip=1,first=2");

    assertThat(served)
        .exited(130)
        .complained("fault: reset before acting", "fault: reset after acting", "fault: half");
  }

  @Test
  void aClientThatSaysNothingKeepsNobodyOut() throws Exception {
    serve(
        Cli.in(folder),
        url -> {
          try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            Assertions.assertThat(silent.isConnected()).isTrue();
            assertThat(client(url, "plan")).exited(0);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void bothVersionsOfTlsAreSpoken() throws Exception {
    serve(
        Cli.in(folder),
        url -> {
          Assertions.assertThat(handshake(url, "TLSv1.3")).isEqualTo("TLSv1.3");
          Assertions.assertThat(handshake(url, "TLSv1.2")).isEqualTo("TLSv1.2");
        });
  }

  @Test
  void aResetIsOneAndHalfAnAnswerEndsAsTlsDoes() throws Exception {
    serve(
        Cli.in(folder),
        url -> {
          try (SSLSocket socket = requested(url, "TLSv1.3")) {
            Assertions.assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
          try (SSLSocket socket = requested(url, "TLSv1.3")) {
            String answer =
                new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Assertions.assertThat(answer).startsWith("HTTP/1.1 200 ").doesNotContain("logs");
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        },
        "--fault",
        "reset,first=1",
        "--fault",
        "half");
  }

  /** The protocol that comes of a client's offer. */
  private static String handshake(URI url, String protocol) {
    try (SSLSocket socket = requested(url, protocol)) {
      return socket.getSession().getProtocol();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection with a request for the databases on its way. */
  private static SSLSocket requested(URI url, String protocol) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            CA.client()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), url.getPort());
    socket.setEnabledProtocols(new String[] {protocol});
    socket
        .getOutputStream()
        .write(
            String.join(
                    "\r\n",
                    "GET /api/v0/databases HTTP/1.1",
                    "Host: sandbox",
                    "Authorization: Bearer sandbox-management-token",
                    "",
                    "")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** One that does not start. */
  private static Cli.Run sandbox(Cli cli) {
    return cli.run("sandbox", "--listen", "127.0.0.1:0", "--tls", "tls.p12");
  }

  private Cli.Run client(URI url, String command, String... options) {
    List<String> args =
        new ArrayList<>(List.of(command, "--url", url.toString(), "--ca-file", "ca.pem"));
    args.addAll(List.of(options));
    return Cli.in(folder).withManagementToken().run(args.toArray(String[]::new));
  }

  /** Runs a sandbox for as long as somebody uses it. */
  private static Cli.Run serve(Cli cli, Consumer<URI> user, String... options) throws Exception {
    CompletableFuture<URI> place = new CompletableFuture<>();
    cli.readBy(
        text -> {
          Matcher listens = LISTENS.matcher(text);
          if (listens.find()) {
            place.complete(URI.create(listens.group(1)));
          }
        });
    List<String> args =
        new ArrayList<>(
            List.of(
                "sandbox", "--listen", "127.0.0.1:0", "--seed", "seed.json", "--tls", "tls.p12"));
    args.addAll(List.of(options));
    CompletableFuture<Cli.Run> run = new CompletableFuture<>();
    Thread serving =
        new Thread(
            () -> {
              Cli.Run ended = cli.run(args.toArray(String[]::new));
              place.completeExceptionally(new AssertionError("it ended: " + ended.err()));
              run.complete(ended);
            },
            "serving");
    serving.start();
    try {
      user.accept(place.get(15, TimeUnit.MINUTES));
    } finally {
      serving.interrupt();
    }
    return run.get(15, TimeUnit.MINUTES);
  }
}
