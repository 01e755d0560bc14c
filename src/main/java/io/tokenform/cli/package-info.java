/**
 * The commands, one class each. A command reads its options, calls the rooms above in order, and
 * turns what happened into an exit code; it decides nothing about access. Options, the console,
 * completion, files and the manual have rooms of their own.
 */
package io.tokenform.cli;
