package io.tokenform.sandbox;

import java.util.Map;

/**
 * An answer of the API, whole: its length is known before the first byte is sent, so that a client
 * can tell when it was cut short.
 *
 * @param body JSON in UTF-8; empty for none
 * @param headers beside those that every answer has
 */
@SuppressWarnings("ArrayRecordComponent") // It travels from the API to the socket, never compared.
record ApiReply(int status, Map<String, String> headers, byte[] body) {
  static ApiReply ok(JsonOutput.Value body) {
    return new ApiReply(200, Map.of(), JsonOutput.compact(body));
  }

  static ApiReply noContent() {
    return new ApiReply(204, Map.of(), new byte[0]);
  }

  static ApiReply error(int status, Map<String, String> headers, String message) {
    return new ApiReply(
        status,
        headers,
        JsonOutput.compact(
            out -> {
              out.writeStartObject();
              out.writeNumberField("code", status);
              out.writeStringField("message", message);
              out.writeEndObject();
            }));
  }
}
