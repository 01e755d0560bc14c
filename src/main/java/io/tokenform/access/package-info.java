/** The vocabulary of access: tokens, permissions, and a set of them that understands {@code *}. */
package io.tokenform.access;
