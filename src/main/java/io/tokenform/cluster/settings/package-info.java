/**
 * Which cluster is meant, and how to reach it: settings come in layers, each with its origin, and
 * {@link io.tokenform.cluster.settings.ConnectionSettings} decides between them. Pure decisions:
 * what flags, variables, profiles and policies say is handed in.
 */
package io.tokenform.cluster.settings;
