package io.tokenform.expect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.expect.RandomExpectations.Spec;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Verdicts agree with a check that asks of every token and every database, one that nobody has
 * named among them, whether the token may read or write it. Give -Dexpect.seed to repeat a run.
 */
class JudgeWorldsTest {
  private static final int WORLDS = Integer.getInteger("expect.count", 10_000);
  private static final long SEED = Long.getLong("expect.seed", System.nanoTime());

  /**
   * A database that exists some day: only who may do something on all databases may do it there.
   */
  private static final String SOME_DAY = "some-day-0";

  private static final List<String> LABELS = List.of("retiring", "retired", "pending", "parked");

  /** A token as the check sees it. */
  private record Seen(
      Optional<String> name, Optional<String> id, boolean inUse, Set<Permission> permissions) {
    boolean may(String action, String database) {
      for (Permission permission : permissions) {
        if (permission.action().name().equals(action)
            && (permission.resource().equals("*") || permission.resource().equals(database))) {
          return true;
        }
      }
      return false;
    }
  }

  private final Random random = new Random(SEED);
  private final List<Seen> seen = new ArrayList<>();
  private final Set<String> names = new TreeSet<>();
  private final Set<String> known = new TreeSet<>();

  @Test
  void verdictsAreThoseOfACheckOverAllTokensAndDatabases() throws Exception {
    int held = 0;
    int judged = 0;
    for (int i = 0; i < WORLDS; i++) {
      List<String> ids = new ArrayList<>();
      for (int j = 0; j < 4; j++) {
        ids.add(new UUID(random.nextLong(), random.nextLong()).toString());
      }
      RandomExpectations expectations = new RandomExpectations(random, ids);
      List<Spec> specs = new ArrayList<>();
      for (int j = 1 + random.nextInt(4); j > 0; j--) {
        specs.add(expectations.next());
      }
      Policy policy = policy(specs);
      World world = world(policy, ids);
      List<Verdict> verdicts = Judge.judge(policy.expectations(), world);
      for (int j = 0; j < specs.size(); j++) {
        Verdict verdict = verdicts.get(j);
        assertThat(verdict.holds())
            .as("seed %d, world %d: %s%n%s%n%s", SEED, i, specs.get(j).yaml(), seen, verdict)
            .isEqualTo(holds(specs.get(j)));
        assertThat(verdict.unknown()).isEmpty();
        held += verdict.holds() ? 1 : 0;
        judged++;
      }
    }
    assertThat(held).as("seed %d", SEED).isBetween(judged / 10, judged * 9 / 10);
  }

  private Policy policy(List<Spec> specs) throws Exception {
    StringBuilder text = new StringBuilder("version: 1\ntokens:\n");
    names.clear();
    for (String name : RandomExpectations.NAMES) {
      if (random.nextInt(4) > 0) {
        boolean isRevoked = random.nextInt(8) == 0;
        text.append("  ").append(name).append(": {description: ").append(name);
        text.append(isRevoked ? ", state: revoked" : "").append("}\n");
        if (!isRevoked) {
          names.add(name);
        }
      }
    }
    text.append("  other: {description: other}\nexpect:\n");
    names.add("other");
    specs.forEach(spec -> text.append("  - ").append(spec.yaml()).append('\n'));
    return PolicyParser.parse(new SourceText("p.yaml", text.toString()));
  }

  private World world(Policy policy, List<String> ids) {
    seen.clear();
    known.clear();
    List<Holder> holders = new ArrayList<>();
    List<String> unused = new ArrayList<>(ids);
    for (DesiredToken desired : policy.tokens()) {
      if (random.nextInt(6) > 0) {
        add(holders, Optional.of(desired), Optional.empty(), id(unused));
      }
      for (int i = random.nextInt(4); i > 2; i--) {
        String label = LABELS.get(random.nextInt(LABELS.size()));
        add(holders, Optional.of(desired), Optional.of(label), id(unused));
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      add(holders, Optional.empty(), Optional.empty(), id(unused));
    }
    Set<String> live = new HashSet<>();
    for (String database : RandomExpectations.DATABASES) {
      if (random.nextInt(3) > 0) {
        live.add(database);
      }
    }
    known.addAll(live);
    return World.of(holders, Optional.of(policy), Clusters.with(live));
  }

  private String id(List<String> unused) {
    return unused.isEmpty() || random.nextInt(3) > 0
        ? new UUID(random.nextLong(), random.nextLong()).toString()
        : unused.remove(0);
  }

  private void add(
      List<Holder> holders, Optional<DesiredToken> desired, Optional<String> label, String id) {
    Set<Permission> permissions = new HashSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String action = random.nextBoolean() ? "read" : "write";
      String resource =
          random.nextInt(6) == 0
              ? "*"
              : RandomExpectations.DATABASES.get(
                  random.nextInt(RandomExpectations.DATABASES.size()));
      permissions.add(
          action.equals("read") ? Permission.read(resource) : Permission.write(resource));
      if (!resource.equals("*")) {
        known.add(resource);
      }
    }
    holders.add(
        new Holder(
            desired,
            Optional.of(TokenId.parse(id)),
            "d",
            label,
            Permissions.of(permissions),
            true));
    seen.add(
        new Seen(
            desired.map(DesiredToken::name).map(TokenName::value),
            Optional.of(id),
            label.isEmpty() || label.get().equals("parked"),
            permissions));
  }

  // The check: plain loops over everything, and no word of the code that it checks.

  private boolean holds(Spec spec) {
    if (spec.token() != null) {
      return can(spec) && cannot(spec);
    }
    if (spec.database() != null) {
      return exactly("write", spec.database(), spec.writers())
          && exactly("read", spec.database(), spec.readers());
    }
    for (Seen token : seen) {
      boolean isExcepted =
          spec.except() != null && spec.except().stream().anyMatch(p -> is(p, token));
      if (!isExcepted && mayAny(token, spec.never())) {
        return false;
      }
    }
    return true;
  }

  private boolean cannot(Spec spec) {
    return spec.cannot() == null
        || seen.stream()
            .filter(token -> is(spec.token(), token))
            .noneMatch(token -> mayAny(token, spec.cannot()));
  }

  private boolean can(Spec spec) {
    if (spec.can() == null) {
      return true;
    }
    // Whom it means, each with the tokens that are it.
    Map<String, List<Seen>> meant = new HashMap<>();
    for (String name : names) {
      if (spec.token().equals("*") || fits(spec.token(), name)) {
        meant.put(name, new ArrayList<>());
      }
    }
    for (Seen token : seen) {
      boolean isNamed = token.name().isPresent() && meant.containsKey(token.name().get());
      if (isNamed && token.inUse()) {
        meant.get(token.name().get()).add(token);
      } else if (is(spec.token(), token) && (token.name().isEmpty() || isId(spec.token()))) {
        meant.put(token.id().get(), List.of(token));
      }
    }
    boolean isThere = !meant.isEmpty() || seen.stream().anyMatch(token -> is(spec.token(), token));
    if (!isThere && !spec.token().contains("*")) {
      meant.put(spec.token(), List.of());
    }
    for (List<Seen> tokens : meant.values()) {
      for (Map.Entry<String, List<String>> clause : spec.can().entrySet()) {
        if (!mayAll(tokens, clause.getKey(), clause.getValue())) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean mayAll(List<Seen> tokens, String action, List<String> patterns) {
    if (patterns.isEmpty()) {
      return may(tokens, action, SOME_DAY)
          || known.stream().anyMatch(database -> may(tokens, action, database));
    }
    for (String pattern : patterns) {
      if (pattern.equals("*") || !pattern.contains("*")) {
        if (!may(tokens, action, pattern.equals("*") ? SOME_DAY : pattern)) {
          return false;
        }
        continue;
      }
      for (String database : known) {
        if (fits(pattern, database) && !may(tokens, action, database)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean may(List<Seen> tokens, String action, String database) {
    return tokens.stream().anyMatch(token -> token.may(action, database));
  }

  /** Whether a token may do any of what is ruled out. */
  private boolean mayAny(Seen token, Map<String, List<String>> clauses) {
    for (Map.Entry<String, List<String>> clause : clauses.entrySet()) {
      String action = clause.getKey();
      boolean onAll = token.may(action, SOME_DAY);
      if (onAll) {
        return true;
      }
      for (String database : known) {
        if (token.may(action, database)
            && (clause.getValue().isEmpty()
                || clause.getValue().stream()
                    .anyMatch(pattern -> !pattern.equals("*") && fits(pattern, database)))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean exactly(String action, String pattern, List<String> entries) {
    if (entries == null) {
      return true;
    }
    Set<String> databases = new TreeSet<>(known);
    databases.removeIf(database -> !fits(pattern, database));
    if (!pattern.contains("*")) {
      databases.add(pattern);
    }
    for (String database : databases) {
      for (Seen token : seen) {
        if (token.may(action, database) && entries.stream().noneMatch(entry -> is(entry, token))) {
          return false;
        }
      }
      for (String entry : entries) {
        if (seen.stream().noneMatch(token -> is(entry, token) && token.may(action, database))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean is(String pattern, Seen token) {
    if (pattern.equals("*")) {
      return true;
    }
    return isId(pattern)
        ? token.id().equals(Optional.of(pattern))
        : token.name().isPresent() && fits(pattern, token.name().get());
  }

  private static boolean isId(String pattern) {
    return pattern.length() == 36;
  }

  private static boolean fits(String pattern, String text) {
    return Pattern.matches(("\\Q" + pattern + "\\E").replace("*", "\\E.*\\Q"), text);
  }
}
