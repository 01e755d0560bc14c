/**
 * The Management API over HTTP: what tokenform asks for ({@link
 * io.tokenform.cluster.ManagementApi}), the requests, the retries and the throttle, and what
 * answers mean. An {@link io.tokenform.cluster.ApiException} says whether its call may have acted,
 * which decides what an apply does next.
 */
package io.tokenform.cluster;
