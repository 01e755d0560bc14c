package io.tokenform.cluster.transport;

import java.io.EOFException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Why TLS came to nothing, as far as Java's exceptions tell. */
public enum TlsProblem {
  UNKNOWN_CA,
  EXPIRED,
  OTHER_HOST,
  CLIENT_CERTIFICATE,

  /**
   * There is no agreement on how to go on, or a certificate is missing: with TLS 1.2 nobody says.
   */
  HANDSHAKE,

  NO_TLS,
  OTHER;

  private static final String ALERT = "fatal alert: ";

  public static TlsProblem of(SSLException e) {
    TlsProblem problem = OTHER;
    int depth = 0;
    for (Throwable cause = e; cause != null && depth < 20; cause = cause.getCause(), depth++) {
      // An expired certificate is told at the end of a chain that begins as an unknown CA's does.
      if (cause instanceof CertificateExpiredException
          || cause instanceof CertificateNotYetValidException
          || (cause instanceof CertPathValidatorException path
              && path.getReason() == CertPathValidatorException.BasicReason.EXPIRED)) {
        return EXPIRED;
      }
      if (cause instanceof CertPathBuilderException
          || cause instanceof CertPathValidatorException) {
        problem = UNKNOWN_CA;
      }
      if (cause instanceof SSLPeerUnverifiedException) {
        return OTHER_HOST;
      }
    }
    return problem == OTHER ? ofMessage(e) : problem;
  }

  /** The server's last word, where it had one: an alert's name (RFC 8446, 6.2). */
  public static Optional<String> alert(SSLException e) {
    String message = String.valueOf(e.getMessage());
    int start = message.indexOf(ALERT);
    return start < 0
        ? Optional.empty()
        : Optional.of(message.substring(start + ALERT.length()).strip().toLowerCase(Locale.ROOT));
  }

  /** Whether it was the other end that went away, with a last word or without one. */
  public static boolean isOfOtherEnd(SSLException e) {
    return isCutOff(e)
        || alert(e).isPresent()
        || String.valueOf(e.getMessage()).contains("close_notify");
  }

  /** Whether the other end went away in the middle, as one that is restarted does. */
  public static boolean isCutOff(SSLException e) {
    return e.getCause() instanceof EOFException || e.getCause() instanceof SocketException;
  }

  /** Alerts have no type of their own: their names are RFC 8446's, 6.2. */
  private static TlsProblem ofMessage(SSLException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("no subject alternative") || message.contains("no name matching")) {
      return OTHER_HOST;
    }
    Optional<String> alert = alert(e);
    if (alert.isPresent()) {
      // These speak of our certificate; of the server's, the client is the one who complains.
      return switch (alert.get()) {
        case "unknown_ca", "access_denied", "decrypt_error" -> CLIENT_CERTIFICATE;
        case "handshake_failure" -> HANDSHAKE;
        default -> alert.get().contains("certificate") ? CLIENT_CERTIFICATE : OTHER;
      };
    }
    return message.contains("unsupported or unrecognized ssl message") ? NO_TLS : OTHER;
  }
}
