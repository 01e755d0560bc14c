package io.tokenform.report.access;

import java.util.OptionalInt;

/**
 * The numbers that matter most, of tokens that work where nothing else is said.
 *
 * @param tokens all of them
 * @param allWriters those that can write all databases, present and future
 * @param allReaders those that can read all databases, present and future
 * @param expiring those that expire within {@link AccessReport#SOON}
 * @param neverExpire those that have no end
 * @param unmanaged those that the policy does not name; absent without a policy
 * @param ambiguous those of which the policy may mean one; absent without a policy
 * @param dangling those with a permission on a database that is gone
 * @param parked those that were cut off by hand
 * @param ending those that have a successor: retiring or retired
 * @param pending those that are being made, or whose making did not end
 * @param databases the databases that the cluster has
 * @param goneDatabases the databases that are gone, and that permissions still name
 * @param leftOut tokens that the report leaves out because they do not work: revoked or expired
 * @param unreadable tokens that the report leaves out because the cluster's answer about them
 *     cannot be understood: they may do anything
 */
public record Glance(
    int tokens,
    int allWriters,
    int allReaders,
    int expiring,
    int neverExpire,
    OptionalInt unmanaged,
    OptionalInt ambiguous,
    int dangling,
    int parked,
    int ending,
    int pending,
    int databases,
    int goneDatabases,
    int leftOut,
    int unreadable) {
  /** Of no cluster. */
  static final Glance NOTHING =
      new Glance(0, 0, 0, 0, 0, OptionalInt.empty(), OptionalInt.empty(), 0, 0, 0, 0, 0, 0, 0, 0);

  /** These numbers and those of another cluster. */
  Glance plus(Glance other) {
    return new Glance(
        tokens + other.tokens,
        allWriters + other.allWriters,
        allReaders + other.allReaders,
        expiring + other.expiring,
        neverExpire + other.neverExpire,
        sum(unmanaged, other.unmanaged),
        sum(ambiguous, other.ambiguous),
        dangling + other.dangling,
        parked + other.parked,
        ending + other.ending,
        pending + other.pending,
        databases + other.databases,
        goneDatabases + other.goneDatabases,
        leftOut + other.leftOut,
        unreadable + other.unreadable);
  }

  /** The same with other numbers of databases. */
  Glance with(int liveDatabases, int databasesThatAreGone) {
    return new Glance(
        tokens,
        allWriters,
        allReaders,
        expiring,
        neverExpire,
        unmanaged,
        ambiguous,
        dangling,
        parked,
        ending,
        pending,
        liveDatabases,
        databasesThatAreGone,
        leftOut,
        unreadable);
  }

  private static OptionalInt sum(OptionalInt one, OptionalInt other) {
    return one.isEmpty() && other.isEmpty() ? one : OptionalInt.of(one.orElse(0) + other.orElse(0));
  }
}
