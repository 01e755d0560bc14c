/** The cluster: where it is, and its Management API over HTTP. */
package io.tokenform.cluster;
