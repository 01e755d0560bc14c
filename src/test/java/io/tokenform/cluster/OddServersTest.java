package io.tokenform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.Token;
import io.tokenform.testing.Apis;
import io.tokenform.testing.OddAnswer;
import io.tokenform.testing.ScriptedServer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What servers answer that keep to few rules, and what is said of each answer, to the letter. */
class OddServersTest {
  private static final String TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} UTC";

  @ParameterizedTest
  @MethodSource("answers")
  void eachAnswerIsReadOrNamedForWhatItIs(OddAnswer odd) throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(odd.script());
        ManagementApi api = Apis.api(server, Apis.unhurried())) {
      if (odd.error().isEmpty()) {
        assertThat(api.listTokens().tokens())
            .extracting(Token::description)
            .containsExactly(OddAnswer.DESCRIPTION);
        return;
      }
      ApiException failure = catchThrowableOfType(ApiException.class, api::listTokens);

      assertThat(failure.problem().replaceAll(TIME, "TIME")).isEqualTo(odd.error());
      assertThat(failure.hint().map(hint -> hint.replaceAll(TIME, "TIME")))
          .isEqualTo(
              Optional.of(odd.hint().replace("URL URL", "URL " + server.url()))
                  .filter(hint -> !hint.isEmpty()));
    }
  }

  static List<OddAnswer> answers() {
    return OddAnswer.all();
  }
}
