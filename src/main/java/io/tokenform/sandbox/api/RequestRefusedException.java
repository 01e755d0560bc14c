package io.tokenform.sandbox.api;

import java.util.Map;

/** The answer to a request is an error, as the Management API answers errors. */
public final class RequestRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers;

  private RequestRefusedException(int status, Map<String, String> headers, String message) {
    super(message);
    this.status = status;
    this.headers = headers;
  }

  static RequestRefusedException badRequest(String message) {
    return new RequestRefusedException(400, Map.of(), message);
  }

  static RequestRefusedException unauthorized(String message) {
    return new RequestRefusedException(401, Map.of("WWW-Authenticate", "Bearer"), message);
  }

  static RequestRefusedException forbidden(String message) {
    return new RequestRefusedException(403, Map.of(), message);
  }

  static RequestRefusedException notFound(String message) {
    return new RequestRefusedException(404, Map.of(), message);
  }

  static RequestRefusedException methodNotAllowed(String allowed) {
    return new RequestRefusedException(
        405, Map.of("Allow", allowed), "this path answers " + allowed);
  }

  static RequestRefusedException conflict(String message) {
    return new RequestRefusedException(409, Map.of(), message);
  }

  static RequestRefusedException notImplemented(String message) {
    return new RequestRefusedException(501, Map.of(), message);
  }

  public static RequestRefusedException contentTooLarge(int limit) {
    return new RequestRefusedException(413, Map.of(), "the body has more than " + limit + " bytes");
  }

  /** The error as the client gets it. */
  public ApiReply reply() {
    return ApiReply.error(status, headers, getMessage());
  }
}
