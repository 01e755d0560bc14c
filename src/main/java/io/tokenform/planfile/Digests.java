package io.tokenform.planfile;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Sha256;
import io.tokenform.access.database.Retention;
import io.tokenform.cluster.Request;
import io.tokenform.finding.SourceText;
import io.tokenform.plan.Change;
import io.tokenform.plan.DatabaseChange;
import io.tokenform.plan.DatabaseSettings;
import io.tokenform.plan.GuardrailVerdict;
import io.tokenform.plan.HeldExpectation;
import io.tokenform.plan.Plan;
import io.tokenform.plan.Predecessor;
import io.tokenform.plan.Step;
import io.tokenform.plan.TokenChange;
import java.util.List;
import java.util.Optional;

/** Digests, as {@code sha256:} and 64 hexadecimal digits. */
public final class Digests {
  private static final String NOTHING = "-";

  private final Sha256 sha256 = new Sha256();

  private Digests() {}

  /**
   * The digest of what a plan would do: to which cluster and at which address, which requests in
   * which order, on what they rest, which guardrails it was held against, and whether it may be
   * done. Neither time nor place has a part in it, so the same plan made again has the same digest.
   */
  public static String of(Plan plan) {
    Digests digest = new Digests();
    digest.add("plan 2");
    digest.add(plan.cluster());
    digest.add(plan.order().toString());
    digest.add(plan.hasErrors() ? "errors" : NOTHING);
    digest.add(plan.isDenied() ? "denied" : NOTHING);
    plan.allowed().forEach(allowance -> digest.add("allowed " + allowance));
    // Not the verdicts: a token elsewhere that is new or expires soon is no reason to review again.
    for (GuardrailVerdict guardrail : plan.guardrails()) {
      digest.add("guardrail " + guardrail.rule());
      digest.add(guardrail.level().toString());
      digest.add(guardrail.source().toString());
    }
    // A plan that was reviewed under an expectation is another one without it.
    for (HeldExpectation expectation : plan.expectations()) {
      digest.add("expectation " + expectation.source());
      digest.add(expectation.text());
    }
    for (Change change : plan.changes()) {
      digest.add(change.address().toString());
      digest.add(change.name());
      digest.add(change.kind().toString());
      digest.add(change.wave().toString());
      change.ofToken().ifPresent(digest::add);
      change.ofDatabase().ifPresent(digest::add);
      for (Step step : change.steps()) {
        digest.add(step.text());
        digest.add(step.request().flatMap(Request::body).orElse(NOTHING));
      }
    }
    return digest.text();
  }

  /** The digest of a policy's files, with their names. */
  public static String of(List<SourceText> sources) {
    Digests digest = new Digests();
    for (SourceText source : sources) {
      digest.add(source.name());
      digest.add(source.content());
    }
    return digest.text();
  }

  /** What a change of a token rests on. */
  private void add(TokenChange change) {
    // Reviewers know a token by it, and a token found by it is the one that it stands on.
    add(change.description());
    add(change.before().description().map(text -> "+" + text).orElse(NOTHING));
    add(change.before().permissions());
    for (Predecessor predecessor : change.predecessors()) {
      add(predecessor.id().toString());
      add(predecessor.description());
      add(Optional.of(predecessor.permissions()));
    }
  }

  /** What a change of a database rests on; what it does, its steps tell. */
  private void add(DatabaseChange change) {
    add(change.vanishing().map(name -> name.value()).orElse(NOTHING));
    DatabaseSettings before = change.before();
    add(before.retention().map(Retention::text).orElse(NOTHING));
    add(before.maxTables().map(number -> Integer.toString(number)).orElse(NOTHING));
    add(before.maxColumnsPerTable().map(number -> Integer.toString(number)).orElse(NOTHING));
  }

  private void add(ClusterAddress cluster) {
    add(cluster.product().toString());
    add(cluster.accountId().map(Object::toString).orElse(NOTHING));
    add(cluster.clusterId().map(Object::toString).orElse(NOTHING));
    // The management token goes there, so it is a part of what is approved.
    add(cluster.fixedUrl().map(Object::toString).orElse(NOTHING));
  }

  private void add(Optional<Permissions> permissions) {
    add(permissions.map(set -> Integer.toString(set.size())).orElse(NOTHING));
    for (Permission permission : permissions.orElse(Permissions.NONE)) {
      add(permission.action().name());
      add(permission.resource());
    }
  }

  private void add(String text) {
    sha256.add(text);
  }

  private String text() {
    return sha256.text();
  }
}
