package io.tokenform.cluster;

import java.util.Objects;
import java.util.Optional;

/**
 * One call of the Management API, exactly as it is sent.
 *
 * @param method the HTTP method
 * @param path the path from the root of the cluster's URL
 * @param body the JSON body, where the method has one
 */
public record Request(Method method, String path, Optional<String> body) {
  public Request {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(body, "body");
  }

  static Request get(String path) {
    return new Request(Method.GET, path, Optional.empty());
  }

  /** Whether it is about databases, or one of them. */
  boolean isOfDatabases() {
    return path.endsWith("/databases") || isOfOneDatabase();
  }

  boolean isOfOneDatabase() {
    return path.contains("/databases/");
  }

  /** The method and the path. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
