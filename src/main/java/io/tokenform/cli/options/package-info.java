/**
 * Groups of options that commands share, and what their values mean. They are picocli's mixins: an
 * option is declared once, with its help, and is the same in every command.
 */
package io.tokenform.cli.options;
