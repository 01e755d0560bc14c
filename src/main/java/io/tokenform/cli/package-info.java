/** The command line: one class a command, groups of options, exit codes, and the console. */
package io.tokenform.cli;
