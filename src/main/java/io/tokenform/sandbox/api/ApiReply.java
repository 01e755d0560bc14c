package io.tokenform.sandbox.api;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpStatus;

/**
 * An answer of the API, whole: its length is known before the first byte is sent, so that a client
 * can tell when it was cut short.
 *
 * @param headers beside those that every answer has
 * @param contentType of the body
 * @param body in UTF-8; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // It travels from the API to the socket, never compared.
public record ApiReply(int status, Map<String, String> headers, String contentType, byte[] body) {
  private static final String JSON = "application/json";

  static ApiReply ok(JsonOutput.Value body) {
    return new ApiReply(200, Map.of(), JSON, JsonOutput.compact(body));
  }

  static ApiReply noContent() {
    return new ApiReply(204, Map.of(), JSON, new byte[0]);
  }

  public static ApiReply error(int status, Map<String, String> headers, String message) {
    return new ApiReply(
        status,
        headers,
        JSON,
        JsonOutput.compact(
            out -> {
              out.writeStartObject();
              out.writeNumberField("code", status);
              out.writeStringField("message", message);
              out.writeEndObject();
            }));
  }

  /** Whether what was asked for was done. */
  public boolean isSuccess() {
    return status < 300;
  }

  /** This reply with another body, even where it had none. */
  public ApiReply withBody(String type, String text) {
    return new ApiReply(
        status == HttpStatus.SC_NO_CONTENT ? HttpStatus.SC_OK : status,
        headers,
        type,
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts it into {@code response}, which will send the first {@code sent} bytes of the body. */
  void send(ClassicHttpResponse response, int sent) {
    response.setCode(status);
    headers.forEach(response::setHeader);
    if (body.length > 0) {
      response.setEntity(new ReplyEntity(body, contentType, sent));
    }
  }
}
