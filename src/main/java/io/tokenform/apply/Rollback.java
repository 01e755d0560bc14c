package io.tokenform.apply;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.access.TokenName;
import io.tokenform.access.UnreadableToken;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.apply.journal.RecordedChange;
import io.tokenform.apply.journal.Result;
import io.tokenform.finding.SourceText;
import io.tokenform.plan.DatabaseChange;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.Policy;
import io.tokenform.policy.UnwrittenPolicy;
import io.tokenform.policy.database.DesiredDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The way back from an apply: a policy that wants for each token what it had before, in the fields
 * that the apply changed and in no others. Of a database that keeps the name that the apply gave
 * it, tokens get back what they had under that name.
 *
 * @param policy what to plan; its places are lines of the journal
 * @param drifted the changes that somebody has changed again since, or that have only a masked
 *     secret; they are not in the policy
 * @param lasting the changes that nothing can undo, which are not in the policy either, or of which
 *     a part stays
 */
public record Rollback(Policy policy, List<Drifted> drifted, List<Lasting> lasting) {
  /**
   * A change of the apply whose token has been changed since.
   *
   * @param live the token as it is; absent where it is no longer on the cluster, or cannot be read
   * @param unreadable the token where it cannot be read
   * @param restorable whether force restores it: it works, and what it had is known
   * @param keepsName whether it is a database that keeps the name that the apply gave it
   */
  public record Drifted(
      RecordedChange change,
      Optional<Token> live,
      Optional<UnreadableToken> unreadable,
      boolean restorable,
      boolean keepsName) {}

  /**
   * A change of the apply that nothing can undo.
   *
   * @param why the reason, in a sentence
   */
  public record Lasting(RecordedChange change, String why) {}

  public Rollback {
    drifted = List.copyOf(drifted);
    lasting = List.copyOf(lasting);
  }

  /** Whether nothing irreversible is left of the apply; a rotation is left by design. */
  public boolean isWhole() {
    return lasting.stream().noneMatch(each -> each.change().change().isIrreversible());
  }

  /**
   * The way back from an apply for tokens as they are now. A change that never reached the cluster
   * needs none, and one that is undone already needs none either.
   *
   * @param force whether tokens that have drifted since are restored as well; those that are gone
   *     or revoked cannot be
   * @param now when it is undone
   */
  public static Rollback of(RecordedApply apply, TokenListing live, boolean force, Instant now) {
    return of(apply, live, DatabaseListing.of(List.of()), force, now);
  }

  /** The same of an apply that may have changed databases. */
  public static Rollback of(
      RecordedApply apply,
      TokenListing live,
      DatabaseListing databases,
      boolean force,
      Instant now) {
    Listing listing = Listing.of(live.tokens(), databases, now);
    Renames renames = Renames.of(apply, listing, force, now);
    Set<String> gone = goneNames(apply, listing);
    Map<TokenName, DesiredToken> desired = new LinkedHashMap<>();
    List<DesiredDatabase> desiredDatabases = new ArrayList<>();
    List<Drifted> drifted = new ArrayList<>();
    List<Lasting> lasting = new ArrayList<>();
    for (RecordedChange recorded : apply.changes()) {
      if (!recorded.mayHaveHappened()) {
        continue;
      }
      Optional<TokenId> id = recorded.liveId();
      Makers.Bound<?> maker = Makers.of(recorded.change());
      if (maker.isUndone(listing, id)) {
        continue;
      }
      if (maker.isFinal().isPresent()) {
        lasting.add(new Lasting(recorded, maker.isFinal().get()));
        continue;
      }
      WayBack undoing = maker.undoing(listing, id, recorded.change().where(), now);
      boolean isInDoubt = renames.leavesInDoubt(undoing);
      if (undoing.isPresent() && !isInDoubt && (force || maker.isDone(listing, id))) {
        for (DesiredToken each : undoing.tokens()) {
          DesiredToken wanted = under(renames.kept(), gone, each);
          if (recorded.change().ofToken().isPresent()) {
            // What a rename of a database gave it in between is told by that, too.
            desired.put(wanted.name(), wanted);
          } else {
            desired.putIfAbsent(wanted.name(), wanted);
          }
        }
        undoing.database().ifPresent(desiredDatabases::add);
        undoing.rest().ifPresent(why -> lasting.add(new Lasting(recorded, why)));
      } else {
        drifted.add(
            new Drifted(
                recorded,
                id.flatMap(listing::token),
                live.unreadable().stream()
                    .filter(one -> one.id().isPresent() && one.id().equals(id))
                    .findFirst(),
                undoing.isPresent() && !isInDoubt,
                recorded
                    .change()
                    .ofDatabase()
                    .flatMap(DatabaseChange::vanishing)
                    .filter(name -> renames.kept().containsKey(name.value()))
                    .isPresent()));
      }
    }
    for (Drifted each : drifted) {
      // What a rename of a database knows of it says nothing against that.
      each.change().change().ofToken().ifPresent(change -> desired.remove(Undoing.name(change)));
    }
    SourceText journal = new SourceText(apply.name(), "");
    return new Rollback(
        UnwrittenPolicy.of(journal, List.copyOf(desired.values()), Guardrails.WITHOUT_POLICY)
            .with(desiredDatabases),
        drifted,
        lasting);
  }

  /**
   * What became of the databases that the apply renamed and that are not renamed back.
   *
   * @param kept the names that they got and keep, by those that they had before
   * @param doubtful the names of those of which nobody knows which is the one that was renamed
   */
  private record Renames(Map<String, String> kept, Set<String> doubtful) {
    static Renames of(RecordedApply apply, Listing listing, boolean force, Instant now) {
      Map<String, String> kept = new HashMap<>();
      Set<String> doubtful = new HashSet<>();
      List<String> names = listing.databases().names();
      for (RecordedChange recorded : apply.changes()) {
        Optional<DatabaseChange> change = recorded.change().ofDatabase();
        if (recorded.mayHaveHappened()
            && change.isPresent()
            && change.get().successor().isPresent()
            && !isGivenBack(recorded, listing, force, now)) {
          String from = change.get().vanishing().orElseThrow().value();
          String to = change.get().successor().get().value();
          boolean isApplied = recorded.result().filter(Result.APPLIED::equals).isPresent();
          if (names.contains(to) && (isApplied || !names.contains(from))) {
            kept.put(from, to);
          } else if (names.contains(to)) {
            doubtful.add(from);
            doubtful.add(to);
          }
        }
      }
      return new Renames(kept, doubtful);
    }

    /** Whether a token that is given this back may lose its data, or get somebody else's. */
    boolean leavesInDoubt(WayBack undoing) {
      for (DesiredToken wanted : undoing.tokens()) {
        for (Permission permission : wanted.permissions().orElse(Permissions.NONE)) {
          if (doubtful.contains(permission.resource())) {
            return true;
          }
        }
      }
      return false;
    }
  }

  /** The names that databases had which the apply deleted, and that are not there again. */
  private static Set<String> goneNames(RecordedApply apply, Listing listing) {
    Set<String> gone = new HashSet<>();
    for (RecordedChange recorded : apply.changes()) {
      Optional<DatabaseChange> change = recorded.change().ofDatabase();
      if (recorded.mayHaveHappened()
          && change.isPresent()
          && change.get().successor().isEmpty()
          && change.get().vanishing().isPresent()) {
        gone.add(change.get().vanishing().get().value());
      }
    }
    gone.removeAll(listing.databases().names());
    return gone;
  }

  private static boolean isGivenBack(
      RecordedChange recorded, Listing listing, boolean force, Instant now) {
    Makers.Bound<?> maker = Makers.of(recorded.change());
    Optional<TokenId> id = recorded.liveId();
    return maker.isUndone(listing, id)
        || (maker.undoing(listing, id, recorded.change().where(), now).isPresent()
            && (force || maker.isDone(listing, id)));
  }

  /**
   * A token that gets back what it had, of databases that keep their new names under these: the
   * data is there, and what has the old name by now is something else. On a database that is gone
   * it gets nothing: that would be for whoever makes another one of its name.
   */
  private static DesiredToken under(
      Map<String, String> kept, Set<String> gone, DesiredToken wanted) {
    if ((kept.isEmpty() && gone.isEmpty()) || wanted.permissions().isEmpty()) {
      return wanted;
    }
    List<Permission> permissions = new ArrayList<>();
    for (Permission permission : wanted.permissions().get()) {
      if (!gone.contains(permission.resource())) {
        permissions.add(permission);
      }
    }
    return wanted.with(
        Permissions.of(permissions).under(name -> kept.getOrDefault(name, name)),
        wanted.lifecycle());
  }
}
