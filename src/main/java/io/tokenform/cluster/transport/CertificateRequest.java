package io.tokenform.cluster.transport;

/** Whether a server asked for a client certificate when a connection was made, and what it got. */
public enum CertificateRequest {
  /** It did not ask on this connection. */
  NONE,

  /** It asked, and there is none here. */
  UNMET,

  /**
   * It asked, and the one that is here does not fit: it is of a CA that the server does not name,
   * or of another algorithm. Java does not send such a one.
   */
  UNFIT,

  /** It asked, and was given the one that is here. */
  MET
}
