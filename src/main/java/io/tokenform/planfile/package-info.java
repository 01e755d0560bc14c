/**
 * Plans as JSON documents, and their digests. A file that is read must be, byte for byte, what
 * would be written for the plan in it; so no file says one thing and does another. For each kind of
 * change there is one {@link io.tokenform.planfile.ChangeCodec}, which the journal uses too.
 */
package io.tokenform.planfile;
