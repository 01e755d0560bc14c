package io.tokenform.sandbox;

import java.time.Clock;

/** A request, and what it was sent to. */
record Call(Api api, ApiRequest request, Clock clock) {
  /** Has the API do what the request asks for. */
  ApiReply carryOut() {
    return api.answer(request);
  }
}
