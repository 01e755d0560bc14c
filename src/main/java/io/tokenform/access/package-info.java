/**
 * The vocabulary: tokens, permissions and a set of them that understands {@code *}, addresses of
 * clusters, names, and the secrets that must never be shown. Nothing here calls a cluster or knows
 * a library. {@link io.tokenform.access.BoundedFile} alone reads files, up to a largest size; what
 * others can do with a file, {@link io.tokenform.access.Ownership} and {@link
 * io.tokenform.access.SymbolicLinks} find out. {@link io.tokenform.access.Permissions} is what
 * everything else reasons with, and {@link io.tokenform.access.Masking} is the one place that hides
 * secrets.
 */
package io.tokenform.access;
