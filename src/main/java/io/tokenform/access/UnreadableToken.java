package io.tokenform.access;

import java.util.Objects;
import java.util.Optional;

/**
 * A token of a listing that cannot be read, because a field on which something depends has a value
 * that the API does not promise.
 *
 * @param number which one of the listing it is, from 1
 * @param id its id, where that can be read
 * @param description its description, where that can be read
 * @param isRevoked whether it is certain that it was revoked
 * @param why what cannot be read, as part of a sentence
 */
public record UnreadableToken(
    int number, Optional<TokenId> id, Optional<String> description, boolean isRevoked, String why) {
  public UnreadableToken {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(why, "why");
  }

  /** What one that cannot be read may do: nobody knows, so it is anything. */
  public static final Permissions ANYTHING =
      Permissions.of(
          Permission.read(Permission.ALL_DATABASES), Permission.write(Permission.ALL_DATABASES));

  /**
   * It as one that works and may do {@linkplain #ANYTHING anything}, for what needs its id alone;
   * absent where the id is not known, or it was revoked.
   */
  public Optional<Token> atWorst() {
    return isRevoked
        ? Optional.empty()
        : id.map(
            known ->
                new Token(
                    known, description.orElse(""), ANYTHING, Optional.empty(), Optional.empty()));
  }

  /** "the token" and its id, or where that cannot be read, which one of the listing it is. */
  public String name() {
    return id.map(known -> "the token " + known).orElseGet(this::position);
  }

  private String position() {
    return "token " + number + " of the listing";
  }

  /** The id or the place in the listing, and what is wrong. */
  @Override
  public String toString() {
    return id.map(TokenId::toString).orElseGet(this::position) + " (" + why + ")";
  }
}
