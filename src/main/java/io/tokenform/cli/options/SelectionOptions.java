package io.tokenform.cli.options;

import io.tokenform.access.Flag;
import io.tokenform.access.Glob;
import io.tokenform.access.TokenName;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import io.tokenform.finding.Nearest;
import io.tokenform.plan.Due;
import io.tokenform.plan.Selection;
import io.tokenform.plan.WaveOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say which tokens a plan is about, and in which order. */
@InGroup(OptionGroup.SUBJECT)
public final class SelectionOptions {
  /** What makes a pattern of a name. */
  private static final String ANY_TEXT = "*";

  /** What stands before the name of a database, as in its address. */
  private static final String DATABASE = "database.";

  /** What parts the words of a name, so that names which begin with the same word are a family. */
  private static final String BETWEEN_WORDS = " -_./:";

  @Option(
      names = Flag.TARGET,
      paramLabel = "GLOB",
      converter = TokenPattern.class,
      description =
          "Plan only for this token of the policy, or for all whose names match a pattern: * stands"
              + " for any text; database.NAME is a database. May be given several times.")
  private List<String> targets = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      converter = TokenPattern.class,
      description =
          "Leave this token of the policy out, or all that match a pattern. May be given several"
              + " times.")
  private List<String> excluded = List.of();

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      defaultValue = "grant-first",
      converter = OrderConverter.class,
      description =
          "grant-first, so that a handover leaves no gap, or revoke-first, for incidents;"
              + " grant-first if not given.")
  private WaveOrder order;

  @Option(
      names = Flag.DUE,
      paramLabel = "WHEN",
      defaultValue = "include",
      converter = DueOption.class,
      description =
          "What to do about changes that fall due with time alone (rotations by age or expiry,"
              + " retirements): include them, plan only those, or exclude them; include if not"
              + " given.")
  private Due due;

  Due due() {
    return due;
  }

  WaveOrder order() {
    return order;
  }

  /**
   * Which tokens.
   *
   * @param known the names of all tokens of the policy, or of the policies of a fleet; each that is
   *     selected is one of them
   * @param databases the names of all its databases, likewise
   */
  Selection selection(Set<TokenName> known, Set<DatabaseName> databases) {
    Selection selection =
        new Selection(
            names("--target", ofTokens(targets, known), known),
            names("--exclude", ofTokens(excluded, known), known),
            databases("--target", ofDatabases(targets, known), databases),
            databases("--exclude", ofDatabases(excluded, known), databases));
    boolean nothingIsLeft =
        !known.isEmpty()
            && known.stream().noneMatch(selection::includes)
            && databases.stream().noneMatch(selection::includes);
    if (nothingIsLeft) {
      throw new UsageException("--target and --exclude leave no token to plan for", null);
    }
    return selection;
  }

  /** Whether a pattern has the form of a database's address, and no token has that name. */
  private static boolean isOfDatabase(String pattern, Set<TokenName> known) {
    return pattern.startsWith(DATABASE)
        && pattern.length() > DATABASE.length()
        && known.stream().noneMatch(name -> name.value().equals(pattern));
  }

  private static List<String> ofTokens(List<String> patterns, Set<TokenName> known) {
    return patterns.stream().filter(pattern -> !isOfDatabase(pattern, known)).toList();
  }

  /** The patterns of databases, without what says that they are such. */
  private static List<String> ofDatabases(List<String> patterns, Set<TokenName> known) {
    return patterns.stream()
        .filter(pattern -> isOfDatabase(pattern, known))
        .map(pattern -> pattern.substring(DATABASE.length()))
        .toList();
  }

  private static Set<DatabaseName> databases(
      String option, List<String> given, Set<DatabaseName> known) {
    Set<DatabaseName> meant = new HashSet<>();
    for (String pattern : given) {
      Set<DatabaseName> found = new HashSet<>();
      for (DatabaseName name : known) {
        if (name.value().equals(pattern)) {
          found = Set.of(name);
          break;
        }
        if (Glob.matches(pattern, name.value())) {
          found.add(name);
        }
      }
      if (found.isEmpty()) {
        throw new UsageException(
            option + ": the policy has no database \"" + pattern + "\"",
            Nearest.hint(
                    pattern,
                    known.stream()
                        .map(DatabaseName::value)
                        .collect(Collectors.toCollection(TreeSet::new)))
                .orElse(null));
      }
      meant.addAll(found);
    }
    return meant;
  }

  private static Set<TokenName> names(String option, List<String> given, Set<TokenName> known) {
    Set<TokenName> meant = new HashSet<>();
    for (String pattern : given) {
      Set<TokenName> found = matching(pattern, known);
      if (found.isEmpty() && pattern.contains(ANY_TEXT)) {
        throw new UsageException(
            option + ": no token of the policy has a name like \"" + pattern + "\"",
            "* stands for any text; quote the pattern, so that the shell leaves it alone");
      }
      if (found.isEmpty()) {
        checkNames(option, List.of(pattern), known);
      }
      meant.addAll(found);
    }
    return meant;
  }

  /** The token of that very name; where there is none, those that the pattern describes. */
  private static Set<TokenName> matching(String pattern, Set<TokenName> known) {
    Set<TokenName> exact =
        known.stream().filter(name -> name.value().equals(pattern)).collect(Collectors.toSet());
    return exact.isEmpty()
        ? known.stream()
            .filter(name -> Glob.matches(pattern, name.value()))
            .collect(Collectors.toSet())
        : exact;
  }

  /** Refuses an option that names a database of which the policy says nothing. */
  static void checkDatabases(String option, List<String> given, Set<DatabaseName> databases) {
    if (given.isEmpty()) {
      return;
    }
    Set<String> known = new TreeSet<>();
    for (DatabaseName database : databases) {
      known.add(database.value());
    }
    for (String name : given) {
      if (!known.contains(name)) {
        throw new UsageException(
            option + ": the policy has no database \"" + name + "\"",
            Nearest.hint(name, known).orElse(null));
      }
    }
  }

  /** Refuses an option that names a token which the policy has not. */
  static void checkNames(String option, List<String> given, Set<TokenName> names) {
    if (given.isEmpty()) {
      return;
    }
    Set<String> known =
        names.stream().map(TokenName::value).collect(Collectors.toCollection(TreeSet::new));
    given.stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new UsageException(
                  option + ": the policy has no token \"" + name + "\"",
                  Nearest.hint(name, known).orElse(null));
            });
  }

  /** Reads an order by its word. */
  public static final class OrderConverter implements ITypeConverter<WaveOrder>, Completable {
    @Override
    public WaveOrder convert(String word) {
      for (WaveOrder order : WaveOrder.values()) {
        if (order.toString().equals(word)) {
          return order;
        }
      }
      throw new TypeConversionException(
          "there is no order \"" + word + "\"; the orders are grant-first and revoke-first");
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return Arrays.stream(WaveOrder.values()).map(WaveOrder::toString).toList();
    }
  }

  /** Reads a token's name or a pattern of names as it is; what it means, the policy says. */
  public static final class TokenPattern implements ITypeConverter<String>, Completable {
    private final TokenNames names = new TokenNames();

    @Override
    public String convert(String text) {
      return names.convert(text);
    }

    /** The names, and patterns of families of them; a pattern that is typed and matches, too. */
    @Override
    public List<String> words(Surroundings surroundings) {
      List<String> known = names.words(surroundings);
      List<String> words = new ArrayList<>(known);
      Map<String, Long> families =
          known.stream()
              .map(TokenPattern::family)
              .filter(family -> !family.isEmpty())
              .collect(
                  Collectors.groupingBy(
                      family -> family, LinkedHashMap::new, Collectors.counting()));
      families.forEach(
          (family, size) -> {
            if (size > 1) {
              words.add(family + ANY_TEXT);
            }
          });
      String begun = surroundings.begun();
      if (begun.contains(ANY_TEXT) && known.stream().anyMatch(name -> Glob.matches(begun, name))) {
        words.add(begun);
      }
      return words.stream().distinct().toList();
    }

    /** The first word of a name, with what parts it from the second; nothing if it is all. */
    private static String family(String name) {
      for (int i = 1; i < name.length() - 1; i++) {
        if (BETWEEN_WORDS.indexOf(name.charAt(i)) >= 0) {
          return name.substring(0, i + 1);
        }
      }
      return "";
    }
  }
}
