package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Token;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.options.Applying;
import io.tokenform.cli.options.ByHand;
import io.tokenform.cli.options.MeantToken;
import io.tokenform.live.Live;
import io.tokenform.live.TokenFamily;
import io.tokenform.live.TokenSearch;
import io.tokenform.plan.verb.Named;
import io.tokenform.plan.verb.Revocation;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Policy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "revoke",
    aliases = "delete",
    description = {
      "Revoke live tokens, at once and for good.",
      "An id means that token alone. A name of the policy or a description means the token with all"
          + " its generations that work. park takes the access in a way that can be undone."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform token revoke 1f0c7a52-3b5e-4c1d-9a64-0d2b8e6f1a01",
      "  tokenform token revoke --force 1f0c7a52 \"Old batch job\"",
      "  tokenform token revoke grafana --dry-run",
    })
final class TokenRevokeCommand implements Callable<Integer> {
  private final Run run;

  @Parameters(
      arity = "1..*",
      paramLabel = "TOKEN",
      converter = MeantToken.class,
      description = MeantToken.DESCRIPTION)
  private List<String> wanted;

  @Option(names = "--force", description = "Revoke without asking, as --auto-approve does.")
  private boolean force;

  @Mixin private ByHand byHand = new ByHand();

  @Mixin private Applying.ReasonOption reason = new Applying.ReasonOption();

  TokenRevokeCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    reason.tell(byHand.applying(), run.console());
    if (force) {
      byHand.applying().approve();
    }
    try (ByHand.Session session = byHand.start(run, "token revoke")) {
      Live live = session.liveTokens();
      Revocation revocation = new Revocation();
      for (String one : wanted) {
        Optional<Token> unreadable = session.unreadable(live, one);
        if (unreadable.isPresent()) {
          // Its id is enough to revoke it.
          revocation.add(session.named(live, unreadable.get()));
          continue;
        }
        TokenSearch.Found found = session.search(live, one, true);
        List<Token> meant =
            found.isById()
                ? List.of(found.token())
                : TokenFamily.of(found.token(), live.tokens(), session.now()).all();
        meant.forEach(token -> revocation.add(session.named(live, token)));
      }
      revocation.done().forEach(this::noteOfEnd);
      revocation.open().forEach(this::noteOfPolicy);
      if (revocation.open().isEmpty()) {
        return ExitCode.OK;
      }
      Policy policy = revocation.policy();
      return session.carryOut(session.plan(policy, live, session.options(policy)), result -> {});
    }
  }

  private void noteOfEnd(Token token) {
    run.console()
        .note("the token " + token.id() + " was revoked at " + token.revokedAt().orElseThrow());
  }

  private void noteOfPolicy(Named named) {
    named
        .desired()
        .filter(desired -> desired.lifecycle().revoked().isEmpty())
        .ifPresent(
            desired ->
                run.console()
                    .note(
                        "the policy names this token \""
                            + desired.name()
                            + "\": the next apply "
                            + nextApply(desired)
                            + "; remove it from the policy, or give it state: revoked"));
  }

  private static String nextApply(DesiredToken desired) {
    return desired.id().isEmpty() && desired.lifecycle().deliver().isPresent()
        ? "would make a new one (missing-token asks about it)"
        : "finds it missing (missing-token)";
  }
}
