package io.tokenform.cli;

import io.tokenform.access.Permission;
import io.tokenform.access.TokenListing;
import io.tokenform.cli.options.LiveReader;
import io.tokenform.cluster.ApiException;
import io.tokenform.expect.ExpectationFindings;
import io.tokenform.expect.Holder;
import io.tokenform.expect.Judge;
import io.tokenform.expect.Verdict;
import io.tokenform.expect.World;
import io.tokenform.live.Live;
import io.tokenform.live.PolicyNames;
import io.tokenform.live.WhoCan;
import io.tokenform.policy.Policy;
import io.tokenform.policy.expect.Expectation;
import io.tokenform.report.live.WhoCanReport;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who can do something with a database, as it is asked of one cluster or of several.
 *
 * @param expected who is expected to
 */
record WhoCanQuestion(Permission wanted, ExpectedTokens expected) {
  WhoCanQuestion {
    Objects.requireNonNull(wanted, "wanted");
    Objects.requireNonNull(expected, "expected");
  }

  /**
   * The answer of one cluster; may be asked on any thread.
   *
   * @param policy has names for its tokens, where there is one
   * @param live what it has listed
   * @param now the time by which tokens count as expired
   * @param isHere whether a name, a pattern or an id is expected on this cluster
   * @param apply the command that makes the cluster what the policy says
   */
  WhoCanReport answer(
      Optional<Policy> policy,
      LiveReader reader,
      TokenListing live,
      Instant now,
      Predicate<String> isHere,
      String apply)
      throws ApiException {
    Optional<PolicyNames> names = policy.map(present -> PolicyNames.of(present, live, now));
    WhoCan found = WhoCan.find(wanted, live.tokens(), names, now);
    List<Expectation> expectations = expected.of(wanted, policy.isPresent(), isHere);
    List<Verdict> verdicts =
        expectations.isEmpty()
            ? List.of()
            : Judge.judge(expectations, world(policy, names, reader, live, now));
    ExpectationFindings.Asked asked = new ExpectationFindings.Asked(ExpectedTokens.NAME, apply);
    return new WhoCanReport(
        found,
        live.unreadable(),
        policy.isPresent(),
        verdicts,
        ExpectationFindings.of(verdicts, asked));
  }

  private static World world(
      Optional<Policy> policy,
      Optional<PolicyNames> names,
      LiveReader reader,
      TokenListing live,
      Instant now)
      throws ApiException {
    List<Holder> holders =
        live.tokens().stream()
            .filter(token -> token.isActive(now))
            .map(token -> Holder.of(token, names.flatMap(known -> known.desiredToken(token.id()))))
            .toList();
    return World.of(holders, policy, new Live(reader.address(), live, reader.databaseListing()));
  }
}
