/**
 * The man pages, made from the command tree when tokenform is built. Nothing here is in the
 * distribution's jar.
 */
package io.tokenform.cli.manual;
