/**
 * What the help of a command looks like: options in groups, lines that fit, and examples that can
 * still be pasted where they had to be broken.
 */
package io.tokenform.cli.help;
