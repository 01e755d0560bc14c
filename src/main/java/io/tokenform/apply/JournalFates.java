package io.tokenform.apply;

import io.tokenform.access.Nonce;
import io.tokenform.plan.PendingFates;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ArrayList;

/**
 * What the journals of a folder know of tokens whose making did not end. They are read when
 * something is asked for the first time, which is seldom.
 */
final class JournalFates implements PendingFates {
  private final Journals journals;
  private Map<Nonce, Fate> fates;

  JournalFates(Journals journals) {
    this.journals = journals;
  }

  @Override
  public synchronized Fate of(Nonce nonce) {
    if (fates == null) {
      fates = read();
    }
    return fates.getOrDefault(nonce, Fate.UNKNOWN);
  }

  private Map<Nonce, Fate> read() {
    Map<Nonce, Fate> found = new HashMap<>();
    boolean isUnderWay = journals.isLocked();
    try {
      List<Path> newestFirst = new ArrayList<>(journals.list());
      Collections.reverse(newestFirst);
      for (Path file : newestFirst) {
        read(file, isUnderWay, found);
      }
    } catch (JournalException e) {
      // A folder that cannot be read tells nothing, and nothing is the safe answer.
      return found;
    }
    return found;
  }

  private void read(Path file, boolean isUnderWay, Map<Nonce, Fate> found) {
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
          .steps()
          .forEach((nonce, step) -> found.put(nonce, mayRun ? Fate.UNDER_WAY : fate(step)));
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
