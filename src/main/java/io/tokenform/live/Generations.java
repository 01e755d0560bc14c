package io.tokenform.live;

import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Token;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The working live tokens that a token of the policy has beside the one in use, by their labels:
 * each list by id.
 *
 * @param pending those that are being made, or whose making did not end
 * @param retiring those that have a successor, and work
 * @param retired those that have a successor, and no access any more
 * @param parked those that were cut off by hand, where there is another one in use
 */
public record Generations(
    List<Token> pending, List<Token> retiring, List<Token> retired, List<Token> parked) {
  public static final Generations NONE =
      new Generations(List.of(), List.of(), List.of(), List.of());

  public Generations {
    pending = List.copyOf(pending);
    retiring = List.copyOf(retiring);
    retired = List.copyOf(retired);
    parked = List.copyOf(parked);
  }

  /** Those of some tokens that have a label. */
  static Generations of(Collection<Token> tokens) {
    List<Token> labelled = tokens.stream().filter(token -> label(token).isPresent()).toList();
    return labelled.isEmpty()
        ? NONE
        : new Generations(
            with(Label.Pending.class, labelled),
            with(Label.Retiring.class, labelled),
            with(Label.Retired.class, labelled),
            with(Label.Parked.class, labelled));
  }

  private static List<Token> with(Class<? extends Label> label, Collection<Token> tokens) {
    return tokens.stream()
        .filter(token -> LiveDescription.parse(token.description()).has(label))
        .sorted(Comparator.comparing(Token::id))
        .toList();
  }

  /** The label of a live token; absent for one in use. */
  public static Optional<Label> label(Token token) {
    return LiveDescription.parse(token.description()).label();
  }

  /**
   * Whether a token is parked: its label says so, and it has no access. Where it has some, somebody
   * gave it back, or the label is not tokenform's.
   */
  public static boolean isParked(Token token) {
    return token.permissions().isEmpty()
        && LiveDescription.parse(token.description()).has(Label.Parked.class);
  }

  /** All of them. */
  public List<Token> all() {
    List<Token> all = new ArrayList<>(pending);
    all.addAll(retiring);
    all.addAll(retired);
    all.addAll(parked);
    return all;
  }

  Generations withoutParked() {
    return new Generations(pending, retiring, retired, List.of());
  }
}
