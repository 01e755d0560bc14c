/**
 * The way to a host: certificates and keys, proxies and what must not go through them, and what
 * went wrong with TLS, in words. The HTTP client is set up from here and nowhere else.
 */
package io.tokenform.cluster.transport;
