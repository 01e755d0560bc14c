package io.tokenform.live;

import io.tokenform.access.LiveDescription;
import io.tokenform.access.Token;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A live token and its other working generations, whether a policy knows them or not: those whose
 * descriptions differ in their labels alone. Two without labels are nobody's generations.
 *
 * @param token the one that was asked for
 * @param others the others, by id
 */
public record TokenFamily(Token token, List<Token> others) {
  public TokenFamily {
    Objects.requireNonNull(token, "token");
    others = List.copyOf(others);
  }

  /**
   * Finds the others.
   *
   * @param live all tokens of the cluster, in any order
   * @param now the time by which tokens count as expired
   */
  public static TokenFamily of(Token token, Collection<Token> live, Instant now) {
    String text = text(token);
    List<Token> kin =
        live.stream()
            .filter(other -> other.isActive(now) && text(other).equals(text))
            .filter(other -> !other.id().equals(token.id()))
            .sorted(Comparator.comparing(Token::id))
            .toList();
    long inUse = kin.stream().filter(TokenFamily::isInUse).count();
    boolean isClear = inUse + (isInUse(token) ? 1 : 0) <= 1;
    return new TokenFamily(token, isClear ? kin : List.of());
  }

  /** What people call it: its description without a label. */
  public String text() {
    return text(token);
  }

  /** The token, and then the others. */
  public List<Token> all() {
    List<Token> all = new ArrayList<>();
    all.add(token);
    all.addAll(others);
    return all;
  }

  private static boolean isInUse(Token token) {
    return Generations.label(token).isEmpty();
  }

  private static String text(Token token) {
    return LiveDescription.parse(token.description()).text();
  }
}
