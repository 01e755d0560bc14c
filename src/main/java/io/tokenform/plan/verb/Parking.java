package io.tokenform.plan.verb;

import io.tokenform.access.Action;
import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.live.Generations;
import io.tokenform.live.PolicyNames;
import io.tokenform.live.TokenFamily;
import io.tokenform.live.WhoCan;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Policy;
import io.tokenform.policy.Rotation;
import io.tokenform.policy.UnwrittenPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A token that somebody wants cut off at once, with every generation of it that works: its secret
 * may be that of an old one.
 *
 * <p>The one in use is parked. A retiring one is retired, so that one token alone is parked for its
 * description, and nothing touches either until that one is released. One that is being made loses
 * its permissions and keeps its label.
 *
 * @param named the token, and its name
 * @param family all its working generations
 * @param label the label that it gets
 */
public record Parking(Named named, TokenFamily family, Label.Parked label) {
  public Parking {
    Objects.requireNonNull(named, "named");
    Objects.requireNonNull(family, "family");
    Objects.requireNonNull(label, "label");
  }

  /** The generation that gets the label: the one in use, or else the one that was asked for. */
  private Token main() {
    return family.all().stream()
        .filter(token -> Generations.label(token).isEmpty() || isParked(token))
        .findFirst()
        .orElse(family.token());
  }

  private static boolean isParked(Token token) {
    return LiveDescription.parse(token.description()).has(Label.Parked.class);
  }

  /** Those that have access now; the one that is parked or becomes it is the first. */
  public List<Token> open() {
    List<Token> open = new ArrayList<>();
    Token main = main();
    if (!isParked(main) || !main.permissions().isEmpty()) {
      open.add(main);
    }
    family.all().stream()
        .filter(token -> !token.id().equals(main.id()) && !token.permissions().isEmpty())
        .forEach(open::add);
    return open;
  }

  /** The policy that wants it. */
  public Policy policy() {
    List<DesiredToken> tokens = new ArrayList<>();
    TokenId main = main().id();
    for (Token token : open()) {
      boolean isMain = token.id().equals(main);
      tokens.add(
          UnwrittenPolicy.token(
              isMain ? named.name() : Typed.byId(token),
              token.id(),
              Typed.WHERE,
              isMain ? Optional.of(description(label)) : description(token),
              Optional.of(Permissions.NONE)));
    }
    return UnwrittenPolicy.of(Typed.SOURCE, tokens);
  }

  private String description(Label other) {
    return LiveDescription.of(family.text(), other).toString();
  }

  private Optional<String> description(Token old) {
    Duration park =
        named
            .desired()
            .flatMap(desired -> desired.lifecycle().rotate())
            .map(Rotation::park)
            .orElse(Rotation.DEFAULT_PARK);
    return Generations.label(old)
        .filter(Label.Retiring.class::isInstance)
        .map(retiring -> description(new Label.Retired(label.at().plus(park))));
  }

  /**
   * For each permission to write that is taken away, who else has it: all working tokens but its
   * own generations.
   *
   * @param live all tokens of the cluster, in any order
   * @param names the names that a policy has for them, where there is a policy
   */
  public List<WhoCan> otherWriters(Collection<Token> live, Optional<PolicyNames> names) {
    Set<TokenId> own = family.all().stream().map(Token::id).collect(Collectors.toSet());
    List<Token> others = live.stream().filter(token -> !own.contains(token.id())).toList();
    return open().stream()
        .flatMap(token -> token.permissions().stream())
        .filter(permission -> permission.action().equals(Action.WRITE))
        .map(Permission::resource)
        .distinct()
        .sorted()
        .map(database -> WhoCan.find(Permission.write(database), others, names, label.at()))
        .toList();
  }

  /** A parking of a token that works. */
  public static Parking of(Named named, Collection<Token> live, Instant now, String reason) {
    return new Parking(
        named, TokenFamily.of(named.token(), live, now), new Label.Parked(now, reason));
  }
}
