package io.tokenform.plan.verb;

import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Permissions;
import io.tokenform.access.ShellWord;
import io.tokenform.access.SinkName;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Located;
import io.tokenform.live.Generations;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Expiry;
import io.tokenform.policy.Lifecycle;
import io.tokenform.policy.Mode;
import io.tokenform.policy.Policy;
import io.tokenform.policy.UnwrittenPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens that somebody wants successors for, due or not. What the policy says of a token holds; one
 * that it does not name, or says too little of, gets a successor that is like it.
 */
public final class Renewals {
  private final Optional<Policy> policy;
  private final Optional<SinkName> deliver;
  private final Permissions permissions;
  private final Map<TokenName, DesiredToken> wanted = new LinkedHashMap<>();
  private final Map<TokenName, TokenId> renewed = new HashMap<>();

  /**
   * @param policy the policy, where there is one
   * @param deliver where the new secrets go; where it is absent, the policy has to say it
   * @param permissions what successors may do of tokens that the policy does not name; none for
   *     what those may do
   */
  public Renewals(Optional<Policy> policy, Optional<SinkName> deliver, Permissions permissions) {
    this.policy = policy;
    this.deliver = deliver;
    this.permissions = permissions;
  }

  /**
   * Adds a token; one that is there already is not added again.
   *
   * @param unmanagedName what the sink calls one that the policy does not name
   * @throws RefusedVerbException if it cannot get a successor
   */
  public void add(Named named, TokenName unmanagedName) throws RefusedVerbException {
    requireCurrent(named.token());
    if (named.desired().isEmpty()) {
      OwnName.requireNotOfPolicy(unmanagedName, named.token().id().toString(), policy);
    }
    DesiredToken desired =
        named.desired().isPresent()
            ? managed(named.desired().get(), named.token())
            : unmanaged(unmanagedName, named.token());
    TokenId other = renewed.putIfAbsent(desired.name(), named.token().id());
    wanted.putIfAbsent(desired.name(), desired);
    if (other != null && !other.equals(named.token().id())) {
      throw new RefusedVerbException(
          "two of the tokens would be \"" + desired.name() + "\" to the sink",
          "rotate them one by one, and give one of them another name with --name");
    }
  }

  private static void requireCurrent(Token token) throws RefusedVerbException {
    Optional<Label> label = Generations.label(token);
    if (label.filter(other -> !(other instanceof Label.Parked)).isPresent()) {
      throw new RefusedVerbException(
          "the token "
              + token.id()
              + " is "
              + label.get().word()
              + ": another one has taken its place, or is about to",
          "rotate the one in use; to end this one: tokenform token revoke " + token.id());
    }
  }

  private DesiredToken managed(DesiredToken desired, Token token) throws RefusedVerbException {
    if (!permissions.isEmpty()) {
      throw new RefusedVerbException(
          "the policy names \"" + desired.name() + "\", and says what it may do",
          "leave the databases out, or change the policy");
    }
    if (desired.id().isPresent()) {
      throw new RefusedVerbException(
          "the policy names the token of \""
              + desired.name()
              + "\" by its id, and a successor has another one",
          "give it in the policy its description, "
              + ShellWord.of(LiveDescription.parse(token.description()).text())
              + ", in place of the id; and deliver, which says where the secret goes");
    }
    if (desired.lifecycle().revoked().isPresent()) {
      throw new RefusedVerbException(
          "the policy wants \"" + desired.name() + "\" revoked",
          "change state in the policy first");
    }
    if (deliver.isEmpty() && desired.lifecycle().deliver().isPresent()) {
      return desired;
    }
    Lifecycle lifecycle = desired.lifecycle().to(sink("\"" + desired.name() + "\""));
    return desired.mode() == Mode.AUTHORITATIVE && desired.permissions().isPresent()
        ? desired.with(lifecycle)
        : desired.with(
            token.permissions().union(desired.permissions().orElse(Permissions.NONE)), lifecycle);
  }

  private DesiredToken unmanaged(TokenName name, Token token) throws RefusedVerbException {
    Permissions wanted = permissions.isEmpty() ? token.permissions() : permissions;
    if (wanted.isEmpty()) {
      throw new RefusedVerbException(
          "the token "
              + token.id()
              + " has no permissions, and no policy says which ones a successor should have",
          "say it with --read-database or --write-database");
    }
    Lifecycle lifecycle =
        new Lifecycle(
            Optional.of(sink(token.id().toString())),
            expires(token).map(expiry -> new Located<>(expiry, Typed.WHERE)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return UnwrittenPolicy.token(
        name, Typed.WHERE, LiveDescription.parse(token.description()).text(), wanted, lifecycle);
  }

  /** A successor lives as long as the old one was made for. */
  private static Optional<Expiry> expires(Token token) {
    if (token.expiresAt().isEmpty()) {
      return Optional.empty();
    }
    Instant end = token.expiresAt().get();
    Duration life =
        token
            .createdAt()
            .map(made -> Duration.ofSeconds(Duration.between(made, end).toSeconds()))
            .orElse(Duration.ZERO);
    return Optional.of(life.toSeconds() > 0 ? new Expiry.After(life) : new Expiry.At(end));
  }

  private Located<SinkName> sink(String who) throws RefusedVerbException {
    return new Located<>(
        deliver.orElseThrow(
            () ->
                new RefusedVerbException(
                    "nothing says where the secret of a successor of " + who + " goes",
                    "name a sink of the platform file: --deliver SINK --platform FILE")),
        Typed.WHERE);
  }

  /** The tokens that get successors. */
  public Set<TokenName> names() {
    return Set.copyOf(wanted.keySet());
  }

  /** The policy, as far as there is one, and with what is wanted beside it. */
  public Policy policy() {
    if (policy.isEmpty()) {
      return UnwrittenPolicy.of(Typed.SOURCE, List.copyOf(wanted.values()));
    }
    Policy written = policy.get();
    List<DesiredToken> tokens = new ArrayList<>();
    Map<TokenName, DesiredToken> rest = new LinkedHashMap<>(wanted);
    for (DesiredToken desired : written.tokens()) {
      DesiredToken other = rest.remove(desired.name());
      tokens.add(other == null ? desired : other);
    }
    tokens.addAll(rest.values());
    return new Policy(
        written.sources(),
        written.cluster(),
        tokens,
        written.roles(),
        written.guardrails().ofChangesAlone(),
        List.of());
  }
}
