package io.tokenform.cluster.transport;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tokenform.access.Flag;
import io.tokenform.cluster.settings.Setting;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.cluster.settings.TlsFiles;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;

/** Whom TLS trusts, and the certificate that it shows. */
public final class Trust {
  private static final char[] NO_PASSWORD = {};

  /** Made when somebody asks: it takes long, and many runs have no use for it. */
  @GuardedBy("Trust.class")
  private static Trust usual;

  private final SSLContext context;
  private final boolean insecure;
  private final Optional<Setting> certificate;

  private Trust(SSLContext context, boolean insecure, Optional<Setting> certificate) {
    this.context = context;
    this.insecure = insecure;
    this.certificate = certificate;
  }

  /**
   * Reads the files; without any there is nothing to say.
   *
   * @param directory where relative paths begin
   * @throws SettingsException if one cannot be used, or if a key and a certificate do not match
   */
  public static Optional<Trust> of(TlsFiles files, Path directory) throws SettingsException {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    try {
      SSLContext context = context(keys(files, directory), trusted(files, directory));
      return Optional.of(new Trust(context, files.insecure().isPresent(), files.certificate()));
    } catch (GeneralSecurityException | IOException e) {
      throw new SettingsException("Java cannot prepare TLS with these files: " + e, null);
    }
  }

  /**
   * Whom Java trusts, and no client certificate; the same for all who ask.
   *
   * @throws IllegalStateException if Java cannot prepare TLS, each time with the reason
   */
  public static synchronized Trust usual() {
    if (usual == null) {
      try {
        usual = new Trust(context(Optional.empty(), null), false, Optional.empty());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java has TLS", e);
      }
    }
    return usual;
  }

  private static SSLContext context(Optional<X509KeyManager> keys, TrustManager[] trusted)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {new CertificateRequests.Keys(keys)}, trusted, null);
    return context;
  }

  public SSLContext context() {
    return context;
  }

  /** Whether any server is believed to be the right one. */
  public boolean isInsecure() {
    return insecure;
  }

  /** The file of the client certificate for servers that ask for one. */
  public Optional<String> certificate() {
    return certificate.map(Setting::value);
  }

  private static TrustManager[] trusted(TlsFiles files, Path directory)
      throws SettingsException, GeneralSecurityException, IOException {
    if (files.insecure().isPresent()) {
      return new TrustManager[] {new TrustEverybody()};
    }
    if (files.ca().isEmpty()) {
      return null; // Java's own.
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int count = 0;
    for (Certificate certificate : PemFile.read(files.ca().get(), directory).certificates()) {
      store.setCertificateEntry("ca-" + count++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static Optional<X509KeyManager> keys(TlsFiles files, Path directory)
      throws SettingsException, GeneralSecurityException, IOException {
    if (files.certificate().isEmpty()) {
      if (files.key().isPresent()) {
        throw new SettingsException(
            files.key().get().origin() + " is used only with a client certificate",
            "give " + Flag.CLIENT_CERT + " too");
      }
      return Optional.empty();
    }
    PemFile file = PemFile.read(files.certificate().get(), directory);
    List<Certificate> chain = file.certificates();
    if (files.key().isEmpty() && !file.hasKey()) {
      throw new SettingsException(
          files.certificate().get().origin()
              + " "
              + files.certificate().get().value()
              + ": its private key is missing",
          "give " + Flag.CLIENT_KEY + ", or put the key into the certificate's file");
    }
    PrivateKey key =
        files.key().isPresent() ? PemFile.read(files.key().get(), directory).key() : file.key();
    if (!belong(key, chain.get(0))) {
      throw new SettingsException(
          "the client key is not the key of the client certificate "
              + files.certificate().get().value(),
          "give the certificate and the key that were made together; the client's certificate comes"
              + " first in its file");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(new Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return Arrays.stream(factory.getKeyManagers())
        .filter(X509KeyManager.class::isInstance)
        .map(X509KeyManager.class::cast)
        .findFirst();
  }

  /** Whether the certificate's holder has that key. */
  private static boolean belong(PrivateKey key, Certificate certificate)
      throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
      return false;
    }
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> null;
        };
    if (algorithm == null) {
      return true; // The server will tell.
    }
    byte[] text = {1, 2, 3};
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(text);
    Signature verifying = Signature.getInstance(algorithm);
    verifying.initVerify(certificate.getPublicKey());
    verifying.update(text);
    return verifying.verify(signing.sign());
  }

  /** For {@code --insecure}: an extended one, since Java checks names behind any other. */
  private static final class TrustEverybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
