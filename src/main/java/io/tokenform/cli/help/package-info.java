/**
 * What the help of a command looks like: options in groups, lines that fit, and examples that can
 * still be pasted where they had to be broken; and the options of a run as the next command has
 * them.
 */
package io.tokenform.cli.help;
