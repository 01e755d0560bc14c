package io.tokenform.apply.journal;

import java.util.Objects;

/**
 * Why a journal may not be this user's own word, so that it is not rolled back.
 *
 * @param reason what is known, as the end of a sentence
 * @param advice what to do about it
 */
public record Doubt(String reason, String advice) {
  public Doubt {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(advice, "advice");
  }
}
