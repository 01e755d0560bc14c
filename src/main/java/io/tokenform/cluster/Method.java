package io.tokenform.cluster;

/** The HTTP methods of the Management API that tokenform uses. */
public enum Method {
  GET,
  PATCH
}
