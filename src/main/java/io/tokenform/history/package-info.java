/**
 * Since when tokens have what they have, and which change gave it. {@link
 * io.tokenform.history.Evidence} takes snapshots and the records of applies, {@link
 * io.tokenform.history.History} answers for each token with a {@link
 * io.tokenform.history.Provenance} for each permission. Nothing here opens a file.
 */
package io.tokenform.history;
