package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.testing.OddAnswer;
import io.tokenform.testing.ScriptedServer;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person is told of odd answers: all of it, its exit code, and never a stack trace. */
@Timeout(900)
class OddServersCommandTest extends CommandTest {
  private static final String TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} UTC";

  @ParameterizedTest
  @MethodSource("answers")
  void aListingOfTokensSaysWhatIsWrongAndNothingElse(OddAnswer odd) throws IOException {
    try (ScriptedServer server = ScriptedServer.playing(odd.script())) {
      Cli.Run run =
          cli()
              .with("INFLUX_DB_PRODUCT_TYPE", "clustered")
              .run("token", "list", "--url", server.url().toString(), "--max-attempts", "1");

      if (odd.error().isEmpty()) {
        assertThat(run).exited(0).printed(OddAnswer.DESCRIPTION).complainedOfNothing();
        return;
      }
      assertThat(run).exited(1).printedNothing();
      Assertions.assertThat(run.err().replaceAll(TIME, "TIME"))
          .isEqualTo(
              "error: GET /api/v0/tokens: "
                  + odd.error().replace("\u001b", "\\u001b")
                  + "\n"
                  + (odd.hint().isEmpty()
                      ? ""
                      : "  hint: " + odd.hint().replace("URL URL", "URL " + server.url()) + "\n"));
    }
  }

  static List<OddAnswer> answers() {
    return OddAnswer.all();
  }
}
