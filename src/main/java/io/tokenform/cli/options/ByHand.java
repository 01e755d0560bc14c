package io.tokenform.cli.options;

import io.tokenform.access.SecretShapes;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.UnreadableToken;
import io.tokenform.apply.journal.ApplyResult;
import io.tokenform.apply.journal.Journals;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.Version;
import io.tokenform.cluster.ApiException;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import io.tokenform.live.Live;
import io.tokenform.live.NoSuchLiveTokenException;
import io.tokenform.live.PolicyNames;
import io.tokenform.live.TokenSearch;
import io.tokenform.plan.Due;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Selection;
import io.tokenform.plan.WaveOrder;
import io.tokenform.plan.planner.Planner;
import io.tokenform.plan.verb.Named;
import io.tokenform.planfile.Digests;
import io.tokenform.planfile.PlanFile;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.policy.Platform;
import io.tokenform.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;

/** The options of every command that changes single tokens by hand, and the way to its plan. */
public final class ByHand {
  @Mixin private Applying applying = new Applying();
  @Mixin private GuardrailOptions guardrails = new GuardrailOptions();
  @Mixin private Reading reading = new Reading();

  /** How the plan is carried out. */
  public Applying applying() {
    return applying;
  }

  /** The options that name the policy, for a command that somebody is to paste. */
  public String policyArguments() {
    return reading.policyArguments();
  }

  /** The options that lead to the same cluster under the same rules, likewise. */
  public String wayArguments() {
    return applying.ofTheWay();
  }

  /** Whether a platform file is named. */
  public boolean hasPlatform() {
    return guardrails.isGiven();
  }

  /**
   * Reads the policy, where there is one, and connects to the cluster.
   *
   * @param command what a message calls it
   */
  public Session start(Run run, String command) throws Exception {
    applying.requireApproval(run.console(), command);
    applying.byHand();
    Platform platform = guardrails.platform(run.world());
    return new Session(run, platform, reading.connect(run, platform, applying.parallelism()));
  }

  /**
   * Refuses a text that looks like a secret: the journal and the cluster would hold a copy of it,
   * and anybody may read those.
   *
   * @param option what was given, as the user names it
   */
  public static void refuseSecretShape(String option, String text) {
    if (SecretShapes.matcher(text).find()) {
      throw new UsageException(
          option + " contains what looks like a secret", "describe what the token is for");
    }
  }

  /** A cluster and perhaps a policy for it, to the end of the command. */
  public final class Session implements AutoCloseable {
    private final Run run;
    private final Platform platform;
    private final Reading.Session<Connection> read;

    private Session(Run run, Platform platform, Reading.Session<Connection> read) {
      this.run = run;
      this.platform = platform;
      this.read = read;
    }

    public Instant now() {
      return read.now();
    }

    public Platform platform() {
      return platform;
    }

    /** The policy, where there is one. */
    public Optional<Policy> policy() {
      return read.policy();
    }

    /** What the cluster has. */
    public Live live() throws ApiException {
      return read.reader().live();
    }

    /** Its tokens alone, with one call, for what must be fast and gives no access. */
    public Live liveTokens() throws ApiException {
      return new Live(read.reader().address(), read.listing(), List.of());
    }

    /** One token as it is now. */
    public Token token(TokenId id) throws ApiException {
      return read.reader().api().getToken(id);
    }

    /** The policy's names for live tokens, where there is a policy. */
    public Optional<PolicyNames> names(Live live) {
      return read.names(live.listing());
    }

    /** The token that somebody means, and what the policy says of it. */
    public Named named(Live live, String wanted)
        throws NoSuchLiveTokenException, InvalidPolicyException {
      return named(live, search(live, wanted, false).token());
    }

    /** What the policy says of a token. */
    public Named named(Live live, Token token) {
      return new Named(token, names(live).flatMap(known -> known.desiredToken(token.id())));
    }

    /** The token that somebody means, and by what it was found. */
    public TokenSearch.Found search(Live live, String wanted, boolean withRevoked)
        throws NoSuchLiveTokenException, InvalidPolicyException {
      return new TokenSearch(live.listing(), names(live), withRevoked, now()).search(wanted);
    }

    /** A token that is meant by its id and cannot be read, as one that may do anything. */
    public Optional<Token> unreadable(Live live, String wanted) {
      return new TokenSearch(live.listing(), Optional.empty(), false, now())
          .unreadable(wanted)
          .flatMap(UnreadableToken::atWorst);
    }

    /** Refuses a secret of this run that was typed: the cluster would hold a copy of it. */
    public void refuseSecrets(Stream<String> typed) {
      if (typed.anyMatch(run.console().masking()::knows)) {
        throw new UsageException(
            "one of the options contains the management token",
            "leave it out, and replace that token: other users of this machine may have seen it");
      }
    }

    /** Options of a plan that changes single live tokens, whatever their labels. */
    public PlanOptions options(Policy policy) {
      return options(policy, Selection.ALL).with(PlanOptions.Asked.LABELLED);
    }

    /** Options of a plan for some tokens of a policy. */
    public PlanOptions options(Policy policy, Selection selection) {
      return new PlanOptions(
          WaveOrder.GRANT_FIRST,
          selection,
          platform.guardrails().ofChangesAlone(),
          guardrails.allowances(policy.tokenNames(), policy.databaseNames()),
          now());
    }

    /** What is known of tokens whose making did not end, and where secrets can go. */
    public PlanOptions making(PlanOptions options, Due due) {
      Journals journals = applying.journals(run.world());
      return options.with(due, platform.sinks(), journals.fates());
    }

    /**
     * Makes the plan, and shows its findings.
     *
     * @throws InvalidPolicyException if it has errors
     */
    public Plan plan(Policy policy, Live live, PlanOptions options) throws InvalidPolicyException {
      Optional<Diagnostic> disclosed = read.reader().disclosed(policy, run.console());
      if (disclosed.isPresent()) {
        throw new InvalidPolicyException(List.of(disclosed.get()));
      }
      Plan plan = Planner.plan(policy, live, options).ofItsTokensAlone();
      if (plan.hasErrors()) {
        throw new InvalidPolicyException(plan.findings());
      }
      run.console().findings(plan);
      return plan;
    }

    /** A plan for machines. */
    public String json(Plan plan) {
      return PlanFile.write(
          new SavedPlan(Version.number(), now(), Digests.of(List.<SourceText>of()), plan));
    }

    /** Shows the plan, asks, and carries it out. */
    public int carryOut(Plan plan, Consumer<ApplyResult> then) throws Exception {
      return applying.carryOut(run, plan, read.reader(), Optional.empty(), then);
    }

    @Override
    public void close() {
      read.close();
    }
  }
}
