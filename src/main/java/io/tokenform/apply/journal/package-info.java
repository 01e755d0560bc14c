/**
 * What an apply writes down, and what can be read of it: each change and each step of a making is
 * in the {@link io.tokenform.apply.journal.Journal} and on the disk before it leaves and after its
 * answer. The folder of the {@link io.tokenform.apply.journal.Journals} has the lock that keeps
 * other applies out. The outcomes of changes are here, since journals tell them.
 */
package io.tokenform.apply.journal;
