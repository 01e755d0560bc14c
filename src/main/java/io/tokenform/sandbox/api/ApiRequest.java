package io.tokenform.sandbox.api;

import java.util.Optional;

/**
 * A request to the API.
 *
 * @param path as it was sent, without the query
 * @param query as it was sent, without the question mark; empty for none
 * @param authorization the header of that name
 * @param body empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // It travels from the socket to the API, never compared.
public record ApiRequest(
    String method, String path, String query, Optional<String> authorization, byte[] body) {

  /**
   * A request as it came.
   *
   * @param target path and query
   */
  public static ApiRequest of(
      String method, String target, Optional<String> authorization, byte[] body) {
    int mark = target.indexOf('?');
    return mark < 0
        ? new ApiRequest(method, target, "", authorization, body)
        : new ApiRequest(
            method, target.substring(0, mark), target.substring(mark + 1), authorization, body);
  }

  public ApiRequest withMethod(String other) {
    return new ApiRequest(other, path, query, authorization, body);
  }

  /** Which part of what the sandbox serves it is for. */
  public Area area() {
    return Area.of(path);
  }
}
