package io.tokenform.cluster.settings;

import java.util.Objects;
import java.util.Optional;

/**
 * Which files TLS takes its trust and its client certificate from; each value is a path.
 *
 * @param ca the certificates to trust, in the place of Java's own
 * @param certificate what shows the server who is here
 * @param key its key; absent where it is in the certificate's file
 * @param insecure who asks that the server's certificate is not checked, if anybody does
 */
public record TlsFiles(
    Optional<Setting> ca,
    Optional<Setting> certificate,
    Optional<Setting> key,
    Optional<Setting> insecure) {
  public TlsFiles {
    Objects.requireNonNull(ca, "ca");
    Objects.requireNonNull(certificate, "certificate");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(insecure, "insecure");
  }

  public static TlsFiles none() {
    return new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * These files where they are given, and another's otherwise; a key stays with its certificate.
   */
  public TlsFiles or(TlsFiles other) {
    boolean hasClient = certificate.isPresent() || key.isPresent();
    return new TlsFiles(
        ca.or(other::ca),
        hasClient ? certificate : other.certificate,
        hasClient ? key : other.key,
        insecure);
  }

  /** Whether Java's own ways will do. */
  public boolean isEmpty() {
    return ca.isEmpty() && certificate.isEmpty() && key.isEmpty() && insecure.isEmpty();
  }
}
