/**
 * Completion of command lines for three shells: what could stand at the cursor, from the command
 * tree and from the files that the line names.
 */
package io.tokenform.cli.complete;
