/**
 * The embedded cluster: the Management API of Cloud Dedicated and of Clustered, over real HTTP on
 * loopback. It is what the quick start and the tests run against, so it shares no code with the
 * client of that API, and reads and writes JSON by itself, token by token: it stands on the
 * start-up path, where databind's classes would cost more than everything else here.
 */
package io.tokenform.sandbox;
