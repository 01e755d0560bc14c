package io.tokenform.history;

import io.tokenform.apply.journal.JournalHeader;
import io.tokenform.apply.journal.RecordedApply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The copies of one apply's journal. A copy that was made while the apply was under way says less
 * than a later one, and gives way to it. A journal has no checksum: two that both came to their end
 * and are not the same show that one of them was changed.
 */
public final class Copies {
  /** What no other apply has in common with this one. */
  private record Apply(Instant startedAt, String planDigest, String user) {
    static Apply of(JournalHeader header) {
      return new Apply(header.startedAt(), header.planDigest(), header.who());
    }
  }

  private final List<RecordedApply> copies = new ArrayList<>();

  private Copies() {}

  /** Puts those together that tell of the same apply, in the order of the first of each. */
  public static List<Copies> of(List<RecordedApply> journals) {
    Map<Apply, Copies> applies = new LinkedHashMap<>();
    for (RecordedApply journal : journals) {
      applies.computeIfAbsent(Apply.of(journal.header()), key -> new Copies()).copies.add(journal);
    }
    return List.copyOf(applies.values());
  }

  public List<RecordedApply> all() {
    return List.copyOf(copies);
  }

  /** The one that says the most; absent where two contradict each other. */
  public Optional<RecordedApply> fullest() {
    long ended =
        copies.stream()
            .filter(copy -> copy.endedAt().isPresent())
            .map(RecordedApply::digest)
            .distinct()
            .count();
    return ended > 1
        ? Optional.empty()
        : copies.stream()
            .max(
                Comparator.comparing((RecordedApply copy) -> copy.endedAt().isPresent())
                    .thenComparing(copy -> copy.changes().size() - copy.open())
                    .thenComparing(copy -> copy.changes().size())
                    .thenComparing(RecordedApply::digest));
  }
}
