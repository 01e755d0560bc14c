package io.tokenform.cli;

import io.tokenform.access.Permission;
import io.tokenform.access.Uuids;
import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.cli.console.UsageException;
import io.tokenform.finding.Located;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.expect.Clause;
import io.tokenform.policy.expect.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The option that says who is expected to be able to do something. */
final class ExpectedTokens {
  static final String NAME = "--expect";

  @Option(
      names = NAME,
      paramLabel = "TOKEN,...",
      converter = ListConverter.class,
      description =
          "These tokens and no others: exit with 3 if another one can, or one of these cannot."
              + " Names of the policy, in which * stands for any text, or ids; \"\" for nobody.")
  private String expected;

  /**
   * What is expected, as a policy would say it; none where the option was not given.
   *
   * @param wanted what these tokens can do
   * @param hasPolicy whether tokens have names
   */
  List<Expectation> of(Permission wanted, boolean hasPolicy) {
    return of(wanted, hasPolicy, name -> true);
  }

  /**
   * The same on one cluster of a fleet.
   *
   * @param isHere whether a name, a pattern or an id is expected there; it is left out where not
   */
  List<Expectation> of(Permission wanted, boolean hasPolicy, Predicate<String> isHere) {
    if (expected == null) {
      return List.of();
    }
    SourceText source = new SourceText(NAME, expected);
    List<Located<String>> names =
        names(source).stream().filter(name -> isHere.test(name.value())).toList();
    Optional<Located<String>> nameless =
        names.stream().filter(name -> !Uuids.isUuid(name.value())).findFirst();
    if (!hasPolicy && nameless.filter(name -> !name.value().equals("*")).isPresent()) {
      throw new UsageException(
          NAME + " has the name \"" + nameless.get().value() + "\", and no policy says whose it is",
          "name the policy with -f, or give the token's id");
    }
    Located<String> place = new Located<>(wanted.resource(), source.locate(0, 1));
    if (wanted.coversAllDatabases()) {
      return ofAllDatabases(wanted, names, place);
    }
    Optional<Located<List<Located<String>>>> list =
        Optional.of(new Located<>(names, place.where()));
    Optional<Located<List<Located<String>>>> nothing = Optional.empty();
    boolean isWrite = wanted.action().toString().equals("write");
    return List.of(
        new Expectation.OfDatabase(place, isWrite ? list : nothing, isWrite ? nothing : list));
  }

  /** The ids among those that are expected. */
  List<String> ids() {
    return expected == null
        ? List.of()
        : names(new SourceText(NAME, expected)).stream()
            .map(Located::value)
            .filter(Uuids::isUuid)
            .toList();
  }

  /** Who holds the permission on all databases, which is on no single one. */
  private static List<Expectation> ofAllDatabases(
      Permission wanted, List<Located<String>> names, Located<String> place) {
    Clause all = new Clause(wanted.action(), place.where(), List.of(place));
    List<Expectation> expectations = new ArrayList<>();
    expectations.add(new Expectation.Never(place.where(), List.of(all), names));
    for (Located<String> name : names) {
      Clause here =
          new Clause(
              wanted.action(), name.where(), List.of(new Located<>(place.value(), name.where())));
      expectations.add(new Expectation.OfToken(name, List.of(here), List.of()));
    }
    return expectations;
  }

  private static List<Located<String>> names(SourceText source) {
    List<Located<String>> names = new ArrayList<>();
    int start = 0;
    for (String part : source.content().split(",", -1)) {
      String name = part.strip();
      if (!name.isEmpty()) {
        int at = source.content().indexOf(name, start);
        names.add(new Located<>(name, source.locate(at, name.codePointCount(0, name.length()))));
      }
      start += part.length() + 1;
    }
    return names;
  }

  /** Reads the list as it is; each of its names can be completed. */
  static final class ListConverter implements ITypeConverter<String>, Completable {
    @Override
    public String convert(String text) {
      return text;
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      String begun = surroundings.begun();
      String before = begun.substring(0, begun.lastIndexOf(',') + 1);
      return surroundings.tokenNames().stream().map(name -> before + name).toList();
    }
  }
}
