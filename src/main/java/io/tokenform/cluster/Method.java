package io.tokenform.cluster;

/** The HTTP methods of the Management API. */
public enum Method {
  GET,
  POST,
  /** Replaces what it names, so that sending it twice leaves the same as sending it once. */
  PATCH,
  DELETE;

  /** Whether a call that was made twice leaves the cluster as if it was made once. */
  boolean isIdempotent() {
    return this != POST;
  }

  boolean changesTheCluster() {
    return this != GET;
  }
}
