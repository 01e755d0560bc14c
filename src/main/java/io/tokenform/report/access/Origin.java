package io.tokenform.report.access;

import io.tokenform.live.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a report is about, and where its facts come from.
 *
 * @param title its heading, where somebody chose one
 * @param reviewers those who decide on each token
 * @param toolVersion the version of tokenform that makes it
 * @param madeAt when it is made: by this time tokens have expired, or are about to
 * @param live what the cluster reported, and when
 * @param isSavedSnapshot whether that was read from a file, and not from the cluster itself
 * @param since an earlier snapshot of the same cluster to compare with
 * @param past what is known of how the tokens came to what they have, where that was asked for
 * @param policyFiles the names of the policy's files; empty where there is no policy
 */
public record Origin(
    Optional<String> title,
    List<String> reviewers,
    String toolVersion,
    Instant madeAt,
    Snapshot live,
    boolean isSavedSnapshot,
    Optional<Snapshot> since,
    Optional<Past> past,
    List<String> policyFiles) {
  public Origin {
    Objects.requireNonNull(title, "title");
    reviewers = List.copyOf(reviewers);
    Objects.requireNonNull(toolVersion, "toolVersion");
    Objects.requireNonNull(madeAt, "madeAt");
    Objects.requireNonNull(live, "live");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(past, "past");
    policyFiles = List.copyOf(policyFiles);
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
