package io.tokenform.sandbox.api;

import java.time.Clock;

/** A request, and what it was sent to. */
public record Call(Api api, ApiRequest request, Clock clock) {
  /** Has the API do what the request asks for. */
  public ApiReply carryOut() {
    return api.answer(request);
  }

  public Call with(Api other) {
    return new Call(other, request, clock);
  }
}
