package io.tokenform.report.access;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a report says of itself.
 *
 * @param title its heading, where somebody chose one
 * @param reviewers those who decide on each token
 * @param toolVersion the version of tokenform that makes it
 * @param madeAt when it is made: by this time tokens have expired, or are about to
 */
public record Imprint(
    Optional<String> title, List<String> reviewers, String toolVersion, Instant madeAt) {
  public Imprint {
    Objects.requireNonNull(title, "title");
    reviewers = List.copyOf(reviewers);
    Objects.requireNonNull(toolVersion, "toolVersion");
    Objects.requireNonNull(madeAt, "madeAt");
  }

  /** The heading. */
  public String heading() {
    return title.orElse("Who may read and write which database");
  }

  /** The columns for decisions: one where nobody is named. */
  List<String> reviews() {
    return reviewers.isEmpty() ? List.of("") : reviewers;
  }
}
