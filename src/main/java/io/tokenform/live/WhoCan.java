package io.tokenform.live;

import io.tokenform.access.Label;
import io.tokenform.access.Permission;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.policy.DesiredToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The working tokens that can do something with a database.
 *
 * @param wanted what they can do, on which database or on all of them
 * @param holders the tokens, by description and id
 */
public record WhoCan(Permission wanted, List<Holder> holders) {
  public WhoCan {
    Objects.requireNonNull(wanted, "wanted");
    holders = List.copyOf(holders);
  }

  /**
   * A token that can.
   *
   * @param name its name in the policy, where there is a policy that means it
   * @param exact whether a permission of it names the very database
   * @param all whether a permission of it is on all databases
   */
  public record Holder(Token token, Optional<TokenName> name, boolean exact, boolean all) {
    public TokenId id() {
      return token.id();
    }

    /** The label that says which generation it is; absent for the one in use. */
    public Optional<Label> generation() {
      return Generations.label(token);
    }

    /** Through what it can: {@code exact}, {@code *}, or both in this order. */
    public List<String> how() {
      List<String> how = new ArrayList<>();
      if (exact) {
        how.add("exact");
      }
      if (all) {
        how.add(Permission.ALL_DATABASES);
      }
      return how;
    }
  }

  /**
   * Finds them.
   *
   * @param wanted on {@code *}, those alone that can on all databases, present and future
   * @param live all tokens of the cluster, in any order
   * @param names the names that a policy has for them, where there is a policy
   * @param now the time by which tokens count as expired
   */
  public static WhoCan find(
      Permission wanted, Collection<Token> live, Optional<PolicyNames> names, Instant now) {
    return new WhoCan(
        wanted,
        live.stream()
            .filter(token -> token.isActive(now) && token.permissions().allows(wanted))
            .sorted(TokenOrder.DESCRIPTION.comparator())
            .map(token -> holder(token, wanted, names))
            .toList());
  }

  private static Holder holder(Token token, Permission wanted, Optional<PolicyNames> names) {
    return new Holder(
        token,
        names.flatMap(policy -> policy.desiredToken(token.id())).map(DesiredToken::name),
        !wanted.coversAllDatabases() && token.permissions().contains(wanted),
        token.permissions().contains(wanted.onAllDatabases()));
  }
}
