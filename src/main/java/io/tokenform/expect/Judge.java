package io.tokenform.expect;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.TokenName;
import io.tokenform.access.UnreadableToken;
import io.tokenform.expect.Verdict.Escape;
import io.tokenform.expect.Verdict.Unmatched;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.policy.expect.Clause;
import io.tokenform.policy.expect.Expectation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds expectations against a world. {@code *} is understood: who may write all databases may
 * write each of them.
 *
 * <p>What must not be is looked for with every working token, whatever its label. What must be, the
 * token in use has to be able to do: a successor that is being made cannot do it yet, and an old
 * one will not for long.
 */
public final class Judge {
  private final World world;
  private final Escapes escapes;

  private Judge(World world, Escapes escapes) {
    this.world = world;
    this.escapes = escapes;
  }

  /**
   * The verdicts about some expectations, in their order.
   *
   * @param expectations all of one source: what is expected of a database under its old name may be
   *     expected under the new one by another of them
   */
  public static List<Verdict> judge(List<Expectation> expectations, World world) {
    Judge judge = new Judge(world, new Escapes(expectations, world.renames()));
    return expectations.stream().map(one -> one.ask(judge.new Hearing(one))).toList();
  }

  /** Holds one expectation against the world. */
  private final class Hearing implements Expectation.Forms<Verdict> {
    private final Expectation expectation;
    private final List<Breach> breaches = new ArrayList<>();
    private final List<Unmatched> unmatched = new ArrayList<>();
    private final Set<Holder> unknown = new LinkedHashSet<>();
    private final Map<Located<String>, Set<String>> found = new HashMap<>();

    Hearing(Expectation expectation) {
      this.expectation = expectation;
    }

    /**
     * @param unreadable the tokens that may break it, and that nobody can read
     */
    private Verdict verdict(List<UnreadableToken> unreadable) {
      List<Escape> escaping = escapes.of(expectation);
      // Of an old name nothing else is said: what holds of it is about nothing.
      breaches.removeIf(breach -> isOfOldNames(breach, escaping));
      unmatched.removeIf(
          nothing ->
              escaping.stream().anyMatch(escape -> escape.pattern().equals(nothing.pattern())));
      return new Verdict(
          expectation, breaches, unmatched, List.copyOf(unknown), unreadable, escaping);
    }

    private static boolean isOfOldNames(Breach breach, List<Escape> escaping) {
      return !breach.isAble()
          && !breach.resources().isEmpty()
          && breach.resources().stream()
              .allMatch(name -> escaping.stream().anyMatch(escape -> escape.from().equals(name)));
    }

    @Override
    public Verdict ofToken(Expectation.OfToken about) {
      String pattern = about.token().value();
      List<Holder> meant =
          world.holders().stream().filter(holder -> Patterns.fits(pattern, holder)).toList();
      List<TokenName> names =
          world.names().stream()
              .filter(name -> pattern.equals("*") || Patterns.fits(pattern, name))
              .toList();
      if (meant.isEmpty() && names.isEmpty()) {
        unmatchedToken(about.token());
      }
      for (Clause clause : about.cannot()) {
        lookFor(clause);
        meant.forEach(holder -> refuse(holder, clause, ", and must not " + wanted(clause)));
      }
      for (Clause clause : about.can()) {
        for (TokenName name : names) {
          require(Optional.of(name.value()), inUse(meant, name), clause);
        }
        meant.stream()
            .filter(holder -> holder.name().isEmpty() || Patterns.isId(pattern))
            .forEach(holder -> require(Optional.empty(), List.of(holder), clause));
        boolean isMissing =
            names.isEmpty()
                && meant.isEmpty()
                && !Patterns.isGlob(pattern)
                && !world.isElsewhere(pattern);
        if (isMissing && (world.isWhole() || !Patterns.isId(pattern))) {
          require(Optional.of(pattern), List.of(), clause);
        }
      }
      return verdict(
          world.unreadable().stream()
              .filter(token -> pattern.equals("*") || isId(pattern, token))
              .toList());
    }

    private static boolean isId(String pattern, UnreadableToken token) {
      return token.id().filter(id -> id.toString().equalsIgnoreCase(pattern)).isPresent();
    }

    @Override
    public Verdict never(Expectation.Never about) {
      String others =
          about.except().isEmpty()
              ? ", and nobody may "
              : ", and only " + names(about.except()) + " may ";
      for (Clause clause : about.never()) {
        lookFor(clause);
        world.holders().stream()
            .filter(holder -> !Patterns.fitsOne(about.except(), holder))
            .forEach(holder -> refuse(holder, clause, others + wanted(clause)));
      }
      for (Located<String> pattern : about.except()) {
        boolean isKnown =
            world.holders().stream().anyMatch(holder -> Patterns.fits(pattern.value(), holder))
                || world.names().stream().anyMatch(name -> Patterns.fits(pattern.value(), name));
        if (!isKnown) {
          unmatchedToken(pattern);
        }
      }
      return verdict(world.unreadable());
    }

    @Override
    public Verdict ofDatabase(Expectation.OfDatabase about) {
      Located<String> pattern = about.database();
      Set<String> databases = databases(pattern);
      if (databases.isEmpty()) {
        return verdict(world.unreadable());
      }
      about.writers().ifPresent(names -> exactly(Action.WRITE, databases, names));
      about.readers().ifPresent(names -> exactly(Action.READ, databases, names));
      return verdict(world.unreadable());
    }

    /** Those, and no others: each entry fits somebody who can, and who can is fitted by one. */
    private void exactly(
        Action action, Set<String> databases, Located<List<Located<String>>> entries) {
      String only =
          ", and "
              + (entries.value().isEmpty() ? "nobody" : "only " + names(entries.value()))
              + " may";
      Map<Located<String>, Set<String>> unmet = new LinkedHashMap<>();
      entries.value().forEach(entry -> unmet.put(entry, new TreeSet<>(databases)));
      for (Holder holder : world.holders()) {
        List<String> can =
            databases.stream()
                .filter(name -> holder.permissions().allows(new Permission(action, name)))
                .toList();
        boolean isListed = false;
        for (Located<String> entry : entries.value()) {
          if (Patterns.fits(entry.value(), holder)) {
            isListed = true;
            can.forEach(unmet.get(entry)::remove);
          }
        }
        if (!isListed && !can.isEmpty()) {
          breaches.add(
              new Breach(
                  entries.where(), Optional.empty(), Optional.of(holder), true, action, can, only));
        } else if (!isListed && !holder.isKnown()) {
          unknown.add(holder);
        }
      }
      unmet.forEach((entry, missing) -> unmet(action, entry, missing));
    }

    private void unmet(Action action, Located<String> entry, Set<String> missing) {
      if (missing.isEmpty() || world.isElsewhere(entry.value())) {
        return;
      }
      List<Holder> fitting =
          world.holders().stream().filter(holder -> Patterns.fits(entry.value(), holder)).toList();
      List<Holder> unsure = fitting.stream().filter(holder -> !holder.isKnown()).toList();
      if (!unsure.isEmpty()) {
        unknown.addAll(unsure);
      } else if (world.isWhole() || !fitting.isEmpty() || !Patterns.isId(entry.value())) {
        boolean isKnown =
            world.names().stream().anyMatch(name -> Patterns.fits(entry.value(), name));
        if (fitting.isEmpty() && !isKnown) {
          unmatchedToken(entry);
        }
        breaches.add(
            new Breach(
                entry.where(),
                Optional.of(entry.value()),
                Patterns.isGlob(entry.value())
                    ? Optional.empty()
                    : fitting.stream().filter(Holder::isInUse).findFirst(),
                false,
                action,
                List.copyOf(missing),
                ", and is expected to"));
      }
    }

    /** Notes the databases of a clause that are not known: nobody could ever break it. */
    private void lookFor(Clause clause) {
      clause.databases().stream()
          .filter(pattern -> !pattern.value().equals(Permission.ALL_DATABASES))
          .forEach(this::databases);
    }

    /** Notes what a token can do and must not. */
    private void refuse(Holder holder, Clause clause, String expected) {
      List<String> resources =
          holder.permissions().stream()
              .filter(permission -> permission.action().equals(clause.action()))
              .map(Permission::resource)
              .filter(resource -> isAbout(clause, resource))
              .toList();
      if (!resources.isEmpty()) {
        breaches.add(
            new Breach(
                place(clause, resources.get(0)),
                Optional.empty(),
                Optional.of(holder),
                true,
                clause.action(),
                resources,
                expected));
      } else if (!holder.isKnown()) {
        unknown.add(holder);
      }
    }

    private boolean isAbout(Clause clause, String resource) {
      return clause.isAny()
          || clause.databases().stream().anyMatch(pattern -> gives(resource, pattern.value()));
    }

    /** Whether a permission on a resource gives one on something that a pattern fits. */
    private boolean gives(String resource, String pattern) {
      return resource.equals(Permission.ALL_DATABASES)
          || (!pattern.equals(Permission.ALL_DATABASES)
              && Patterns.fitsDatabase(pattern, resource));
    }

    private Location place(Clause clause, String resource) {
      return clause.databases().stream()
          .filter(pattern -> gives(resource, pattern.value()))
          .findFirst()
          .map(Located::where)
          .orElse(clause.where());
    }

    /**
     * Notes what a token must be able to do and cannot.
     *
     * @param name its name, where it has one
     * @param inUse the working tokens that are it: none where there is none
     */
    private void require(Optional<String> name, List<Holder> inUse, Clause clause) {
      if (clause.isAny()) {
        boolean can =
            inUse.stream()
                .flatMap(holder -> holder.permissions().stream())
                .anyMatch(permission -> permission.action().equals(clause.action()));
        if (!can) {
          missing(name, inUse, clause, clause.where(), List.of());
        }
        return;
      }
      for (Located<String> pattern : clause.databases()) {
        List<String> lacking =
            needed(pattern).stream()
                .filter(
                    resource ->
                        inUse.stream()
                            .noneMatch(
                                holder ->
                                    holder
                                        .permissions()
                                        .allows(new Permission(clause.action(), resource))))
                .toList();
        if (!lacking.isEmpty()) {
          missing(name, inUse, clause, pattern.where(), lacking);
        }
      }
    }

    private Set<String> needed(Located<String> pattern) {
      return pattern.value().equals(Permission.ALL_DATABASES)
          ? Set.of(pattern.value())
          : databases(pattern);
    }

    private void missing(
        Optional<String> name,
        List<Holder> inUse,
        Clause clause,
        Location where,
        List<String> lacking) {
      List<Holder> unsure = inUse.stream().filter(holder -> !holder.isKnown()).toList();
      if (unsure.isEmpty()) {
        breaches.add(
            new Breach(
                where,
                name,
                inUse.stream().findFirst(),
                false,
                clause.action(),
                lacking,
                ", and must be able to"));
      } else {
        unknown.addAll(unsure);
      }
    }

    private List<Holder> inUse(List<Holder> meant, TokenName name) {
      return meant.stream()
          .filter(holder -> holder.isInUse() && holder.name().filter(name::equals).isPresent())
          .toList();
    }

    /** The databases that a pattern means: one by its name, or all known ones that it fits. */
    private Set<String> databases(Located<String> pattern) {
      return found.computeIfAbsent(pattern, this::find);
    }

    private Set<String> find(Located<String> pattern) {
      String text = pattern.value();
      if (!Patterns.isGlob(text)) {
        if (!world.databases().contains(text)) {
          unmatchedDatabase(pattern);
        }
        return Set.of(text);
      }
      Set<String> fitting =
          world.databases().stream()
              .filter(name -> Patterns.fitsDatabase(text, name))
              .collect(Collectors.toCollection(TreeSet::new));
      if (fitting.isEmpty()) {
        unmatchedDatabase(pattern);
      }
      return fitting;
    }

    private void unmatchedToken(Located<String> pattern) {
      if (world.isElsewhere(pattern.value())) {
        return;
      }
      if (world.isWhole() || !Patterns.isId(pattern.value())) {
        unmatched.add(new Unmatched(pattern, "token", world.nearNames().hint(pattern.value())));
      }
    }

    /** A policy alone knows few databases; there only one that is nearly known is a finding. */
    private void unmatchedDatabase(Located<String> pattern) {
      Optional<String> hint = world.nearDatabases().hint(pattern.value());
      if (world.isWhole() || hint.isPresent()) {
        unmatched.add(new Unmatched(pattern, "database", hint));
      }
    }
  }

  private static String wanted(Clause clause) {
    if (clause.isAny()) {
      return clause.action() + " any database";
    }
    return clause.action()
        + " "
        + clause.databases().stream()
            .map(Located::value)
            .map(name -> name.equals(Permission.ALL_DATABASES) ? "all databases" : name)
            .collect(Collectors.joining(", "));
  }

  private static String names(List<Located<String>> patterns) {
    List<String> quoted = patterns.stream().map(pattern -> "\"" + pattern.value() + "\"").toList();
    int last = quoted.size() - 1;
    return last == 0
        ? quoted.get(0)
        : String.join(", ", quoted.subList(0, last)) + " and " + quoted.get(last);
  }
}
