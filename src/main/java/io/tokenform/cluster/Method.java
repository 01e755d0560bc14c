package io.tokenform.cluster;

/** The HTTP methods of the Management API. */
public enum Method {
  GET,
  POST,
  /** Replaces what it names, so that sending it twice leaves the same as sending it once. */
  PATCH,
  /**
   * Brings about a state that the path and the body name. The second of two finds nothing to do,
   * and may be refused for that; what the first did stays.
   */
  PUT,
  DELETE;

  /** Whether a call that was made twice leaves the cluster as if it was made once. */
  boolean isIdempotent() {
    return this != POST;
  }

  /** Whether a status means that the call did what it was asked to. */
  boolean isDoneWith(int status) {
    return status == 200 || (this == POST && status == 201) || (this == DELETE && status == 204);
  }

  boolean changesTheCluster() {
    return this != GET;
  }
}
