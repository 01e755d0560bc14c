package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.testing.OddAnswer;
import io.tokenform.testing.ScriptedServer;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person is told of odd answers: all of it, its exit code, and never a stack trace. */
@Timeout(900)
class OddServersCommandTest extends CommandTest {
  private static final String TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} UTC";

  @ParameterizedTest
  @MethodSource("answers")
  void aListingOfTokensSaysWhatIsWrongAndNothingElse(OddAnswer odd) {
    try (ScriptedServer server = ScriptedServer.playing(odd.script())) {
      Cli.Run run = list(cli(), server, "--max-attempts", "1");

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

  @Test
  void aWaitOfAnHourIsNotBegun() {
    try (ScriptedServer server =
        ScriptedServer.answering(
            ScriptedServer.answer(
                429, "Retry-After: 3600", "{\"message\": \"come back later\"}"))) {
      Cli.Run run = list(server);

      assertThat(run).exited(1).printedNothing();
      Assertions.assertThat(run.err().replaceAll(TIME, "TIME"))
          .isEqualTo(
              """
              error: GET /api/v0/tokens: 429 come back later; it asks to wait 60 min, until TIME
                hint: the server asks for fewer calls: try again after TIME
              """);
      Assertions.assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aWaitOfSecondsIsSaidOnATerminalAndInALog() {
    for (boolean atTerminal : new boolean[] {false, true}) {
      try (ScriptedServer server =
          ScriptedServer.answering(
              ScriptedServer.answer(503, "Retry-After: 3", "{\"message\": \"busy\"}"),
              ScriptedServer.json(200, "[]"))) {
        Cli cli = atTerminal ? cli().with("NO_COLOR", "1").atTerminal("") : cli();

        Cli.Run run = list(cli, server);

        assertThat(run).exited(0);
        Assertions.assertThat(run.err())
            .isEqualTo(
                "note: waiting 3 s before GET /api/v0/tokens is sent again (attempt 2): 503 busy\n");
      }
    }
  }

  private Cli.Run list(ScriptedServer server) {
    return list(cli(), server);
  }

  private static Cli.Run list(Cli cli, ScriptedServer server, String... more) {
    String[] args = new String[more.length + 4];
    args[0] = "token";
    args[1] = "list";
    args[2] = "--url";
    args[3] = server.url().toString();
    System.arraycopy(more, 0, args, 4, more.length);
    return cli.with("INFLUX_DB_PRODUCT_TYPE", "clustered").run(args);
  }

  static List<OddAnswer> answers() {
    return OddAnswer.all();
  }
}
