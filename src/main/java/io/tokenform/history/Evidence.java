package io.tokenform.history;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.apply.journal.RecordedChange;
import io.tokenform.apply.journal.Result;
import io.tokenform.live.Snapshot;
import io.tokenform.plan.Predecessor;
import io.tokenform.plan.TokenAfter;
import io.tokenform.plan.TokenChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Gathers snapshots and records of applies of one cluster, in any order. One that is given twice
 * counts once. Not safe for use by several threads.
 */
public final class Evidence {
  private final ClusterAddress cluster;
  private final Set<String> known = new HashSet<>();
  private final List<Look> looks = new ArrayList<>();
  private final Map<TokenId, List<Deed>> deeds = new HashMap<>();
  private final List<Instant> applies = new ArrayList<>();

  /** Equal ids and sets of permissions, of which snapshots repeat almost all, are kept once. */
  private final Map<Object, Object> shared = new HashMap<>();

  /**
   * @param cluster whose history is asked for
   */
  public Evidence(ClusterAddress cluster) {
    this.cluster = Objects.requireNonNull(cluster, "cluster");
  }

  /**
   * Adds what a snapshot says.
   *
   * @return whether it is of this cluster; else it is not added
   */
  public boolean add(Snapshot snapshot) {
    if (!snapshot.live().cluster().isSameCluster(cluster)) {
      return false;
    }
    if (known.add(snapshot.takenAt() + " " + snapshot.digest())) {
      Map<TokenId, Permissions> tokens = new HashMap<>();
      for (Token token : snapshot.live().tokens()) {
        tokens.put(shared(token.id()), shared(token.permissions()));
      }
      looks.add(new Look(snapshot.takenAt(), tokens));
    }
    return true;
  }

  /**
   * Adds what a journal says.
   *
   * @return whether it is of this cluster; else it is not added
   */
  public boolean add(RecordedApply apply) {
    if (!apply.header().cluster().isSameCluster(cluster)) {
      return false;
    }
    if (known.add(apply.digest())) {
      applies.add(apply.header().startedAt());
      for (RecordedChange change : apply.changes()) {
        if (change.mayHaveHappened() || isDone(change)) {
          add(apply, change);
        }
      }
    }
    return true;
  }

  private void add(RecordedApply apply, RecordedChange recorded) {
    recorded.change().ofToken().ifPresent(change -> add(apply, recorded, change));
  }

  private void add(RecordedApply apply, RecordedChange recorded, TokenChange change) {
    for (TokenAfter token : change.outcome()) {
      boolean isMade = token.id().isEmpty();
      Optional<TokenId> id = isMade ? recorded.made() : token.id();
      if (id.isPresent() && token.permissions().isPresent()) {
        Instant began = apply.header().startedAt();
        deeds
            .computeIfAbsent(id.get(), key -> new ArrayList<>())
            .add(
                new Deed(
                    began,
                    apply.endedAt().filter(end -> end.isAfter(began)).orElse(began),
                    before(change, token.id()),
                    token.permissions().get(),
                    new Gift(
                        apply.name(),
                        apply.header(),
                        change.kind(),
                        change.address(),
                        // A token whose id is known was made, whatever came afterwards.
                        isMade || isDone(recorded)),
                    isMade ? change.liveId() : Optional.empty()));
      }
    }
  }

  /** What a token could do before a change; for one that the change makes, its forerunner. */
  private static Permissions before(TokenChange change, Optional<TokenId> id) {
    return change.predecessors().stream()
        .filter(old -> id.equals(Optional.of(old.id())))
        .map(Predecessor::permissions)
        .findFirst()
        .orElseGet(change::permissionsBefore);
  }

  private static boolean isDone(RecordedChange change) {
    return change.result().equals(Optional.of(Result.APPLIED));
  }

  /** Whether there is nothing of this cluster. */
  public boolean isEmpty() {
    return looks.isEmpty() && applies.isEmpty();
  }

  /** The history that all of this tells, up to a look at the cluster; what came later is left. */
  public History until(Instant end) {
    return new History(end, looks, deeds, applies);
  }

  @SuppressWarnings("unchecked")
  private <T> T shared(T value) {
    return (T) shared.computeIfAbsent(value, same -> same);
  }
}
