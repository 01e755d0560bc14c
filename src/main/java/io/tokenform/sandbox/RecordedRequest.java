package io.tokenform.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A request that the sandbox has answered, or whose answer it withholds.
 *
 * @param time when it had come in, body and all
 * @param path as it was sent, query included: text that nobody has checked
 * @param body as UTF-8; empty for none, and for one that was too large to read
 * @param status of the answer that is sent, half of it perhaps; 0 if none is
 * @param took from {@code time} until the answer was ready to be sent
 * @param acted whether the request was really carried out: the cluster's state was read or changed
 *     as it asks, whatever the answer says. A {@code stale} read counts; one that the API refuses
 *     does not
 * @param fault what the sandbox did wrong on purpose: {@code 429}, {@code 503 after acting}, {@code
 *     reset before acting}, {@code reset after acting}, {@code half}, {@code text/html}, {@code
 *     stale}, {@code wrong}, {@code ignored}; {@code late} or {@code delay} where that was all;
 *     {@code closing} for a request that waited when the sandbox was closed
 * @param inFlight how many requests were being handled when it arrived, itself included
 */
public record RecordedRequest(
    Instant time,
    String method,
    String path,
    String body,
    int status,
    Duration took,
    boolean acted,
    Optional<String> fault,
    int inFlight) {}
