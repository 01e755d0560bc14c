/**
 * Everything that a run takes from outside and gives back: streams, terminal, variables, clock and
 * signals ({@link io.tokenform.cli.console.World}), and the one {@link
 * io.tokenform.cli.console.Console} through which all text leaves, masked. It knows no option and
 * no command.
 */
package io.tokenform.cli.console;
