package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.options.Applying;
import io.tokenform.cli.options.ByHand;
import io.tokenform.cli.options.MeantToken;
import io.tokenform.live.Live;
import io.tokenform.plan.verb.Named;
import io.tokenform.plan.verb.Release;
import io.tokenform.policy.Policy;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "release",
    description = {
      "End the parking of a token, so that plans change it again.",
      "It still has no access then: the next apply of the policy gives that back. To get back"
          + " exactly what was taken, roll the parking back instead of releasing the token."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform token release checkout",
      "  tokenform apply",
    })
final class TokenReleaseCommand implements Callable<Integer> {
  private final Run run;

  @Parameters(
      paramLabel = "TOKEN",
      converter = MeantToken.class,
      description = MeantToken.DESCRIPTION)
  private String wanted;

  @Mixin private ByHand byHand = new ByHand();

  @Mixin private Applying.ReasonOption reason = new Applying.ReasonOption();

  TokenReleaseCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    reason.tell(byHand.applying(), run.console());
    try (ByHand.Session session = byHand.start(run, "token release")) {
      Live live = session.liveTokens();
      Named named = session.named(live, wanted);
      Release release = Release.of(named, live.tokens(), session.now());
      if (release.isDone()) {
        run.console().note("the token " + named.token().id() + " is not parked");
        return ExitCode.OK;
      }
      Policy policy = release.policy();
      return session.carryOut(
          session.plan(policy, live, session.options(policy)), result -> tell(named));
    }
  }

  private void tell(Named named) {
    String id = named.token().id().toString();
    run.console()
        .note(
            named.desired().isPresent()
                ? "it has no access yet; what the policy says of \""
                    + named.name()
                    + "\", the next apply gives it: tokenform apply"
                    + byHand.policyArguments()
                    + byHand.wayArguments()
                : "it has no access, and no policy that would give it any: tokenform token update "
                    + id
                    + " --read-database NAME or --write-database NAME gives it some; what it had is"
                    + " in the journal of its parking (tokenform journal list)");
  }
}
