package io.tokenform.sandbox.api;

import java.util.Optional;

/**
 * A request to the API.
 *
 * @param path as it was sent, without the query
 * @param authorization the header of that name
 * @param body empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // It travels from the socket to the API, never compared.
public record ApiRequest(String method, String path, Optional<String> authorization, byte[] body) {
  public ApiRequest withMethod(String other) {
    return new ApiRequest(other, path, authorization, body);
  }

  public ApiRequest withBody(byte[] other) {
    return new ApiRequest(method, path, authorization, other);
  }
}
