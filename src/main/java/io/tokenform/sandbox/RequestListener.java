package io.tokenform.sandbox;

/**
 * Is told of each request that the sandbox answers: on that request's own thread, several at a time
 * perhaps, and before the answer leaves, so that a client that has its answer knows that the
 * listener was told.
 */
@FunctionalInterface
public interface RequestListener {
  void answered(RecordedRequest request);
}
