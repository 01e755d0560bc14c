package io.tokenform.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** A certificate authority for one test: nothing of it is kept. */
public final class CertificateAuthority {
  private static final AtomicInteger SERIALS = new AtomicInteger();

  private final Identity self;

  private CertificateAuthority(Identity self) {
    this.self = self;
  }

  /** Somebody with a certificate and its key. */
  public record Identity(X509Certificate certificate, PrivateKey key) {}

  public static CertificateAuthority create() {
    try {
      KeyPair keys = ecKeys();
      X500Principal name = new X500Principal("CN=Test CA " + SERIALS.incrementAndGet());
      X509v3CertificateBuilder builder = builder(name, name, keys, 1);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      return new CertificateAuthority(
          new Identity(signed(builder, keys.getPrivate()), keys.getPrivate()));
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  public X509Certificate certificate() {
    return self.certificate();
  }

  /** Whether a certificate is signed by this authority. */
  boolean hasIssued(X509Certificate certificate) {
    try {
      certificate.verify(self.certificate().getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** TLS of a client that trusts this authority alone. */
  public SSLContext client() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("root", self.certificate());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A certificate for these hosts, which are names or IPv4 addresses. */
  public Identity issue(String... hosts) {
    return issue(ecKeys(), 1, hosts);
  }

  /** One whose time is over. */
  public Identity issueExpired(String... hosts) {
    return issue(ecKeys(), -1, hosts);
  }

  public Identity issue(KeyPair keys, int daysLeft, String... hosts) {
    try {
      X500Principal name = new X500Principal("CN=" + (hosts.length == 0 ? "client" : hosts[0]));
      X509v3CertificateBuilder builder =
          builder(self.certificate().getSubjectX500Principal(), name, keys, daysLeft);
      if (hosts.length > 0) {
        GeneralName[] names = new GeneralName[hosts.length];
        for (int i = 0; i < hosts.length; i++) {
          boolean isAddress = hosts[i].matches("[0-9.]+");
          names[i] =
              new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, hosts[i]);
        }
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      return new Identity(signed(builder, self.key()), keys.getPrivate());
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  public static KeyPair ecKeys() {
    return keys("EC");
  }

  public static KeyPair rsaKeys() {
    return keys("RSA");
  }

  private static KeyPair keys(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      } else {
        generator.initialize(2048);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509v3CertificateBuilder builder(
      X500Principal issuer, X500Principal subject, KeyPair keys, int daysLeft) {
    Instant now = Instant.now();
    return new JcaX509v3CertificateBuilder(
        issuer,
        BigInteger.valueOf(SERIALS.incrementAndGet()),
        Date.from(now.minus(2, ChronoUnit.DAYS)),
        Date.from(now.plus(daysLeft, ChronoUnit.DAYS)),
        subject,
        keys.getPublic());
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
  }

  /** A certificate, or a key in its older form, as OpenSSL writes it. */
  public static String pem(Object certificateOrKey) {
    try {
      if (certificateOrKey instanceof ECPrivateKey key) {
        // The curve stands in the key, as OpenSSL has it, and as Java has not.
        return written(
            new PemObject(
                "EC PRIVATE KEY",
                new org.bouncycastle.asn1.sec.ECPrivateKey(
                        key.getParams().getOrder().bitLength(),
                        key.getS(),
                        PrivateKeyInfo.getInstance(key.getEncoded())
                            .getPrivateKeyAlgorithm()
                            .getParameters())
                    .getEncoded()));
      }
      return written(new JcaMiscPEMGenerator(certificateOrKey).generate());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A key in PKCS #8. */
  public static String pkcs8(PrivateKey key) {
    return written(new PemObject("PRIVATE KEY", key.getEncoded()));
  }

  private static String written(PemObject object) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  /** Writes somebody's key, with the certificates up to this authority, as PKCS #12. */
  public Path writePkcs12(Path file, Identity identity, String password) {
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "server",
          identity.key(),
          password.toCharArray(),
          new Certificate[] {identity.certificate(), self.certificate()});
      store.store(out, password.toCharArray());
      return file;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the authority's certificate, without a key, as PKCS #12. */
  public Path writePkcs12(Path file, String password) {
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("root", self.certificate());
      store.store(out, password.toCharArray());
      return file;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the authority's certificate into a file. */
  public Path write(Path file) throws IOException {
    return Files.writeString(file, pem(self.certificate()));
  }
}
