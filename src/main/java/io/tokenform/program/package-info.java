/**
 * The programs of this machine. {@link io.tokenform.program.Program} finds one where no commit can
 * have put it; {@link io.tokenform.program.GitIndex} asks git which files of a folder it tracks.
 */
package io.tokenform.program;
