package io.tokenform.export;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.SecretShapes;
import io.tokenform.access.Sha256;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.live.Generations;
import io.tokenform.live.TokenFilter;
import io.tokenform.policy.Expressible;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a policy would say so that it plans as nothing to change: working tokens as they are, under
 * names that are made of their descriptions, or that somebody gives them.
 *
 * @param tokens by name
 * @param roles by name; each is the role of two tokens at least
 * @param leftOut by id; tokens with labels, which no policy names
 */
public record Export(List<Entry> tokens, List<SharedRole> roles, List<LeftOut> leftOut) {
  /** The file or the token that has nothing to be called after. */
  private static final String NAMELESS_GROUP = "other";

  private static final String NAMELESS_TOKEN = "token";

  private static final Pattern FIRST_WORD = Pattern.compile("\\S+");

  public Export {
    tokens = List.copyOf(tokens);
    roles = List.copyOf(roles);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * A token that tokenform deals with itself, or that somebody parked.
   *
   * @param description its live description, label and all
   */
  public record LeftOut(TokenId id, String description) {}

  /**
   * One token as the policy says it.
   *
   * @param description its description, unless a policy cannot hold that
   * @param permissions those of its permissions that a policy can give
   * @param inexpressible the others; a token that has such is additive, so that it keeps them
   * @param role the role that gives all of {@code permissions}, where there is one
   * @param group what its description begins with, for a policy of several files
   */
  public record Entry(
      TokenName name,
      TokenId id,
      Optional<String> description,
      Permissions permissions,
      Permissions inexpressible,
      Optional<String> role,
      String group) {
    public Entry {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(description, "description");
      Objects.requireNonNull(permissions, "permissions");
      Objects.requireNonNull(inexpressible, "inexpressible");
      Objects.requireNonNull(role, "role");
      Objects.requireNonNull(group, "group");
    }

    public boolean isAdditive() {
      return !inexpressible.isEmpty();
    }

    /** Whether the policy leaves out something that the token has. */
    public boolean isIncomplete() {
      return description.isEmpty() || isAdditive();
    }
  }

  /** Permissions that tokens share exactly. */
  public record SharedRole(String name, Permissions permissions) {
    public SharedRole {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(permissions, "permissions");
    }
  }

  /**
   * What to export, and how.
   *
   * @param filters tokens that one of them includes; all where there is none
   * @param foldsRoles whether permissions that two or more tokens share exactly become roles
   * @param grouping the part of a description that says a token's group: the first capturing group,
   *     or else the whole match; the first word where there is no pattern
   * @param names what tokens want to be called by their ids; others are called after their
   *     descriptions
   * @param mask hides secrets that have no shape of their own, such as the management token
   */
  public record Options(
      List<TokenFilter> filters,
      boolean foldsRoles,
      Optional<Pattern> grouping,
      Map<TokenId, String> names,
      UnaryOperator<String> mask) {
    public Options {
      filters = List.copyOf(filters);
      Objects.requireNonNull(grouping, "grouping");
      names = Map.copyOf(names);
      Objects.requireNonNull(mask, "mask");
    }
  }

  /**
   * Exports the working ones of some live tokens.
   *
   * <p>A token's name is the one that the options give it, or else its description in lower case,
   * with hyphens for all but letters and digits. Tokens that would have the same name have the
   * beginning of their ids behind it. Names depend on the working tokens and the given names alone,
   * and not on the filters or on any order.
   *
   * <p>A token with a label is left out: it is an old one of a token that is there too, it is being
   * made, or somebody parked it.
   *
   * @param live all tokens of the cluster, in any order
   * @param now the time by which tokens count as expired
   */
  public static Export of(Collection<Token> live, Instant now, Options options) {
    List<Token> active =
        live.stream()
            .filter(token -> token.isActive(now))
            .map(token -> masked(token, options.mask()))
            .toList();
    List<Token> inUse =
        active.stream().filter(token -> Generations.label(token).isEmpty()).toList();
    List<LeftOut> leftOut =
        active.stream()
            .filter(token -> Generations.label(token).isPresent())
            .filter(token -> isSelected(token, options.filters()))
            .sorted(Comparator.comparing(Token::id))
            .map(token -> new LeftOut(token.id(), token.description()))
            .toList();
    Map<String, String> names = names(inUse, options.names());
    List<Entry> entries =
        inUse.stream()
            .filter(token -> isSelected(token, options.filters()))
            .map(token -> entry(token, names.get(identity(token)), options))
            .sorted(Comparator.comparing(Entry::name))
            .toList();
    return options.foldsRoles()
        ? folded(entries, leftOut)
        : new Export(entries, List.of(), leftOut);
  }

  /** The filters that include none of the working tokens. */
  public static List<TokenFilter> idle(
      Collection<Token> live, Instant now, List<TokenFilter> filters) {
    return filters.stream()
        .filter(
            filter ->
                live.stream().noneMatch(token -> token.isActive(now) && filter.includes(token)))
        .toList();
  }

  /** The tokens by their groups. */
  public SortedMap<String, List<Entry>> groups() {
    return tokens.stream()
        .collect(Collectors.groupingBy(Entry::group, TreeMap::new, Collectors.toList()));
  }

  private static Token masked(Token token, UnaryOperator<String> mask) {
    List<Permission> permissions =
        token.permissions().stream()
            .map(
                permission ->
                    new Permission(permission.action(), mask.apply(permission.resource())))
            .toList();
    return new Token(
        token.id(),
        SecretShapes.mask(mask.apply(token.description())),
        Permissions.of(permissions),
        token.createdAt(),
        token.expiresAt(),
        token.revokedAt());
  }

  private static boolean isSelected(Token token, List<TokenFilter> filters) {
    return filters.isEmpty() || filters.stream().anyMatch(filter -> filter.includes(token));
  }

  private static Map<String, String> names(List<Token> tokens, Map<TokenId, String> given) {
    UniqueNames names = new UniqueNames();
    for (Token token : tokens) {
      String slug = given.getOrDefault(token.id(), Slug.of(token.description()));
      names.want(slug.isEmpty() ? NAMELESS_TOKEN : slug, identity(token));
    }
    return names.give();
  }

  private static String identity(Token token) {
    return token.id().toString().replace("-", "");
  }

  private static Entry entry(Token token, String name, Options options) {
    Permissions expressible =
        Permissions.of(token.permissions().stream().filter(Expressible::permission).toList());
    return new Entry(
        new TokenName(name),
        token.id(),
        Optional.of(token.description()).filter(Expressible::text),
        expressible,
        token.permissions().minus(expressible),
        Optional.empty(),
        group(token.description(), options.grouping()));
  }

  private static String group(String description, Optional<Pattern> grouping) {
    Matcher matcher = grouping.orElse(FIRST_WORD).matcher(description);
    if (!matcher.find()) {
      return NAMELESS_GROUP;
    }
    String captured = matcher.groupCount() > 0 ? matcher.group(1) : null;
    String slug = Slug.of(captured == null ? matcher.group() : captured);
    return slug.isEmpty() ? NAMELESS_GROUP : slug;
  }

  private static Export folded(List<Entry> entries, List<LeftOut> leftOut) {
    Map<Permissions, Integer> counts = new HashMap<>();
    entries.forEach(entry -> counts.merge(entry.permissions(), 1, Integer::sum));
    List<Permissions> shared =
        counts.keySet().stream()
            .filter(permissions -> counts.get(permissions) > 1 && !permissions.isEmpty())
            .toList();
    UniqueNames wanted = new UniqueNames();
    shared.forEach(permissions -> wanted.want(roleName(permissions), digest(permissions)));
    Map<String, String> names = wanted.give();
    Map<Permissions, String> roles = new HashMap<>();
    shared.forEach(permissions -> roles.put(permissions, names.get(digest(permissions))));
    List<Entry> tokens = new ArrayList<>();
    for (Entry entry : entries) {
      Optional<String> role = Optional.ofNullable(roles.get(entry.permissions()));
      tokens.add(
          new Entry(
              entry.name(),
              entry.id(),
              entry.description(),
              entry.permissions(),
              entry.inexpressible(),
              role,
              entry.group()));
    }
    return new Export(
        tokens,
        shared.stream()
            .map(permissions -> new SharedRole(roles.get(permissions), permissions))
            .sorted(Comparator.comparing(SharedRole::name))
            .toList(),
        leftOut);
  }

  /** A name that says what a role permits, with a digest of that where it says not all. */
  private static String roleName(Permissions permissions) {
    String read = databases(permissions, Action.READ);
    String write = databases(permissions, Action.WRITE);
    String name;
    if (read.equals(write)) {
      name = "read-write-" + read;
    } else {
      name =
          (read.isEmpty() ? "" : "read-" + read)
              + (read.isEmpty() || write.isEmpty() ? "" : "-")
              + (write.isEmpty() ? "" : "write-" + write);
    }
    String slug = Slug.of(name);
    return slug.equals(name) ? name : slug + "-" + digest(permissions).substring(0, 8);
  }

  private static String databases(Permissions permissions, Action action) {
    return permissions.stream()
        .filter(permission -> permission.action().equals(action))
        .map(
            permission ->
                permission.coversAllDatabases() ? "all" : Slug.whole(permission.resource()))
        .collect(Collectors.joining("-"));
  }

  private static String digest(Permissions permissions) {
    String text =
        permissions.stream()
            .map(permission -> permission.resource().length() + " " + permission)
            .collect(Collectors.joining(" "));
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).replaceFirst(".*:", "");
  }
}
