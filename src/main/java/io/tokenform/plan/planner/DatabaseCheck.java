package io.tokenform.plan.planner;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.SecretShapes;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.Nearest;
import io.tokenform.finding.Subject;
import io.tokenform.live.Live;
import io.tokenform.live.Matching;
import io.tokenform.plan.Change;
import io.tokenform.plan.DatabaseChange;
import io.tokenform.plan.Kind;
import io.tokenform.plan.TokenAfter;
import io.tokenform.plan.TokenChange;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Mode;
import io.tokenform.policy.Policy;
import io.tokenform.policy.database.DesiredDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a plan does to databases and to those who use them, for the guardrails that decide about it:
 * data that goes, permissions on names that are gone, and users who lose a database that is
 * renamed.
 */
final class DatabaseCheck {
  /** Tokens beyond this many are counted and not named. */
  private static final int MOST_NAMED = 5;

  /** How much of a live text is shown, in characters. */
  private static final int LONGEST_TEXT = 200;

  /**
   * A working token.
   *
   * @param after what it may do once the plan is applied
   * @param place where its own change stands in the order of the plan; -1 where it has none
   * @param change what changes it, unless that ends it or its access on purpose
   */
  private record Holder(Token token, Permissions after, int place, Optional<TokenChange> change) {}

  private final Policy policy;
  private final Live live;
  private final Matching matching;
  private final List<DatabaseChange> changes;

  /** Where the changes of databases stand in the order of the plan, in their order. */
  private final List<Integer> places;

  private final List<TokenChange> tokenChanges;
  private final List<Holder> holders;

  /** What the policy gives its tokens, once somebody asks. */
  private final Map<TokenName, Permissions> wanted = new HashMap<>();

  /** The tokens whose permissions on unknown databases are told at their places in the policy. */
  private final Set<TokenName> toldAtPlaces;

  private final List<Diagnostic> found = new ArrayList<>();
  private final Map<String, Set<TokenName>> danglingOfPolicy = new HashMap<>();

  private DatabaseCheck(
      Policy policy,
      Live live,
      Matching matching,
      List<Change> changes,
      List<Holder> holders,
      Set<TokenName> toldAtPlaces) {
    this.policy = policy;
    this.toldAtPlaces = toldAtPlaces;
    this.live = live;
    this.matching = matching;
    this.changes = ofDatabases(changes);
    this.places = new ArrayList<>();
    for (int place = 0; place < changes.size(); place++) {
      if (changes.get(place).ofDatabase().isPresent()) {
        places.add(place);
      }
    }
    this.tokenChanges = GuardrailCheck.ofTokens(changes);
    this.holders = holders;
  }

  /**
   * What a check found.
   *
   * @param findings each about one database and of one of the rules that decide about databases
   * @param dangling whose permissions the findings of {@link Guardrail#DANGLING} tell of, by the
   *     names of databases that are gone; the tokens of the policy alone
   */
  record Found(List<Diagnostic> findings, Map<String, Set<TokenName>> dangling) {
    static final Found NOTHING = new Found(List.of(), Map.of());
  }

  /**
   * Checks a plan.
   *
   * @param changes in the order in which they are made
   * @param toldAtPlaces the tokens of which {@link Guardrail#UNKNOWN_DATABASE} tells; what the
   *     policy itself gives one of them on a database that is gone is told by that rule alone
   */
  static Found of(
      Policy policy,
      Live live,
      Matching matching,
      List<Change> changes,
      Set<TokenName> toldAtPlaces,
      Instant now) {
    DatabaseCheck check =
        new DatabaseCheck(
            policy, live, matching, changes, holders(live, changes, now), toldAtPlaces);
    check.losses();
    check.stranded();
    check.misspelt();
    check.unsaid();
    check.withoutTheirRename();
    check.dangling();
    return new Found(List.copyOf(check.found), check.danglingOfPolicy);
  }

  private static List<DatabaseChange> ofDatabases(List<Change> changes) {
    List<DatabaseChange> ofDatabases = new ArrayList<>();
    for (Change change : changes) {
      change.ofDatabase().ifPresent(ofDatabases::add);
    }
    return ofDatabases;
  }

  /** The names of the databases that are there once the changes are made. */
  static Set<String> namesAfter(Live live, List<Change> changes) {
    Set<String> names = new TreeSet<>(live.databases());
    for (DatabaseChange change : ofDatabases(changes)) {
      change.vanishing().ifPresent(name -> names.remove(name.value()));
    }
    for (DatabaseChange change : ofDatabases(changes)) {
      change.appearing().ifPresent(name -> names.add(name.value()));
    }
    return names;
  }

  private static List<Holder> holders(Live live, List<Change> changes, Instant now) {
    Map<TokenId, TokenAfter> outcomes = new HashMap<>();
    Map<TokenId, Integer> places = new HashMap<>();
    Map<TokenId, TokenChange> changing = new HashMap<>();
    for (int place = 0; place < changes.size(); place++) {
      Optional<TokenChange> change = changes.get(place).ofToken();
      if (change.isPresent()) {
        for (TokenAfter outcome : change.get().outcome()) {
          if (outcome.id().isPresent()) {
            outcomes.put(outcome.id().get(), outcome);
            places.put(outcome.id().get(), place);
            if (change.get().kind() != Kind.RETIRE && outcome.use() != TokenAfter.Use.NOBODY) {
              changing.put(outcome.id().get(), change.get());
            }
          }
        }
      }
    }
    List<Holder> holders = new ArrayList<>();
    for (Token token : live.tokens()) {
      if (token.isActive(now)) {
        TokenAfter outcome = outcomes.get(token.id());
        Permissions after = token.permissions();
        if (outcome != null) {
          after =
              outcome.use() == TokenAfter.Use.NOBODY
                  ? Permissions.NONE
                  : outcome.permissions().orElse(after);
        }
        holders.add(
            new Holder(
                token,
                after,
                places.getOrDefault(token.id(), -1),
                Optional.ofNullable(changing.get(token.id()))));
      }
    }
    holders.sort((one, other) -> one.token().id().compareTo(other.token().id()));
    return holders;
  }

  private void losses() {
    for (DatabaseChange change : changes) {
      if (change.losesData()) {
        add(
            Guardrail.DATA_LOSS,
            change.database(),
            change.where(),
            "the database \"" + lostName(change) + "\" " + change.loss() + ": irreversible",
            Optional.empty());
      }
    }
  }

  private static DatabaseName lostName(DatabaseChange change) {
    return change.vanishing().orElse(change.database());
  }

  /** Those who have a database under its old name alone once it has a new one. */
  private void stranded() {
    for (DatabaseChange change : changes) {
      if (change.successor().isEmpty()) {
        continue;
      }
      DatabaseName from = change.vanishing().orElseThrow();
      DatabaseName to = change.successor().get();
      List<Token> losers = new ArrayList<>();
      for (Holder holder : holders) {
        boolean loses = false;
        for (Permission permission : holder.after()) {
          loses |=
              permission.resource().equals(from.value())
                  && !holder.after().allows(new Permission(permission.action(), to.value()));
        }
        if (loses) {
          losers.add(holder.token());
        }
      }
      if (!losers.isEmpty()) {
        add(
            Guardrail.STRANDED,
            to,
            change.where(),
            "the database \""
                + from
                + "\" would be renamed to \""
                + to
                + "\", and "
                + who(losers)
                + " would lose it: "
                + (losers.size() == 1 ? "it has" : "they have")
                + " access under the old name alone",
            Optional.of(
                policy.isWritten()
                    ? "have these tokens in the policy, with the new name, or give them access"
                        + " under it first (tokenform token update --help)"
                    : "give them access under the name \""
                        + to
                        + "\" first: tokenform token update --help; or rename in a policy that"
                        + " has these tokens"));
      }
      givenNothing(from, to, change.where());
    }
  }

  /** A new database in the place of one that was to be renamed, and whose name is misspelt. */
  private void misspelt() {
    for (DatabaseChange change : changes) {
      if (change.successor().isPresent() || change.appearing().isEmpty()) {
        continue;
      }
      Optional<Located<DatabaseName>> former = former(change.database());
      if (former.isPresent()) {
        String word = former.get().value().value();
        Optional<String> meant = Nearest.to(word, new TreeSet<>(live.databases()));
        if (meant.isPresent()) {
          add(
              Guardrail.STRANDED,
              change.database(),
              former.get().where(),
              "there is no database \""
                  + word
                  + "\" to be renamed, and \""
                  + change.database()
                  + "\" would be a new one, without data",
              Optional.of("did you mean \"" + meant.get() + "\"?"));
        }
      }
    }
  }

  /** A new database to which tokens go over from one that the policy says nothing of any more. */
  private void unsaid() {
    for (DatabaseChange change : changes) {
      if (change.successor().isPresent()
          || change.appearing().isEmpty()
          || former(change.database()).isPresent()) {
        continue;
      }
      Map<String, Set<TokenName>> leavers = new TreeMap<>();
      for (Holder holder : holders) {
        for (Permission permission : holder.token().permissions()) {
          Permission same = new Permission(permission.action(), change.database().value());
          if (holder.change().isPresent()
              && !holder.after().allows(permission)
              && holder.after().allows(same)
              && !holder.token().permissions().allows(same)) {
            leavers
                .computeIfAbsent(permission.resource(), name -> new TreeSet<>())
                .add(holder.change().get().token());
          }
        }
      }
      leavers.forEach(
          (name, tokens) -> {
            if (live.databases().contains(name) && !isSpokenOf(name) && !isUsedStill(name)) {
              add(
                  Guardrail.STRANDED,
                  change.database(),
                  change.where(),
                  "\""
                      + change.database()
                      + "\" would be a new database, without data, and "
                      + named(tokens)
                      + " would have it in the place of \""
                      + name
                      + "\"",
                  Optional.of("if it is the same database, write renamed: " + name));
            }
          });
    }
  }

  private boolean isSpokenOf(String database) {
    for (DesiredDatabase desired : policy.databases()) {
      if (desired.name().value().equals(database)
          || desired.renamed().filter(old -> old.value().value().equals(database)).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a token of the policy has a permission on it once the plan is applied. */
  private boolean isUsedStill(String database) {
    for (Holder holder : holders) {
      if (matching.desiredToken(holder.token().id()).isPresent()
          && holder.after().relyOn(database)) {
        return true;
      }
    }
    return false;
  }

  private Optional<Located<DatabaseName>> former(DatabaseName database) {
    return policy.databases().stream()
        .filter(desired -> desired.name().equals(database))
        .findFirst()
        .flatMap(DesiredDatabase::renamed);
  }

  /** Those who would lose the database because they get no new name, but a successor. */
  private void givenNothing(DatabaseName from, DatabaseName to, Location where) {
    Set<TokenName> losers = new TreeSet<>();
    for (Holder holder : holders) {
      if (holder.change().isPresent()
          && loses(holder.token(), holder.change().get(), holder.after(), from, to)) {
        losers.add(holder.change().get().token());
      }
    }
    if (!losers.isEmpty()) {
      add(
          Guardrail.STRANDED,
          to,
          where,
          "the database \""
              + from
              + "\" would be renamed to \""
              + to
              + "\", and an old token of "
              + named(losers)
              + " would lose it: a token that gets a successor is given nothing",
          Optional.of("rename first, and rotate in another apply"));
    }
  }

  /**
   * Whether a change takes a permission on the old name and does not give the same under the new
   * one, though the policy gives it to the token's name.
   */
  private boolean loses(
      Token token, TokenChange change, Permissions after, DatabaseName from, DatabaseName to) {
    for (Permission permission : token.permissions()) {
      Permission same = new Permission(permission.action(), to.value());
      if (permission.resource().equals(from.value())
          && !after.allows(permission)
          && !after.allows(same)
          && isGiven(change.token(), same)) {
        return true;
      }
    }
    return false;
  }

  private boolean isGiven(TokenName name, Permission permission) {
    if (wanted.isEmpty()) {
      for (DesiredToken desired : policy.tokens()) {
        desired.permissions().ifPresent(permissions -> wanted.put(desired.name(), permissions));
      }
    }
    Permissions permissions = wanted.get(name);
    return permissions != null && permissions.allows(permission);
  }

  /** Tokens that would trade an old name for a new one that the plan does not give the database. */
  private void withoutTheirRename() {
    Set<String> names = new HashSet<>(live.databases());
    for (DesiredDatabase desired : policy.databases()) {
      if (desired.renamed().isEmpty()) {
        continue;
      }
      DatabaseName from = desired.renamed().get().value();
      if (names.contains(from.value())
          && !names.contains(desired.name().value())
          && !isRenamed(desired.name())) {
        withoutTheirRename(from, desired.name(), desired.renamed().get().where());
      }
    }
  }

  private boolean isRenamed(DatabaseName to) {
    for (DatabaseChange change : changes) {
      if (change.successor().filter(to::equals).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private void withoutTheirRename(DatabaseName from, DatabaseName to, Location where) {
    Map<TokenId, Permissions> now = new HashMap<>();
    for (Holder holder : holders) {
      now.put(holder.token().id(), holder.token().permissions());
    }
    Set<TokenName> traders = new TreeSet<>();
    for (TokenChange change : tokenChanges) {
      for (TokenAfter outcome : change.outcome()) {
        Permissions after = outcome.permissions().orElse(Permissions.NONE);
        if (outcome.permissions().isPresent() && change.kind() != Kind.RETIRE) {
          Permissions before = outcome.id().map(now::get).orElse(Permissions.NONE);
          if (gives(before, after, to) || takes(change.token(), before, after, from, to)) {
            traders.add(change.token());
          }
        }
      }
    }
    if (!traders.isEmpty()) {
      add(
          Guardrail.STRANDED,
          to,
          where,
          "this plan does not rename the database \""
              + from
              + "\" to \""
              + to
              + "\", and changes the access of "
              + named(traders)
              + " as if it did",
          Optional.of("rename the database with them, or before: target database." + to + ", too"));
    }
  }

  private static boolean gives(Permissions before, Permissions after, DatabaseName to) {
    for (Permission permission : after.minus(before)) {
      if (permission.resource().equals(to.value())) {
        return true;
      }
    }
    return false;
  }

  private boolean takes(
      TokenName token, Permissions before, Permissions after, DatabaseName from, DatabaseName to) {
    for (Permission permission : before) {
      if (permission.resource().equals(from.value())
          && !after.allows(permission)
          && isGiven(token, new Permission(permission.action(), to.value()))) {
        return true;
      }
    }
    return false;
  }

  private static String named(Set<TokenName> tokens) {
    List<String> names = new ArrayList<>();
    for (TokenName token : tokens) {
      if (names.size() < MOST_NAMED) {
        names.add("\"" + token + "\"");
      }
    }
    int more = tokens.size() - names.size();
    return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
  }

  /** Permissions on names that are gone, and those that come back to life. */
  private void dangling() {
    Set<String> now = new HashSet<>(live.databases());
    if (now.isEmpty()) {
      // Nothing is known of them, or every permission is on a name that is gone.
      return;
    }
    Map<String, DatabaseChange> renamed = new HashMap<>();
    Map<String, DatabaseChange> made = new HashMap<>();
    Map<String, Integer> madeAt = new TreeMap<>();
    Set<String> then = new HashSet<>(now);
    for (int i = 0; i < changes.size(); i++) {
      DatabaseChange change = changes.get(i);
      int place = places.get(i);
      change.vanishing().ifPresent(name -> then.remove(name.value()));
      change
          .appearing()
          .ifPresent(
              name -> {
                made.put(name.value(), change);
                madeAt.put(name.value(), place);
              });
      if (change.successor().isPresent()) {
        renamed.put(change.vanishing().orElseThrow().value(), change);
      }
    }
    Map<String, List<Token>> byName = new TreeMap<>();
    for (Holder holder : holders) {
      Set<String> names = new TreeSet<>();
      for (Permission permission : holder.after()) {
        if (!permission.coversAllDatabases()
            && holder.token().permissions().contains(permission)
            && !then.contains(permission.resource())
            && !(made.containsKey(permission.resource())
                ? isWanted(holder.token(), permission)
                : isToldAtItsPlace(holder.token(), permission))) {
          names.add(permission.resource());
        }
      }
      for (String name : names) {
        byName.computeIfAbsent(name, key -> new ArrayList<>()).add(holder.token());
      }
    }
    byName.forEach(
        (name, tokens) -> {
          if (made.containsKey(name)) {
            revived(made.get(name), tokens, "");
          } else if (renamed.containsKey(name)) {
            left(renamed.get(name), tokens);
          } else {
            gone(name, now.contains(name), tokens);
            danglingOfPolicy.put(name, ofPolicy(tokens));
          }
        });
    madeAt.forEach(
        (name, place) -> {
          List<Token> tokens = losingLater(name, place);
          if (!tokens.isEmpty()) {
            revived(made.get(name), tokens, " until the plan takes it");
          }
        });
  }

  /** Those who have a permission on a name until their own change, which comes after a place. */
  private List<Token> losingLater(String name, int place) {
    List<Token> tokens = new ArrayList<>();
    for (Holder holder : holders) {
      boolean loses = false;
      for (Permission permission : holder.token().permissions()) {
        loses |=
            permission.resource().equals(name)
                && !holder.after().allows(permission)
                && !isWanted(holder.token(), permission);
      }
      if (loses && holder.place() > place) {
        tokens.add(holder.token());
      }
    }
    return tokens;
  }

  /** Whether the policy has the permission, so that a finding at its place tells of it. */
  private boolean isToldAtItsPlace(Token token, Permission permission) {
    return matching
        .desiredToken(token.id())
        .filter(desired -> toldAtPlaces.contains(desired.name()))
        .flatMap(DesiredToken::permissions)
        .filter(stated -> stated.contains(permission))
        .isPresent();
  }

  private Set<TokenName> ofPolicy(List<Token> tokens) {
    Set<TokenName> names = new HashSet<>();
    for (Token token : tokens) {
      matching.desiredToken(token.id()).ifPresent(desired -> names.add(desired.name()));
    }
    return names;
  }

  /** Whether the policy gives a token of its own that permission. */
  private boolean isWanted(Token token, Permission permission) {
    return matching
        .desiredToken(token.id())
        .flatMap(DesiredToken::permissions)
        .filter(wanted -> wanted.allows(permission))
        .isPresent();
  }

  /**
   * @param howLong what is to be said of the end of that access, with a blank before it
   */
  private void revived(DatabaseChange change, List<Token> tokens, String howLong) {
    if (change.successor().isPresent()) {
      // It is no new database, and a rollback gives it the name that it had.
      add(
          Guardrail.DANGLING,
          change.database(),
          change.where(),
          who(tokens)
              + (tokens.size() == 1 ? " has" : " have")
              + " permissions on the name \""
              + change.database()
              + "\" already, and would have access to the database that gets it"
              + howLong,
          Optional.of("take these permissions away first where that is not meant"));
      return;
    }
    add(
        Guardrail.DANGLING,
        change.database(),
        change.where(),
        "there was a database \""
            + change.database()
            + "\" before, and "
            + who(tokens)
            + " would have access to the new one"
            + howLong
            + ": permissions keep the names of databases that are"
            + " gone",
        Optional.of("take these permissions away first, or choose another name"));
  }

  /** Those who keep a permission on the old name of a database that gets another. */
  private void left(DatabaseChange change, List<Token> tokens) {
    DatabaseName from = change.vanishing().orElseThrow();
    add(
        Guardrail.DANGLING,
        from,
        change.where(),
        who(tokens)
            + (tokens.size() == 1 ? " keeps" : " keep")
            + " permissions on the old name \""
            + from
            + "\" of the database \""
            + change.database()
            + "\"",
        Optional.of(
            (areAdditive(tokens)
                    ? "take them away by hand, or state all permissions without mode: additive"
                    : "take them away")
                + ": whoever creates a database of that name gives access to it with them"));
  }

  /** Whether plans take nothing from one of these. */
  private boolean areAdditive(List<Token> tokens) {
    for (Token token : tokens) {
      Optional<DesiredToken> desired = matching.desiredToken(token.id());
      if (desired.isPresent() && desired.get().mode() == Mode.ADDITIVE) {
        return true;
      }
    }
    return false;
  }

  /**
   * @param isThere whether it is gone only with this plan
   */
  private void gone(String name, boolean isThere, List<Token> tokens) {
    DatabaseName database;
    try {
      database = new DatabaseName(name);
    } catch (IllegalArgumentException e) {
      // A permission can bear what no database can be called.
      found.add(
          Diagnostic.of(
                  Guardrail.DANGLING,
                  policy.start(),
                  who(tokens)
                      + (tokens.size() == 1 ? " has" : " have")
                      + " permissions on \""
                      + shown(name)
                      + "\", which no database can be called")
              .hint("take them away: they permit nothing"));
      return;
    }
    add(
        Guardrail.DANGLING,
        database,
        place(database),
        who(tokens)
            + (tokens.size() == 1 ? " has" : " have")
            + " permissions on the database \""
            + name
            + (isThere ? "\", which would be gone" : "\", which does not exist"),
        Optional.of(
            "take them away: whoever creates a database of that name gives access to it with"
                + " them"));
  }

  /** Where the policy speaks of it, or its beginning. */
  private Location place(DatabaseName database) {
    return policy.databases().stream()
        .filter(desired -> desired.name().equals(database))
        .map(desired -> desired.deleted().orElse(desired.where()))
        .findFirst()
        .orElse(policy.start());
  }

  /** A text of the cluster, which may be of any length; masked first, since a cut hides secrets. */
  private static String shown(String text) {
    String masked = SecretShapes.mask(text);
    return masked.codePointCount(0, masked.length()) <= LONGEST_TEXT
        ? masked
        : masked.substring(0, masked.offsetByCodePoints(0, LONGEST_TEXT)) + "...";
  }

  /** The tokens by their names in the policy, or as the cluster has them. */
  private String who(List<Token> tokens) {
    List<String> names = new ArrayList<>();
    for (Token token : tokens) {
      if (names.size() < MOST_NAMED) {
        names.add(
            matching
                .desiredToken(token.id())
                .map(desired -> "\"" + desired.name() + "\"")
                .orElse("\"" + shown(token.description()) + "\" (" + token.id() + ")"));
      }
    }
    int more = tokens.size() - names.size();
    if (more > 0) {
      return String.join(", ", names) + " and " + more + " more";
    }
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  private void add(
      Guardrail rule,
      DatabaseName database,
      Location where,
      String message,
      Optional<String> hint) {
    Diagnostic finding =
        Diagnostic.of(rule, where, message).about(Subject.ofDatabase(database.value()));
    found.add(hint.isPresent() ? finding.hint(hint.get()) : finding);
  }
}
