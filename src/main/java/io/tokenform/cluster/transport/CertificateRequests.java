package io.tokenform.cluster.transport;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Notes for each call whether the server asked for a client certificate. A server that gets none,
 * or does not accept the one it gets, often hangs up before the alert that says so has arrived;
 * then this is all that is known of the reason.
 */
public final class CertificateRequests {
  private static final String NOTE = "tokenform.certificate-request";

  /**
   * What the connection that this thread made last was asked. Java tells its key managers neither
   * the call nor anything else to know it by, and asks them on the thread that speaks TLS.
   */
  private static final ThreadLocal<Note> LATEST = new ThreadLocal<>();

  private CertificateRequests() {}

  /** The same way to make connections, with a note on the call for each. */
  public static TlsSocketStrategy noted(TlsSocketStrategy tls) {
    return (socket, target, port, attachment, context) -> {
      Note note = new Note();
      LATEST.set(note);
      context.setAttribute(NOTE, note);
      return tls.upgrade(socket, target, port, attachment, context);
    };
  }

  /**
   * What the server asked on the connection that was made for this call; nothing where none was
   * made, or where it has begun to answer.
   */
  public static CertificateRequest of(HttpContext context) {
    return context.getAttribute(NOTE) instanceof Note note ? note.request : CertificateRequest.NONE;
  }

  /** The server has begun to answer, so what fails from now on has another reason. */
  static void settle(HttpContext context) {
    context.removeAttribute(NOTE);
  }

  private static final class Note {
    private CertificateRequest request = CertificateRequest.NONE;
  }

  /** Gives what another one gives, if there is one, and notes that it was asked. */
  static final class Keys extends X509ExtendedKeyManager {
    private final Optional<X509KeyManager> keys;

    Keys(Optional<X509KeyManager> keys) {
      this.keys = keys;
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      String alias = keys.map(it -> it.chooseClientAlias(types, issuers, socket)).orElse(null);
      Note note = LATEST.get();
      // Java may ask for one type of key after the other.
      if (note != null && note.request != CertificateRequest.MET) {
        note.request =
            alias != null
                ? CertificateRequest.MET
                : keys.isPresent() ? CertificateRequest.UNFIT : CertificateRequest.UNMET;
      }
      return alias;
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return keys.map(it -> it.getClientAliases(type, issuers)).orElse(null);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return keys.map(it -> it.getCertificateChain(alias)).orElse(null);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return keys.map(it -> it.getPrivateKey(alias)).orElse(null);
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return null; // No server is here.
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return null;
    }
  }
}
