package io.tokenform.sandbox.api;

import java.util.Optional;

/**
 * A request to the API.
 *
 * @param path as it was sent, without the query
 * @param query as it was sent, without the question mark; empty for none
 * @param authorization the header of that name
 * @param contentType the header Content-Type
 * @param body empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // It travels from the socket to the API, never compared.
public record ApiRequest(
    String method,
    String path,
    String query,
    Optional<String> authorization,
    Optional<String> contentType,
    byte[] body) {

  /**
   * A request as it came.
   *
   * @param target path and query
   */
  public static ApiRequest of(
      String method,
      String target,
      Optional<String> authorization,
      Optional<String> contentType,
      byte[] body) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    return new ApiRequest(method, path, query, authorization, contentType, body);
  }

  public ApiRequest withMethod(String other) {
    return new ApiRequest(other, path, query, authorization, contentType, body);
  }

  /**
   * Whether the body may be JSON: its type is, whatever its parameters, or is not told (RFC 9110,
   * 8.3).
   */
  boolean mayBeJson() {
    return contentType
        .map(type -> (type + ";").substring(0, (type + ";").indexOf(';')).strip())
        .filter(type -> !type.equalsIgnoreCase("application/json"))
        .isEmpty();
  }

  /** Which part of what the sandbox serves it is for. */
  public Area area() {
    return Area.of(path);
  }
}
