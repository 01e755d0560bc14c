package io.tokenform.fleet;

import io.tokenform.policy.placement.ClusterName;
import io.tokenform.policy.placement.Place;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What asking one cluster of a fleet came to: something was found out, or it is known why not.
 *
 * @param <T> what was asked for
 * @param found present exactly where there is no failure
 */
public record ClusterAnswer<T>(Place place, Optional<T> found, Optional<Failure> failure) {
  public ClusterAnswer {
    Objects.requireNonNull(place, "place");
    if (found.isPresent() == failure.isPresent()) {
      throw new IllegalArgumentException("an answer, or why there is none");
    }
  }

  /**
   * Why a cluster gave no answer.
   *
   * @param message for a person; it may quote the server
   * @param hint what to do about it, where that is known
   */
  public record Failure(String message, Optional<String> hint) {
    public Failure {
      Objects.requireNonNull(message, "message");
      Objects.requireNonNull(hint, "hint");
    }
  }

  public static <T> ClusterAnswer<T> of(Place place, T found) {
    return new ClusterAnswer<>(place, Optional.of(found), Optional.empty());
  }

  public static <T> ClusterAnswer<T> failed(Place place, String message, Optional<String> hint) {
    return new ClusterAnswer<>(place, Optional.empty(), Optional.of(new Failure(message, hint)));
  }

  public ClusterName name() {
    return place.name();
  }

  /** Those clusters of some that gave no answer, in their order. */
  public static List<ClusterName> failed(List<? extends ClusterAnswer<?>> answers) {
    return answers.stream()
        .filter(answer -> answer.failure().isPresent())
        .map(ClusterAnswer::name)
        .toList();
  }
}
