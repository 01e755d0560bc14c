package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.policy.Code;
import io.tokenform.policy.Diagnostic;
import io.tokenform.policy.Location;
import io.tokenform.policy.SourceText;
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
            "and 1134 more; \"tokenform validate --format json\" gives all",
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
  void nothingIsPromisedThatValidateDoesNotFind() {
    assertThat(shown(errors(Code.NO_SUCH_TOKEN, 101))).contains("and 1 more");
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
