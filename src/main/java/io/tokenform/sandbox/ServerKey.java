package io.tokenform.sandbox;

import io.tokenform.access.BoundedFile;
import io.tokenform.access.FileProblem;
import io.tokenform.access.Secret;
import io.tokenform.access.ShellWord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The private keys with which a sandbox speaks TLS, each with its certificates. */
public final class ServerKey {
  private static final int LARGEST_FILE = 1 << 20;

  private final SSLContext context;

  private ServerKey(SSLContext context) {
    this.context = context;
  }

  /**
   * Reads a PKCS #12 file. Of several keys, each client gets one that it can use, rather one whose
   * certificate is for servers.
   *
   * @throws SandboxException if the file cannot be read, or has no key with a certificate
   * @throws WrongPasswordException if the password is that of another file
   */
  public static ServerKey read(Path file, Secret password) throws WrongPasswordException {
    char[] word = password.reveal().toCharArray();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(content(file)), word);
      if (!hasKey(store)) {
        throw new SandboxException("the key file " + file + " has no private key with certificate");
      }
      // Unlike the default one, it prefers keys whose certificate is meant for a server.
      KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
      factory.init(store, word);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return new ServerKey(context);
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw new WrongPasswordException(file, e);
      }
      throw notUsable(file, e);
    } catch (UnrecoverableKeyException e) {
      throw new WrongPasswordException(file, e);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw e instanceof SandboxException told ? told : notUsable(file, e);
    }
  }

  private static byte[] content(Path file) {
    try {
      return BoundedFile.read(file, LARGEST_FILE);
    } catch (NoSuchFileException e) {
      throw new SandboxException(
          "the key file " + file + " does not exist",
          "make one: keytool -genkeypair -alias sandbox -keyalg EC -dname CN=sandbox -ext san=ip:127.0.0.1"
              + " -storetype PKCS12 -storepass changeit -keystore "
              + ShellWord.of(file.toString()),
          e);
    } catch (IOException e) {
      throw new SandboxException("cannot read the key file " + file + ": " + FileProblem.of(e), e);
    }
  }

  private static boolean hasKey(KeyStore store) throws GeneralSecurityException {
    for (String name : Collections.list(store.aliases())) {
      if (store.entryInstanceOf(name, KeyStore.PrivateKeyEntry.class)) {
        return true;
      }
    }
    return false;
  }

  /** What Java says of a file in another format is about its bytes, and helps nobody. */
  private static SandboxException notUsable(Path file, Exception e) {
    return new SandboxException(
        "the key file " + file + " is not in PKCS #12 format",
        "to make one from a certificate and a key in PEM: openssl pkcs12 -export -in cert.pem"
            + " -inkey key.pem -passout pass:changeit -out sandbox.p12",
        e);
  }

  SSLContext context() {
    return context;
  }

  /** A file opens with another password. The message, which is for the user, names the file. */
  public static final class WrongPasswordException extends Exception {
    private static final long serialVersionUID = 1L;

    private WrongPasswordException(Path file, Exception cause) {
      super("the key file " + file + " opens with another password", cause);
    }
  }
}
