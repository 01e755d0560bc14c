package io.tokenform.sandbox;

/**
 * Is told of each request that reaches the sandbox: on that request's own thread, several at a time
 * perhaps, and before the answer leaves or the connection is reset, so that a client that has its
 * answer, or knows that it gets none, knows that the listener was told.
 */
@FunctionalInterface
public interface RequestListener {
  void answered(RecordedRequest request);
}
