package io.tokenform.live;

import io.tokenform.access.LiveDescription;
import io.tokenform.access.ShellWord;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.access.TokenName;
import io.tokenform.access.UnreadableToken;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.Subject;
import io.tokenform.finding.Suggestions;
import io.tokenform.policy.ClusterSection;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Policy;
import io.tokenform.policy.placement.ClusterName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the live token that each of the policy's tokens means. */
public final class Matching {
  private final Map<TokenId, Token> byId = new HashMap<>();

  /** Those that cannot be read. */
  private final List<UnreadableToken> unreadable = new ArrayList<>();

  /** Those of them that some token of the policy means, or may mean. */
  private final Set<UnreadableToken> unreadableManaged = new HashSet<>();

  /** The working tokens by what stands before their labels. */
  private final Map<String, List<Token>> activeByDescription = new HashMap<>();

  /** Those without a label, of which nobody has made or will make another one. */
  private final Map<String, List<Token>> revokedByDescription = new HashMap<>();

  /** The descriptions of those without a label that have expired. */
  private final Set<String> expiredDescriptions = new HashSet<>();

  private final Map<TokenId, DesiredToken> claimed = new HashMap<>();
  private final Set<TokenId> candidates = new HashSet<>();
  private final Map<TokenName, Token> matches = new HashMap<>();
  private final Map<TokenName, Generations> generations = new HashMap<>();
  private final Set<TokenName> absent = new HashSet<>();
  private final Map<TokenName, Diagnostic> problems = new HashMap<>();
  private final Map<TokenName, UnreadableToken> unreadableEnded = new HashMap<>();
  private Optional<Suggestions> descriptions = Optional.empty();

  /** What the cluster is called in its fleet, if it is in one. */
  private final Optional<ClusterName> cluster;

  private Matching(Optional<ClusterName> cluster, TokenListing live, Instant now) {
    this.cluster = cluster;
    unreadable.addAll(live.unreadable());
    for (Token token : live.tokens()) {
      byId.put(token.id(), token);
      LiveDescription description = LiveDescription.parse(token.description());
      if (token.isActive(now)) {
        activeByDescription
            .computeIfAbsent(description.text(), key -> new ArrayList<>())
            .add(token);
      } else if (token.isRevoked() && description.isInUse()) {
        revokedByDescription
            .computeIfAbsent(description.text(), key -> new ArrayList<>())
            .add(token);
      } else if (!token.isRevoked() && description.isInUse()) {
        expiredDescriptions.add(description.text());
      }
    }
  }

  /**
   * Finds them among the tokens that a cluster has listed.
   *
   * @param now the time by which tokens count as expired
   */
  public static Matching of(Policy policy, TokenListing live, Instant now) {
    Matching matching = new Matching(policy.cluster().flatMap(ClusterSection::name), live, now);
    // Ids first: a token found by its description must not take what another names outright.
    for (boolean hasId : new boolean[] {true, false}) {
      for (DesiredToken token : policy.tokens()) {
        if (token.id().isPresent() == hasId) {
          matching.match(token);
        }
      }
    }
    return matching;
  }

  /** The live token that is meant, unless there is a problem. */
  public Optional<Token> liveToken(DesiredToken desired) {
    return Optional.ofNullable(matches.get(desired.name()));
  }

  /** Why no live token could be found, if so. */
  public Optional<Diagnostic> problem(DesiredToken desired) {
    return Optional.ofNullable(problems.get(desired.name()));
  }

  /** What is said where the live token is to be revoked, and nobody knows what it can do. */
  public Optional<Diagnostic> endOfUnknown(DesiredToken desired) {
    return Optional.ofNullable(unreadableEnded.get(desired.name()))
        .map(
            token ->
                Diagnostic.warning(
                        Code.UNREADABLE_TOKEN,
                        desired.lifecycle().revoked().orElse(desired.where()),
                        token.name()
                            + " cannot be read: "
                            + token.why()
                            + "; what it can do is not known, so its revocation is planned as that"
                            + " of a token that may do anything")
                    .about(Subject.of(desired.name(), token.id().orElseThrow()))
                    .hint("see first who uses it: a revocation cannot be undone"));
  }

  /** The live tokens that it has beside the one in use; none for a token with an id. */
  public Generations generations(DesiredToken desired) {
    return generations.getOrDefault(desired.name(), Generations.NONE);
  }

  /** Whether the {@linkplain #problem problem} is that the cluster has no such token. */
  public boolean isAbsent(DesiredToken desired) {
    return absent.contains(desired.name());
  }

  /** Whether one that has expired had the description. */
  public boolean hasExpired(DesiredToken desired) {
    return desired
        .description()
        .filter(text -> expiredDescriptions.contains(text.value()))
        .isPresent();
  }

  /**
   * The one that was revoked last of those that had the description and no label: somebody revoked
   * it while it was in use.
   */
  public Optional<Token> revokedInUse(DesiredToken desired) {
    return desired.id().isPresent()
        ? Optional.empty()
        : desired
            .description()
            .flatMap(
                text ->
                    revokedByDescription.getOrDefault(text.value(), List.of()).stream()
                        .max(
                            Comparator.comparing((Token token) -> token.revokedAt().orElseThrow())
                                .thenComparing(Token::id)));
  }

  /** The policy's token that means a live one, or that has had it, where one does. */
  public Optional<DesiredToken> desiredToken(TokenId id) {
    return Optional.ofNullable(claimed.get(id));
  }

  /**
   * Those of some live tokens that no token of the policy means, in their order. One of several
   * that may be meant is none of them.
   */
  public List<Token> unmanaged(Collection<Token> tokens) {
    return tokens.stream()
        .filter(token -> !claimed.containsKey(token.id()) && !candidates.contains(token.id()))
        .toList();
  }

  /** The tokens that cannot be read and that no token of the policy means, in their order. */
  public List<UnreadableToken> unreadableUnmanaged() {
    return unreadable.stream().filter(token -> !unreadableManaged.contains(token)).toList();
  }

  private void match(DesiredToken desired) {
    Optional<Token> found =
        desired.id().isPresent()
            ? byId(desired, desired.id().get())
            : byDescription(desired, desired.description().orElseThrow());
    if (found.isPresent()) {
      claim(desired, found.get());
    }
  }

  private void claim(DesiredToken desired, Token token) {
    DesiredToken first = claimed.putIfAbsent(token.id(), desired);
    if (first == null) {
      matches.put(desired.name(), token);
      return;
    }
    problems.put(
        desired.name(),
        Diagnostic.error(
                Code.TOKEN_MATCHED_TWICE,
                desired.where(),
                "\""
                    + desired.name()
                    + "\" and \""
                    + first.name()
                    + "\" both mean the live token "
                    + token.id())
            .about(Subject.of(desired.name(), token.id()), Subject.of(first.name(), token.id()))
            .alsoAt(first.where())
            .hint("keep one of them, or give each its own id"));
  }

  private Optional<Token> byId(DesiredToken desired, Located<TokenId> id) {
    Optional<Token> found = Optional.ofNullable(byId.get(id.value()));
    Optional<UnreadableToken> unread = unreadable(id.value());
    if (unread.isPresent()) {
      unreadableManaged.add(unread.get());
      Optional<Token> ended =
          unread.get().atWorst().filter(token -> desired.lifecycle().revoked().isPresent());
      if (ended.isPresent()) {
        // A revocation needs the id alone.
        unreadableEnded.put(desired.name(), unread.get());
        return ended;
      }
      problems.put(
          desired.name(), unreadable(desired, id.where(), unread.get(), "cannot be read: "));
    } else if (found.isEmpty()) {
      absent.add(desired.name());
      problems.put(
          desired.name(),
          Diagnostic.of(
                  Guardrail.MISSING_TOKEN,
                  id.where(),
                  "the cluster has no token with the id " + id.value())
              .about(Subject.of(desired.name()))
              .hint(
                  namesake(desired)
                      .orElse(
                          cluster.isPresent()
                              ? "a token has an id of its own on each cluster: ids: {CLUSTER: ID}"
                              : "check that this is the right cluster; its tokens: tokenform token"
                                  + " list")));
    }
    return found;
  }

  private Optional<UnreadableToken> unreadable(TokenId id) {
    return unreadable.isEmpty()
        ? Optional.empty()
        : unreadable.stream().filter(token -> token.id().equals(Optional.of(id))).findFirst();
  }

  /** What a live token with the description that the policy gives tells about a wrong id. */
  private Optional<String> namesake(DesiredToken desired) {
    return desired
        .description()
        .map(text -> activeByDescription.getOrDefault(text.value(), List.of()))
        .filter(tokens -> !tokens.isEmpty())
        .map(tokens -> "the description is that of " + ids(tokens) + "; is that the one?");
  }

  private Optional<Token> byDescription(DesiredToken desired, Located<String> description) {
    List<Token> tokensThere = named(description);
    if (desired.was().isEmpty() && unreadable.isEmpty() && isTheOnlyOne(tokensThere)) {
      return Optional.of(tokensThere.get(0));
    }
    List<Token> all = new ArrayList<>(tokensThere);
    List<Token> inUse = inUse(all);
    for (Located<String> former : desired.was()) {
      List<Token> tokens = named(former);
      inUse = inUse.isEmpty() ? inUse(tokens) : inUse;
      all.addAll(tokens);
    }
    // What another token of the policy names by its id is that one's.
    all.removeIf(token -> claimed.containsKey(token.id()));
    Generations labelled = Generations.of(all);
    if (inUse.isEmpty() && !labelled.parked().isEmpty()) {
      inUse = labelled.parked();
      labelled = labelled.withoutParked();
    }
    generations.put(desired.name(), labelled);
    labelled.all().forEach(token -> claimed.putIfAbsent(token.id(), desired));
    Optional<UnreadableToken> unread = unreadable(desired, description, inUse.isEmpty());
    if (unread.isPresent()) {
      unreadableManaged.add(unread.get());
      inUse.forEach(token -> candidates.add(token.id()));
      problems.put(
          desired.name(),
          unreadable(
              desired,
              description.where(),
              unread.get(),
              unread.get().description().isPresent()
                  ? "has its description, and cannot be read: "
                  : "may be it, and cannot be read: "));
      return Optional.empty();
    }
    if (inUse.size() == 1) {
      return Optional.of(inUse.get(0));
    }
    inUse.forEach(token -> candidates.add(token.id()));
    if (inUse.isEmpty()) {
      absent.add(desired.name());
    }
    problems.put(
        desired.name(),
        (inUse.isEmpty() ? nobody(desired, description) : several(description, inUse))
            .about(Subject.of(desired.name())));
    return Optional.empty();
  }

  /** Whether there is one token, in use, that nobody else names: nearly always. */
  private boolean isTheOnlyOne(List<Token> tokens) {
    return tokens.size() == 1
        && !claimed.containsKey(tokens.get(0).id())
        && Generations.label(tokens.get(0)).isEmpty();
  }

  /**
   * One that cannot be read and is, or may be, one of the desired token: a new one must not be made
   * beside it, and another one not taken for it.
   *
   * @param isOpen whether none that can be read is the desired one
   */
  private Optional<UnreadableToken> unreadable(
      DesiredToken desired, Located<String> description, boolean isOpen) {
    if (unreadable.isEmpty()) {
      return Optional.empty();
    }
    Set<String> texts = new HashSet<>();
    texts.add(description.value());
    desired.was().forEach(former -> texts.add(former.value()));
    return unreadable.stream()
        .filter(token -> !token.isRevoked() && !unreadableManaged.contains(token))
        .filter(
            token ->
                token
                    .description()
                    .map(text -> texts.contains(LiveDescription.parse(text).text()))
                    .orElse(isOpen))
        .findFirst();
  }

  private static Diagnostic unreadable(
      DesiredToken desired, Location where, UnreadableToken token, String what) {
    return Diagnostic.error(
            Code.UNREADABLE_TOKEN,
            where,
            "\"" + desired.name() + "\" is left alone: " + token.name() + " " + what + token.why())
        .about(
            token
                .id()
                .map(id -> Subject.of(desired.name(), id))
                .orElseGet(() -> Subject.of(desired.name())))
        .hint(
            "plan and apply go on without it with --exclude "
                + ShellWord.of(desired.name().value())
                + "; "
                + SetAside.HINT);
  }

  /** The working tokens with a description, labels aside. */
  private List<Token> named(Located<String> description) {
    return activeByDescription.getOrDefault(description.value(), List.of());
  }

  /** Those without a label. */
  private static List<Token> inUse(List<Token> tokens) {
    return tokens.stream().filter(token -> Generations.label(token).isEmpty()).toList();
  }

  private Diagnostic nobody(DesiredToken desired, Located<String> description) {
    return Diagnostic.of(
            Guardrail.MISSING_TOKEN,
            description.where(),
            "no active token has the description \"" + description.value() + "\"")
        .hint(
            desired.lifecycle().deliver().isPresent()
                ? "tokenform apply makes it, and delivers its secret"
                : wayOut(description));
  }

  /** What helps where the policy does not say where the secret of a new token goes. */
  private String wayOut(Located<String> description) {
    if (!named(description).isEmpty()) {
      return "those that have it are old, or are being made: "
          + ids(named(description))
          + "; say with deliver where the secret of a new one goes";
    }
    return descriptions()
        .hint(description.value())
        .orElse(
            cluster.isPresent()
                ? "give its id on the cluster, ids: {CLUSTER: ID}; or limit it to"
                    + " others with clusters; or say with deliver where its secret"
                    + " goes, and tokenform makes it"
                : "give the id of the token that is meant"
                    + " (tokenform token list --unmanaged shows those that the policy"
                    + " does not name); or say with deliver where its secret goes, and"
                    + " tokenform makes it");
  }

  /** Made at the first question: most runs have none, and sorting takes its time. */
  private Suggestions descriptions() {
    if (descriptions.isEmpty()) {
      descriptions = Optional.of(new Suggestions(new TreeSet<>(activeByDescription.keySet())));
    }
    return descriptions.get();
  }

  private Diagnostic several(Located<String> description, List<Token> tokens) {
    return Diagnostic.error(
            Code.AMBIGUOUS_DESCRIPTION,
            description.where(),
            tokens.size()
                + " active tokens have the description \""
                + description.value()
                + "\": "
                + ids(tokens))
        .hint(
            "add the id of the one that is meant"
                + cluster.map(name -> ": ids: {" + name + ": ID}").orElse(""));
  }

  private static String ids(List<Token> tokens) {
    return tokens.stream()
        .map(Token::id)
        .sorted()
        .map(TokenId::toString)
        .collect(Collectors.joining(", "));
  }
}
