package io.tokenform.finding;

import io.tokenform.access.Flag;
import io.tokenform.access.ShellWord;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.access.Uuids;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * Permission to break a guardrail in one plan, which records it: for one token, by its name in the
 * policy or by its id, or for all.
 *
 * @param rule which guardrail
 * @param name for the token with this name alone, where it is given
 * @param id for the live token with this id alone, where it is given
 */
public record Allowance(Guardrail rule, Optional<TokenName> name, Optional<TokenId> id)
    implements Comparable<Allowance> {
  private static final Comparator<Allowance> ORDER =
      Comparator.comparing(Allowance::rule).thenComparing(Allowance::toString);

  /**
   * @throws IllegalArgumentException if there are both a name and an id
   */
  public Allowance {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(id, "id");
    if (name.isPresent() && id.isPresent()) {
      throw new IllegalArgumentException("an allowance has a name or an id");
    }
  }

  /** For every token. */
  public static Allowance of(Guardrail rule) {
    return new Allowance(rule, Optional.empty(), Optional.empty());
  }

  public static Allowance of(Guardrail rule, TokenName name) {
    return new Allowance(rule, Optional.of(name), Optional.empty());
  }

  public static Allowance of(Guardrail rule, TokenId id) {
    return new Allowance(rule, Optional.empty(), Optional.of(id));
  }

  /** For one database; its name is its key on the cluster, too. */
  public static Allowance ofDatabase(Guardrail rule, String name) {
    return of(rule, new TokenName(name));
  }

  /**
   * Reads {@code RULE} or {@code RULE:TOKEN}. What has the form of an id is one, and never a name:
   * the author of the policy chooses the names in it.
   *
   * @throws IllegalArgumentException if there is no such rule, no token's name or id behind the
   *     colon, or one behind a rule that is not about single tokens
   */
  public static Allowance parse(String text) {
    int colon = text.indexOf(':');
    Guardrail rule = guardrail(colon < 0 ? text : text.substring(0, colon));
    if (colon < 0) {
      return of(rule);
    }
    if (rule.isAboutOneDatabase()) {
      return ofDatabase(rule, text.substring(colon + 1));
    }
    if (!rule.isAboutOneToken()) {
      throw new IllegalArgumentException(
          "the guardrail " + rule + " is not about single tokens; give " + Flag.ALLOW + " " + rule);
    }
    String token = text.substring(colon + 1);
    return Uuids.isUuid(token) ? of(rule, TokenId.parse(token)) : of(rule, new TokenName(token));
  }

  private static Guardrail guardrail(String word) {
    if (word.equals(Code.EXPECTATION.word())) {
      throw new IllegalArgumentException(
          "an expectation cannot be allowed to fail; change the policy, or the expectation");
    }
    return Guardrail.named(word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no guardrail \""
                        + word
                        + "\"; "
                        + Nearest.hint(word, Guardrail.words())
                            .orElse("the guardrails are " + String.join(", ", Guardrail.words()))));
  }

  /** The one that a token of the policy needs: by its name, unless that looks like an id. */
  public static Allowance needed(Guardrail rule, TokenName name, Optional<TokenId> id) {
    return Uuids.isUuid(name.value()) && id.isPresent() ? of(rule, id.get()) : of(rule, name);
  }

  /** Whether it is for every token. */
  public boolean isForAll() {
    return name.isEmpty() && id.isEmpty();
  }

  /** Whether it allows a token to break its guardrail; one that is still to be made has no id. */
  public boolean covers(TokenName itsName, Optional<TokenId> itsId) {
    return isForAll()
        || name.filter(itsName::equals).isPresent()
        || (id.isPresent() && id.equals(itsId));
  }

  /** Whether it allows a database to break its guardrail. */
  public boolean coversDatabase(String itsName) {
    return isForAll() || name.filter(own -> own.value().equals(itsName)).isPresent();
  }

  @Override
  public int compareTo(Allowance other) {
    return ORDER.compare(this, other);
  }

  /** The option that gives it, as one types it in a shell. */
  public String option() {
    return Flag.ALLOW + " " + ShellWord.of(toString());
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return rule
        + name.map(value -> ":" + value).orElse("")
        + id.map(value -> ":" + value).orElse("");
  }
}
