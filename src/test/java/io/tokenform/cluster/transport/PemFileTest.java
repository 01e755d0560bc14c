package io.tokenform.cluster.transport;

import static io.tokenform.testing.CertificateAuthority.pem;
import static io.tokenform.testing.CertificateAuthority.pkcs8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.cluster.settings.Setting;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.cluster.settings.TlsFiles;
import io.tokenform.testing.CertificateAuthority;
import io.tokenform.testing.CertificateAuthority.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys as OpenSSL writes them. */
class PemFileTest {
  private static final CertificateAuthority CA = CertificateAuthority.create();

  @TempDir Path folder;

  @Test
  void anRsaKeyMayBeInItsNewFormOrItsOldOne() throws Exception {
    PrivateKey key = CertificateAuthority.rsaKeys().getPrivate();

    assertThat(pem(key)).contains("BEGIN RSA PRIVATE KEY");
    assertThat(file(pem(key)).key()).isEqualTo(key);
    assertThat(file(pkcs8(key)).key()).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
  void aKeyOfACurveMayBeInItsNewFormOrItsOldOne(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    PrivateKey key = generator.generateKeyPair().getPrivate();

    assertThat(pem(key)).contains("BEGIN EC PRIVATE KEY");
    String parameters = block("EC PARAMETERS", "BggqhkjOPQMBBw==");
    for (String text : new String[] {pem(key), parameters + pem(key), pkcs8(key)}) {
      assertThat(((ECPrivateKey) file(text).key()).getS()).isEqualTo(((ECPrivateKey) key).getS());
    }
  }

  @Test
  void aFileMayHoldSeveralCertificatesAndWordsBetween() throws Exception {
    Identity other = CA.issue("a.example.com");
    String text =
        "Subject: CN=x\r\n" + pem(other.certificate()) + "\n# and\n" + pem(CA.certificate()) + "\n";

    assertThat(file(text.replace("\n", "\r\n")).certificates())
        .containsExactly(other.certificate(), CA.certificate());
    assertThat(file(text).hasKey()).isFalse();
  }

  @Test
  void aKeyWithAPasswordIsRefusedWithAWayOut() throws IOException {
    for (String text :
        new String[] {
          "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
          "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info:"
              + " AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n"
        }) {
      SettingsException refusal = refusal(text);
      assertThat(refusal)
          .hasMessage(
              "--client-key x.pem: its key is encrypted, and tokenform cannot ask for its"
                  + " password");
      assertThat(refusal.hint())
          .hasValue("write it without one: openssl pkcs8 -topk8 -nocrypt -in KEY -out PLAIN-KEY");
    }
  }

  @Test
  void whatIsNoKeyIsSaidToBeNone() throws IOException {
    assertThat(refusal("canary")).hasMessage("--client-key x.pem: it has no private key");
    assertThat(refusal(pem(CA.certificate())))
        .hasMessage("--client-key x.pem: it has no private key; it has CERTIFICATE");
    assertThat(refusal(block("PRIVATE KEY", "AAAA")))
        .hasMessage("--client-key x.pem: its PRIVATE KEY cannot be read");
    assertThat(refusal(block("DSA PRIVATE KEY", "AAAA")))
        .hasMessage("--client-key x.pem: its DSA PRIVATE KEY cannot be read");
    for (String body : new String[] {"", "MA==", "MIT/////", "MAMCAQE=", "MIE=", "MAMEAQE="}) {
      assertThat(refusal(block("EC PRIVATE KEY", body)))
          .as(body)
          .hasMessage("--client-key x.pem: its EC PRIVATE KEY cannot be read");
      assertThat(refusal(block("RSA PRIVATE KEY", body)))
          .as(body)
          .hasMessage("--client-key x.pem: its RSA PRIVATE KEY cannot be read");
    }
    assertThat(refusal(block("PRIVATE KEY", "A")))
        .hasMessage("--client-key x.pem: its PRIVATE KEY is not valid base64");
  }

  @Test
  void whatIsNoCertificateIsSaidToBeNone() throws IOException {
    assertThat(refusalOfCertificates("canary"))
        .hasMessage("--client-key x.pem: it has no certificate");
    assertThat(refusalOfCertificates(block("CERTIFICATE", "AAAA")))
        .hasMessage("--client-key x.pem: it has a certificate that cannot be read");
  }

  @Test
  void aFileThatIsNotThereIsSaidToBeMissing() {
    SettingsException refusal =
        catchThrowableOfType(
            SettingsException.class,
            () -> PemFile.read(new Setting("no.pem", "--ca-file"), folder));
    assertThat(refusal).hasMessage("--ca-file no.pem: there is no such file");
    assertThat(
            catchThrowableOfType(
                SettingsException.class, () -> PemFile.read(new Setting(".", "--ca-file"), folder)))
        .hasMessage("--ca-file .: it cannot be read");
  }

  @Test
  void aKeyAndItsCertificateBelongTogether() throws Exception {
    Identity client = CA.issue();
    Identity other = CA.issue();
    Identity rsa = CA.issue(CertificateAuthority.rsaKeys(), 1);

    for (Identity identity : new Identity[] {client, rsa}) {
      write("cert.pem", pem(identity.certificate()));
      write("key.pem", pem(identity.key()));
      assertThat(trust("cert.pem", "key.pem")).isPresent();
      write("both.pem", pem(identity.certificate()) + pem(identity.key()));
      assertThat(trust("both.pem", null)).isPresent();
    }
    write("cert.pem", pem(client.certificate()));
    for (Identity identity : new Identity[] {other, rsa}) {
      write("key.pem", pkcs8(identity.key()));
      assertThat(catchThrowableOfType(SettingsException.class, () -> trust("cert.pem", "key.pem")))
          .hasMessage("the client key is not the key of the client certificate cert.pem");
    }
    assertThat(catchThrowableOfType(SettingsException.class, () -> trust("cert.pem", null)))
        .hasMessage("--client-cert cert.pem: its private key is missing");
    assertThat(catchThrowableOfType(SettingsException.class, () -> trust(null, "key.pem")))
        .hasMessage("--client-key is used only with a client certificate");
  }

  private Optional<Trust> trust(String certificate, String key) throws SettingsException {
    return Trust.of(
        new TlsFiles(
            Optional.empty(),
            Optional.ofNullable(certificate).map(path -> new Setting(path, "--client-cert")),
            Optional.ofNullable(key).map(path -> new Setting(path, "--client-key")),
            Optional.empty()),
        folder);
  }

  private static String block(String type, String body) {
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private PemFile file(String text) throws IOException, SettingsException {
    write("x.pem", text);
    return PemFile.read(new Setting("x.pem", "--client-key"), folder);
  }

  private SettingsException refusal(String text) throws IOException {
    return catchThrowableOfType(SettingsException.class, () -> file(text).key());
  }

  private SettingsException refusalOfCertificates(String text) throws IOException {
    return catchThrowableOfType(SettingsException.class, () -> file(text).certificates());
  }
}
