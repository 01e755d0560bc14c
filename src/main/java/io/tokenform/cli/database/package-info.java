/**
 * The verbs of {@code tokenform database}, one class each, beside those of {@code tokenform token}.
 * Like those they read their options, call the rooms above in order, and turn what happened into an
 * exit code.
 */
package io.tokenform.cli.database;
