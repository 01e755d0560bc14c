package io.tokenform.cluster.transport;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Why TLS came to nothing, as far as Java's exceptions tell. */
public enum TlsProblem {
  UNKNOWN_CA,
  EXPIRED,
  OTHER_HOST,
  CLIENT_CERTIFICATE,
  NO_TLS,
  OTHER;

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

  /** Alerts have no type of their own: their names are RFC 8446's, 6.2. */
  private static TlsProblem ofMessage(SSLException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("no subject alternative") || message.contains("no name matching")) {
      return OTHER_HOST;
    }
    if (message.contains("fatal alert")) {
      // These speak of our certificate; of the server's, the client is the one who complains.
      return message.contains("certificate") || message.contains("unknown_ca")
          ? CLIENT_CERTIFICATE
          : OTHER;
    }
    return message.contains("unsupported or unrecognized ssl message") ? NO_TLS : OTHER;
  }
}
