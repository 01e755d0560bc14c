package io.tokenform.history;

import io.tokenform.access.Permissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * Since when a token has some of its permissions, and what gave them. A token that was made as a
 * successor has what its forerunner had since then. Times are to the second.
 *
 * @param permissions those of which all else is true; {@code *} is taken literally
 * @param since from when on they were there whenever somebody looked: the instant of a snapshot, or
 *     of the beginning of an apply
 * @param missingAt the last instant before that at which they were not there; absent where all that
 *     is known reaches no further back
 * @param gift the change that gave them; absent where no journal has it. With {@link #missingAt}
 *     and without a gift, something gave them of which no journal is known
 */
public record Provenance(
    Permissions permissions, Instant since, Optional<Instant> missingAt, Optional<Gift> gift) {
  public Provenance {
    Objects.requireNonNull(permissions, "permissions");
    since = since.truncatedTo(ChronoUnit.SECONDS);
    missingAt = missingAt.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
    Objects.requireNonNull(gift, "gift");
  }

  /** How they came, as far as that is known. */
  public enum Origin {
    /** An apply gave them. */
    GIVEN("given"),
    /** A change was sent that gives them, and nothing says what became of it. */
    PERHAPS_GIVEN("perhaps given"),
    /** They came between two looks, and no journal says how. */
    UNEXPLAINED("unexplained"),
    /** All that is known reaches no further back. */
    EARLIER("earlier");

    private final String word;

    Origin(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  public Origin origin() {
    if (gift.isPresent()) {
      return gift.get().isCertain() ? Origin.GIVEN : Origin.PERHAPS_GIVEN;
    }
    return missingAt.isPresent() ? Origin.UNEXPLAINED : Origin.EARLIER;
  }
}
