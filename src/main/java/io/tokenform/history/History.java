package io.tokenform.history;

import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is known of the past of a cluster's tokens. */
public final class History {
  private final Instant end;

  /** Youngest first. */
  private final List<Look> looks;

  /** Of each token, youngest first. */
  private final Map<TokenId, List<Deed>> deeds = new HashMap<>();

  private final List<Instant> applies;

  History(
      Instant end,
      Collection<Look> looks,
      Map<TokenId, List<Deed>> deeds,
      Collection<Instant> applies) {
    this.end = end;
    this.looks =
        looks.stream()
            .filter(look -> !look.at().isAfter(end))
            .sorted(Comparator.comparing(Look::at).reversed())
            .toList();
    deeds.forEach(
        (id, all) ->
            this.deeds.put(
                id,
                all.stream()
                    .filter(deed -> !deed.began().isAfter(end))
                    .sorted(Comparator.comparing(Deed::ended).reversed())
                    .toList()));
    this.applies = applies.stream().filter(began -> !began.isAfter(end)).sorted().toList();
  }

  /** How many snapshots it is from. */
  public int snapshots() {
    return looks.size();
  }

  /** How many applies it is from. */
  public int applies() {
    return applies.size();
  }

  /** How far it reaches back, to the second. */
  public Instant beginning() {
    return Stream.concat(looks.stream().map(Look::at), applies.stream())
        .min(Comparator.naturalOrder())
        .orElse(end)
        .truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * The past of all permissions of a token that is there at the end, each in one of the answers;
   * youngest first.
   */
  public List<Provenance> of(Token token) {
    Walk walk = new Walk(token);
    walk.back();
    return walk.found;
  }

  /** Goes back in time, from look to look and deed to deed, until all permissions are explained. */
  private final class Walk {
    private final List<Provenance> found = new ArrayList<>();
    private Permissions open;
    private Instant since = end;
    private TokenId id;
    private List<Deed> own;
    private int nextLook;
    private int nextDeed;

    /** What was seen last: most looks show the same, and need no comparison. */
    private Permissions seen;

    Walk(Token token) {
      open = token.permissions();
      meet(token.id());
    }

    void back() {
      while (!open.isEmpty() && (nextLook < looks.size() || nextDeed < own.size())) {
        // A snapshot that was taken as an apply ended shows what that did.
        if (nextDeed == own.size()
            || (nextLook < looks.size()
                && !looks.get(nextLook).at().isBefore(own.get(nextDeed).ended()))) {
          look(looks.get(nextLook++));
        } else {
          meet(own.get(nextDeed++));
        }
      }
      close(open, Optional.empty(), Optional.empty());
    }

    private void look(Look look) {
      Permissions there = look.of(id);
      if (!there.equals(seen)) {
        close(open.minus(there), Optional.of(look.at()), Optional.empty());
        seen = there;
      }
      since = look.at();
    }

    private void meet(Deed deed) {
      if (deed.gift().isCertain()) {
        close(open.minus(deed.after()), Optional.of(deed.ended()), Optional.empty());
        since = deed.began();
      }
      Permissions kept = open.minus(deed.after()).union(deed.before());
      close(open.minus(kept), Optional.empty(), Optional.of(deed.gift()));
      if (!open.isEmpty() && deed.forerunner().isPresent()) {
        meet(deed.forerunner().get());
        while (nextDeed < own.size() && !own.get(nextDeed).ended().isBefore(deed.ended())) {
          nextDeed++;
        }
      }
    }

    /** From here on back the permissions are those of another token. */
    private void meet(TokenId other) {
      id = other;
      own = deeds.getOrDefault(other, List.of());
      nextDeed = 0;
      seen = null;
    }

    private void close(Permissions permissions, Optional<Instant> missingAt, Optional<Gift> gift) {
      if (!permissions.isEmpty()) {
        found.add(new Provenance(permissions, since, missingAt, gift));
        open = open.minus(permissions);
      }
    }
  }
}
