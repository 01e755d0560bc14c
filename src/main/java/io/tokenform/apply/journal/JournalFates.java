package io.tokenform.apply.journal;

import io.tokenform.access.Nonce;
import io.tokenform.access.TokenId;
import io.tokenform.plan.PendingFates;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the journals of a folder know of tokens whose making did not end. They are read when
 * something is asked for the first time, which is seldom.
 */
final class JournalFates implements PendingFates {
  private final Journals journals;
  private Map<Nonce, Known> known;

  JournalFates(Journals journals) {
    this.journals = journals;
  }

  /**
   * What is known of a making.
   *
   * @param id the token, where its id is noted
   */
  private record Known(Optional<TokenId> id, Fate fate) {
    Fate of(TokenId token) {
      if (id.isEmpty()) {
        return fate == Fate.UNDER_WAY ? fate : Fate.UNANSWERED;
      }
      return id.get().equals(token) ? fate : Fate.UNKNOWN;
    }
  }

  @Override
  public synchronized Fate of(Nonce nonce, TokenId id) {
    if (known == null) {
      known = read();
    }
    return known.containsKey(nonce) ? known.get(nonce).of(id) : Fate.UNKNOWN;
  }

  private Map<Nonce, Known> read() {
    Map<Nonce, Known> found = new HashMap<>();
    boolean isUnderWay = journals.isLocked();
    try {
      for (Path file : journals.list()) {
        read(file, isUnderWay, found);
      }
    } catch (JournalException e) {
      // A folder that cannot be read tells nothing, and nothing is the safe answer.
      return found;
    }
    return found;
  }

  private void read(Path file, boolean isUnderWay, Map<Nonce, Known> found) {
    RecordedApply apply;
    try {
      if (journals.doubt(file).isPresent()) {
        // Somebody else's word decides nothing.
        return;
      }
      apply = JournalReader.read(file);
    } catch (JournalException e) {
      return;
    }
    boolean mayRun = isUnderWay && apply.endedAt().isEmpty();
    for (RecordedChange change : apply.changes()) {
      change
          .makings()
          .forEach(
              (nonce, making) ->
                  found.put(
                      nonce,
                      new Known(making.id(), mayRun ? Fate.UNDER_WAY : fate(making.last()))));
    }
  }

  /** What became of a token whose making came no further. */
  static Fate fate(StepKind step) {
    return switch (step) {
      case POSTING, POSTED, GRANTING, GRANTED, REFUSED, UNDOING, UNDONE -> Fate.NOT_DELIVERED;
      case DELIVERING -> Fate.UNCLEAR;
      case DELIVERED, LABELLING, LABELLED, NAMING -> Fate.DELIVERED;
    };
  }
}
