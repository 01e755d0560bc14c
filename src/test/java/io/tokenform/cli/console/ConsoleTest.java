package io.tokenform.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private static final Location PLACE = new Location(new SourceText("p.yaml", ""), 1, 1, 1);

  @Test
  void aHundredFindingsAreShownAndNoneIsLeftOut() {
    assertThat(shown(errors(Code.BAD_UUID, 100)))
        .hasSize(202)
        .doesNotContain("and 0 more")
        .endsWith(
            "error: the policy has 100 errors", "  hint: \"tokenform explain bad-uuid\" says more");
  }

  @Test
  void ofMoreTheRestIsCounted() {
    assertThat(shown(errors(Code.BAD_UUID, 1_234)))
        .hasSize(204)
        .contains("p.yaml:1:1: error[bad-uuid]: number 99")
        .doesNotContain("p.yaml:1:1: error[bad-uuid]: number 100")
        .endsWith(
            "and 1134 more; --verbose shows all",
            "",
            "error: the policy has 1234 errors",
            "  hint: \"tokenform explain bad-uuid\" says more");
  }

  @Test
  void manyWarningsHideNoError() {
    List<Diagnostic> findings =
        Stream.concat(warnings(150).stream(), errors(Code.BAD_URL, 1).stream()).toList();
    assertThat(shown(findings))
        .hasSize(204)
        .startsWith("p.yaml:1:1: error[bad-url]: number 0")
        .contains("p.yaml:1:1: warning[unused-role]: number 98")
        .doesNotContain("p.yaml:1:1: warning[unused-role]: number 99")
        .endsWith(
            "error: the policy has an error", "  hint: \"tokenform explain bad-url\" says more");
  }

  @Test
  void warningsAloneAreNoError() {
    assertThat(shown(warnings(2)))
        .containsExactly(
            "p.yaml:1:1: warning[unused-role]: number 0",
            "",
            "p.yaml:1:1: warning[unused-role]: number 1",
            "");
  }

  @Test
  void onATerminalProgressIsOneLineThatIsGoneBeforeAnythingElse() {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    Console console = console(screen, new Terminals(true, true, true), Map.of("TERM", "xterm"));

    console.progress("1 of 3");
    console.progress("2 of 3");
    console.print("result\n");
    console.print("another\n");
    console.progress("3 of 3");
    console.note("something");
    console.progress("all");
    console.endProgress();
    console.endProgress();

    String erase = "\r\u001b[K";
    assertThat(screen.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            (erase + "1 of 3" + erase + "2 of 3")
                + (erase + "result\nanother\n")
                + (erase + "3 of 3" + erase + "\u001b[1mnote: \u001b[0msomething\n")
                + (erase + "all" + erase));
  }

  @Test
  void inALogAndOnADumbTerminalEachProgressIsALine() {
    for (Console console :
        List.of(
            console(new ByteArrayOutputStream(), Terminals.none(), Map.of()),
            console(
                new ByteArrayOutputStream(),
                new Terminals(true, true, true),
                Map.of("TERM", "dumb")))) {
      assertThat(console.canShowProgress()).isFalse();
    }
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    Console console = console(log, Terminals.none(), Map.of());

    console.progress("1 of 3");
    console.print("result\n");
    console.progress("2 of 3");
    console.endProgress();

    assertThat(log.toString(StandardCharsets.UTF_8)).isEqualTo("1 of 3\nresult\n2 of 3\n");
  }

  /** A console whose two outputs are one, as on a screen. */
  private static Console console(
      OutputStream screen, Terminals terminals, Map<String, String> environment) {
    return new Console(
        new World(
            InputStream.nullInputStream(),
            screen,
            screen,
            terminals,
            environment,
            Path.of(""),
            Clock.systemUTC(),
            Interrupts.NONE));
  }

  private static List<Diagnostic> errors(Code code, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Diagnostic.error(code, PLACE, "number " + i))
        .toList();
  }

  private static List<Diagnostic> warnings(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Diagnostic.warning(Code.UNUSED_ROLE, PLACE, "number " + i))
        .toList();
  }

  /** The lines on standard error. */
  private static List<String> shown(List<Diagnostic> findings) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    World world =
        new World(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            err,
            Terminals.none(),
            Map.of(),
            Path.of(""),
            Clock.systemUTC(),
            Interrupts.NONE);
    new Console(world).findings(findings);
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
