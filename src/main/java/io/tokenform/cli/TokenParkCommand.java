package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Label;
import io.tokenform.access.ShellWord;
import io.tokenform.access.TokenName;
import io.tokenform.apply.journal.ApplyResult;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.options.ByHand;
import io.tokenform.cli.options.MeantToken;
import io.tokenform.live.Live;
import io.tokenform.plan.verb.Named;
import io.tokenform.plan.verb.Parking;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Policy;
import io.tokenform.report.live.ParkedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "park",
    description = {
      "Take all access of a token at once, for an incident.",
      "Every generation of it that works loses its access, since the secret that leaked may be that"
          + " of an old one. Plans leave the token alone until it is released. Nothing is lost:"
          + " rollback of the journal gives back what it had."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tokenform token park checkout --reason \"INC-42: secret in a public log\"",
      "  tokenform token park 1f0c7a52 --reason INC-42 --auto-approve",
    })
final class TokenParkCommand implements Callable<Integer> {
  private final Run run;

  @Parameters(
      paramLabel = "TOKEN",
      converter = MeantToken.class,
      description = MeantToken.DESCRIPTION)
  private String wanted;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description =
          "Why; everybody who lists the tokens sees it. One line of at most "
              + Label.LONGEST_REASON
              + " characters.")
  private String reason;

  @Mixin private ByHand byHand = new ByHand();

  TokenParkCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    ByHand.refuseSecretShape("--reason", reason);
    byHand.applying().because(reason);
    try (ByHand.Session session = byHand.start(run, "token park")) {
      session.refuseSecrets(Stream.of(reason));
      Live live = session.liveTokens();
      Named named = session.named(live, wanted);
      Parking parking = parking(named, live, session);
      if (parking.open().isEmpty()) {
        run.console()
            .note("the token " + named.token().id() + " is parked already, and has no access");
        return ExitCode.OK;
      }
      Policy policy = parking.policy();
      return session.carryOut(
          session.plan(policy, live, session.options(policy)),
          result -> tell(result, parking, live, session));
    }
  }

  private Parking parking(Named named, Live live, ByHand.Session session) {
    try {
      return Parking.of(named, live.tokens(), session.now(), reason);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--reason: " + e.getMessage(), "say in a few words why");
    }
  }

  private void tell(ApplyResult result, Parking parking, Live live, ByHand.Session session) {
    TokenName name = parking.named().name();
    ParkedText text =
        new ParkedText(
            name,
            parking.open(),
            parking.otherWriters(live.tokens(), session.names(live)),
            next(result, parking));
    run.console().print("\n" + text.render(run.console().outStyle()));
  }

  private List<ParkedText.Next> next(ApplyResult result, Parking parking) {
    Named named = parking.named();
    List<ParkedText.Next> next = new ArrayList<>();
    String token = ShellWord.of(named.desired().isPresent() ? named.name().value() : id(named));
    String options = byHand.policyArguments() + byHand.wayArguments();
    result
        .undoable()
        .ifPresent(
            file ->
                next.add(
                    new ParkedText.Next(
                        "undo it, with what it had",
                        List.of(
                            byHand.applying().rollback() + " " + ShellWord.of(file.toString())))));
    if (named.desired().isPresent()) {
      next.add(
          new ParkedText.Next(
              "give it what the policy says",
              List.of("tokenform token release " + token + options, "tokenform apply" + options)));
    }
    rotation(parking, token).ifPresent(next::add);
    return next;
  }

  /** A new secret for its owner; a token that the policy names by its id cannot have one. */
  private Optional<ParkedText.Next> rotation(Parking parking, String token) {
    Optional<DesiredToken> desired = parking.named().desired();
    if (desired.filter(known -> known.id().isPresent()).isPresent()) {
      return Optional.empty();
    }
    boolean delivers = desired.filter(known -> known.lifecycle().deliver().isPresent()).isPresent();
    return Optional.of(
        new ParkedText.Next(
            "give its owner a new secret; the old one stays without access",
            List.of(
                "tokenform token rotate "
                    + token
                    + (desired.isPresent() ? byHand.policyArguments() : databases(parking))
                    + (delivers ? "" : " --deliver SINK")
                    + byHand.wayArguments()
                    + (byHand.hasPlatform() ? "" : " --platform FILE"))));
  }

  /** What it had, for a successor: a parked token has no permissions that one could get. */
  private static String databases(Parking parking) {
    return parking.open().get(0).permissions().stream()
        .filter(permission -> permission.action().isDocumented())
        .map(
            permission ->
                " --" + permission.action() + "-database " + ShellWord.of(permission.resource()))
        .collect(Collectors.joining());
  }

  private static String id(Named named) {
    return named.token().id().toString();
  }
}
