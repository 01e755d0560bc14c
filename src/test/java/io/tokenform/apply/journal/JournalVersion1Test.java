package io.tokenform.apply.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** Lines of version 1 as version 2 would have them. */
class JournalVersion1Test {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JournalVersion1 version1 = new JournalVersion1();

  private static JsonNode line(String text) throws Exception {
    return JSON.readTree(text.replace('\'', '"'));
  }

  private JsonNode read(String text) throws Exception {
    return version1.asVersion2(line(text));
  }

  @Test
  void aLineWithoutAnIdStaysAsItIs() throws Exception {
    JsonNode ended = line("{'event': 'ended', 'sent': true}");

    assertThat(version1.asVersion2(ended)).isSameAs(ended);
  }

  @Test
  void aStartGetsItsAddressAndItsType() throws Exception {
    assertThat(read("{'event': 'started', 'id': '7', 'token': 'grafana', 'stage': 1}"))
        .isEqualTo(
            line(
                "{'event': 'started', 'id': '7', 'token': 'grafana', 'stage': 1,"
                    + " 'type': 'update', 'description': '', 'address': 'token.grafana'}"));
  }

  @Test
  void anOutcomeIsFoundByItsIdAndMayHaveHappenedIfItWasSent() throws Exception {
    assertThat(read("{'event': 'started', 'id': '7', 'token': 'grafana'}").has("sent")).isFalse();
    assertThat(read("{'event': 'started', 'id': '8', 'token': 'telegraf'}").has("sent")).isFalse();

    assertThat(read("{'event': 'failed', 'id': '8', 'sent': false}"))
        .isEqualTo(
            line(
                "{'event': 'failed', 'id': '8', 'sent': false, 'mayHaveHappened': false,"
                    + " 'address': 'token.telegraf'}"));
    assertThat(read("{'event': 'applied', 'id': '7'}"))
        .isEqualTo(line("{'event': 'applied', 'id': '7', 'address': 'token.grafana'}"));
  }

  @Test
  void theLineThatIsGivenIsLeftAlone() throws Exception {
    JsonNode given = line("{'event': 'started', 'id': '7', 'token': 'grafana'}");

    assertThat(version1.asVersion2(given)).isNotSameAs(given);
    assertThat(given.has("address")).isFalse();
  }

  @Test
  void whatWasNotStartedHasNoOutcome() throws Exception {
    JsonNode applied = line("{'event': 'applied', 'id': '7'}");

    assertThatIllegalArgumentException().isThrownBy(() -> version1.asVersion2(applied));
  }

  @Test
  void aNameThatIsNoneIsRefused() throws Exception {
    JsonNode started = line("{'event': 'started', 'id': '7', 'token': ''}");

    assertThatIllegalArgumentException().isThrownBy(() -> version1.asVersion2(started));
  }
}
