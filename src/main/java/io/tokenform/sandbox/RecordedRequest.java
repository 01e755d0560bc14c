package io.tokenform.sandbox;

import java.time.Duration;
import java.time.Instant;

/**
 * A request that the sandbox has answered.
 *
 * @param time when it had come in, body and all
 * @param path as it was sent, query included: text that nobody has checked
 * @param body as UTF-8; empty for none, and for one that was too large to read
 * @param status of the answer
 * @param took from {@code time} until the answer was ready to be sent
 */
public record RecordedRequest(
    Instant time, String method, String path, String body, int status, Duration took) {}
