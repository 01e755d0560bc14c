package io.tokenform.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Interrupts;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.Terminals;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.Verbosity;
import io.tokenform.cli.console.World;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RoundTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Run run =
      Run.in(
          new World(
              InputStream.nullInputStream(),
              out,
              err,
              Terminals.none(),
              Map.of(),
              Path.of("."),
              Clock.systemUTC(),
              Interrupts.NONE));

  private List<String> round(List<String> clusters, Round.Work<String, String> work)
      throws InterruptedException {
    return new Round(run)
        .of(
            clusters,
            name -> name,
            work,
            (cluster, teller, failure) -> {
              teller.console().error(cluster + ": " + failure.message(), failure.hint());
              return "failed";
            });
  }

  private String told() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatClustersSayIsToldInTheirOrderWhateverEndsFirst() throws InterruptedException {
    CountDownLatch last = new CountDownLatch(1);
    List<String> results =
        round(
            List.of("a", "b", "c"),
            (cluster, teller) -> {
              if (cluster.equals("c")) {
                teller.console().print("hello from c\n");
                last.countDown();
                return "the first";
              }
              last.await();
              teller.console().print("hello from " + cluster + "\n");
              return "later";
            });
    assertThat(results).containsExactly("later", "later", "the first");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("hello from a\nhello from b\nhello from c\n");
  }

  @Test
  void whateverFailsForOneClusterHidesNoOther() throws InterruptedException {
    List<String> results =
        round(
            List.of("well", "explained", "fault", "invalid", "last"),
            (cluster, teller) ->
                switch (cluster) {
                  case "explained" -> throw new InputException("there is no token", "set one");
                  case "fault" -> throw new IllegalStateException("a bug");
                  case "invalid" ->
                      throw new InvalidPolicyException(
                          List.of(
                              Diagnostic.error(
                                  Code.BAD_UUID,
                                  new Location(new SourceText("p.yaml", ""), 1, 1, 1),
                                  "no UUID")));
                  default -> "fine";
                });
    assertThat(results).containsExactly("fine", "failed", "failed", "failed", "fine");
    assertThat(told())
        .isEqualTo(
            """
            error: explained: there is no token
              hint: set one
            error: fault: tokenform failed: java.lang.IllegalStateException: a bug
              hint: this is a bug in tokenform; report it with what --debug prints
            error: invalid: its policy has 1 error
              hint: "tokenform explain bad-uuid" says more
            """);
  }

  @Test
  void aFaultHasItsTraceWithDebugAndWhatIsExplainedHasNone() throws InterruptedException {
    Console console = run.console();
    console.say(Verbosity.DEBUG);
    round(
        List.of("explained", "fault"),
        (cluster, teller) -> {
          if (cluster.equals("fault")) {
            throw new IllegalStateException("a bug");
          }
          throw new InputException("there is no token", null);
        });
    assertThat(told())
        .contains("java.lang.IllegalStateException: a bug\n    at io.tokenform.cli.fleet.RoundTest")
        .doesNotContain("InputException");
  }

  @Test
  void aWrongCommandLineEndsTheRound() {
    assertThatThrownBy(
            () ->
                round(
                    List.of("a", "b"),
                    (cluster, teller) -> {
                      throw new UsageException("no", "yes");
                    }))
        .isInstanceOf(UsageException.class);
    assertThat(told()).isEmpty();
  }
}
