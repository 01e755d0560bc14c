package io.tokenform.export.terraform;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.live.Generations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The tokens of a Terraform state, held against the live ones by their ids.
 *
 * @param names what live tokens are to be called, after their addresses
 * @param working those that work, and that a policy can take over, by address; several may be of
 *     one token
 * @param others those that it cannot, by address
 */
public record Handover(Map<TokenId, String> names, List<StateToken> working, List<Other> others) {
  public Handover {
    names = Map.copyOf(names);
    working = List.copyOf(working);
    others = List.copyOf(others);
  }

  /** A token of the state that no policy can take over. */
  public record Other(StateToken token, Why why) {}

  /** Why no policy can take over a token. */
  public enum Why {
    REVOKED,
    EXPIRED,
    /** It has a label of tokenform's. */
    LABELLED,
    /** The cluster does not know it. */
    NOT_LIVE,
    /** The state says that it is another cluster's, and this one does not know it. */
    OTHER_CLUSTER,
    /** Its id is none that a database token can have. */
    NO_ID
  }

  /**
   * Finds the live token of each token in the state.
   *
   * @param live all tokens of the cluster
   * @param now the time by which tokens count as expired
   * @param mask hides secrets in addresses, which become names
   */
  public static Handover of(
      TerraformState state,
      Collection<Token> live,
      Instant now,
      ClusterAddress cluster,
      UnaryOperator<String> mask) {
    Map<TokenId, Token> byId = new LinkedHashMap<>();
    live.forEach(token -> byId.put(token.id(), token));
    Map<TokenId, String> names = new LinkedHashMap<>();
    List<StateToken> working = new ArrayList<>();
    List<Other> others = new ArrayList<>();
    for (StateToken token : inOrder(state)) {
      Optional<Token> found = token.id().map(byId::get);
      if (!token.isToken() && found.isEmpty()) {
        continue;
      }
      Optional<Why> why = why(token, found, now, cluster.clusterId());
      if (why.isPresent()) {
        others.add(new Other(token, why.get()));
        continue;
      }
      working.add(token);
      String name = new TerraformAddress(mask.apply(token.address().text())).name();
      if (!name.isEmpty()) {
        names.putIfAbsent(token.id().orElseThrow(), token.isDeposed() ? name + "-deposed" : name);
      }
    }
    return new Handover(names, working, others);
  }

  /** What surely is a token comes first, and what Terraform has not replaced. */
  private static List<StateToken> inOrder(TerraformState state) {
    return state.tokens().stream()
        .sorted(
            Comparator.comparing((StateToken token) -> !token.isToken())
                .thenComparing(StateToken::isDeposed)
                .thenComparing(StateToken::address))
        .toList();
  }

  private static Optional<Why> why(
      StateToken token, Optional<Token> found, Instant now, Optional<UUID> cluster) {
    if (token.id().isEmpty()) {
      return Optional.of(Why.NO_ID);
    }
    if (found.isEmpty()) {
      boolean isOthers =
          token.clusterId().isPresent()
              && cluster.isPresent()
              && !token.clusterId().equals(cluster);
      return Optional.of(isOthers ? Why.OTHER_CLUSTER : Why.NOT_LIVE);
    }
    return switch (found.get().status(now)) {
      case REVOKED -> Optional.of(Why.REVOKED);
      case EXPIRED -> Optional.of(Why.EXPIRED);
      default ->
          Generations.label(found.get()).isPresent() ? Optional.of(Why.LABELLED) : Optional.empty();
    };
  }
}
