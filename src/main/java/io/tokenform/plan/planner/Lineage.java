package io.tokenform.plan.planner;

import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.live.Generations;
import io.tokenform.plan.Predecessor;
import io.tokenform.plan.Succession;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Mode;
import io.tokenform.policy.Rotation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A token of the policy that is found by its description, and all live tokens that it has or had.
 *
 * @param desired what the policy says
 * @param inUse the one in use; absent where there is none
 * @param hasExpired whether there is none because the last one has expired
 * @param others those with labels
 * @param leftovers what becomes of those whose making did not end
 */
record Lineage(
    DesiredToken desired,
    Optional<Token> inUse,
    boolean hasExpired,
    Generations others,
    Leftovers leftovers) {
  /** Whether there is one in use, or will be as soon as it is finished. */
  boolean hasSuccessor() {
    return inUse.isPresent() || leftovers.finished().isPresent();
  }

  /** Its description, without a label. */
  String text() {
    return desired.description().orElseThrow().value();
  }

  /** Whether one is in use under the description that the policy gives it. */
  boolean isInUseUnderItsName() {
    return inUse.filter(token -> token.description().equals(text())).isPresent();
  }

  Duration overlap() {
    return desired.lifecycle().rotate().map(Rotation::overlap).orElse(Rotation.DEFAULT_OVERLAP);
  }

  Duration park() {
    return desired.lifecycle().rotate().map(Rotation::park).orElse(Rotation.DEFAULT_PARK);
  }

  Duration settle() {
    return desired.lifecycle().rotate().map(Rotation::settle).orElse(Rotation.DEFAULT_SETTLE);
  }

  /** How a new one takes the place of the others. */
  Succession succession(Duration howLong) {
    return new Succession(
        text(),
        desired.mode() == Mode.AUTHORITATIVE
            ? desired.permissions()
            : Optional.<Permissions>empty(),
        howLong,
        park(),
        predecessors(howLong));
  }

  /** Those that get their labels once a new one's secret is stored, the one in use first. */
  private List<Predecessor> predecessors(Duration howLong) {
    List<Token> all = new ArrayList<>();
    inUse.ifPresent(all::add);
    all.addAll(leftovers.doubtful());
    if (howLong.isZero()) {
      // A secret that leaked may be that of an older one.
      all.addAll(others.retiring());
    }
    return all.stream().map(Predecessor::of).toList();
  }
}
