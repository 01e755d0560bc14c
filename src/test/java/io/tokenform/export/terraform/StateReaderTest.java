package io.tokenform.export.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tokenform.access.Secret;
import io.tokenform.export.terraform.StateToken.SecretKept;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateReaderTest {
  private static final String CANARY = "canary-of-a-secret-0123456789";

  /** The addresses of the sample's tokens. */
  private static final List<String> SAMPLE =
      List.of(
          "influxdb3_token.edge[\"berlin\"]",
          "influxdb3_token.edge[\"S\u00e3o Paulo\"]",
          "influxdb3_token.gone",
          "influxdb3_token.grafana",
          "influxdb3_token.old_probe",
          "influxdb3_token.staging",
          "influxdb3_token.worker[0]",
          "influxdb3_token.worker[1]",
          "module.orders.influxdb3_token.writer",
          "module.site[\"eu-west\"].module.audit[0].influxdb3_cloud_token.reader");

  private final List<String> secrets = new ArrayList<>();

  static byte[] sample(String name) {
    try (var in = StateReaderTest.class.getResourceAsStream("/terraform/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TerraformState read(byte[] bytes) throws UnreadableStateException {
    return StateReader.read(bytes, (Secret secret) -> secrets.add(secret.reveal()));
  }

  private TerraformState read(String json) throws UnreadableStateException {
    return read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> tokens(TerraformState state) {
    return state.tokens().stream()
        .filter(StateToken::isToken)
        .map(token -> token.address().text())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"show.json", "terraform.tfstate", "plan.json"})
  void allThatTerraformWritesHasTheSameTokens(String name) throws Exception {
    TerraformState state = read(sample(name));

    assertThat(tokens(state)).containsExactlyInAnyOrderElementsOf(SAMPLE);
    assertThat(state.shownSecrets()).isEqualTo(9);
    assertThat(state.redactedSecrets()).isZero();
    assertThat(state.isOpenTofu()).isFalse();
    assertThat(secrets).hasSize(9).allMatch(secret -> secret.startsWith("apiv1_invented-"));
    StateToken berlin =
        state.tokens().stream()
            .filter(token -> token.address().text().contains("berlin"))
            .findFirst()
            .orElseThrow();
    assertThat(berlin.id().orElseThrow()).hasToString("5a3c1f35-1c5e-4b7a-9d02-6f3e8a1b0001");
    assertThat(berlin.clusterId().orElseThrow())
        .hasToString("cccccccc-0000-4000-8000-000000000001");
    assertThat(berlin.secret()).isEqualTo(SecretKept.SHOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"show.json", "terraform.tfstate", "plan.json"})
  void theOrderOfFieldsMeansNothing(String name) throws Exception {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    byte[] sorted = mapper.writeValueAsBytes(mapper.readValue(sample(name), Map.class));

    assertThat(tokens(read(sorted))).containsExactlyInAnyOrderElementsOf(SAMPLE);
  }

  /** PowerShell writes UTF-16 with a mark; editors of Windows put one before UTF-8. */
  @ParameterizedTest
  @CsvSource({"UTF-8, ''", "UTF-8, \ufeff", "UTF-16LE, \ufeff", "UTF-16BE, \ufeff", "UTF-16LE, ''"})
  void theEncodingIsFoundOut(String charset, String mark) throws Exception {
    String text = mark + new String(sample("show.json"), StandardCharsets.UTF_8);

    assertThat(tokens(read(text.getBytes(Charset.forName(charset)))))
        .containsExactlyInAnyOrderElementsOf(SAMPLE);
  }

  @Test
  void anOldAddressGetsItsKey() throws Exception {
    assertThat(
            tokens(
                read(
                    shown(
                        """
                        {"address": "influxdb_token.a", "type": "influxdb_token", "index": 7},
                        {"address": "influxdb_token.b", "type": "influxdb_token", "index": "x"}"""))))
        .containsExactly("influxdb_token.a[7]", "influxdb_token.b[\"x\"]");
  }

  @Test
  void aSecretIsThereHiddenOrUnknown() throws Exception {
    TerraformState state =
        read(
            shown(
                """
                {"type": "influxdb3_token", "values": {"access_token": "%s"}},
                {"type": "influxdb3_token", "values": {"accessToken": "%s"}},
                {"type": "influxdb3_token", "values": {"access_token": "redacted"}},
                {"type": "influxdb3_token", "values": {"access_token": "(sensitive value)"}},
                {"type": "influxdb3_token", "values": {"access_token": "********"}},
                {"type": "influxdb3_token", "values": {"access_token": null}},
                {"type": "influxdb3_token", "values": {"access_token": ""}},
                {"type": "influxdb3_token", "values": {}},
                {"type": "influxdb3_token"}"""
                    .formatted(CANARY, CANARY)));

    assertThat(state.tokens())
        .extracting(StateToken::secret)
        .containsExactly(
            SecretKept.SHOWN,
            SecretKept.SHOWN,
            SecretKept.REDACTED,
            SecretKept.REDACTED,
            SecretKept.REDACTED,
            SecretKept.NONE,
            SecretKept.NONE,
            SecretKept.NONE,
            SecretKept.NONE);
    assertThat(secrets).containsExactly(CANARY, CANARY);
  }

  @Test
  void secretsOfOtherResourcesAreKnownToo() throws Exception {
    read(
        shown(
            """
            {"type": "restapi_object", "values": {"reply": [{"accessToken": "%s"}]}},
            {"type": "data_of_ours", "mode": "data", "values": {"token": "%s"}}"""
                .formatted(CANARY, CANARY + "2")));

    assertThat(secrets).containsExactly(CANARY, CANARY + "2");
  }

  @Test
  void resourcesOfOtherTypesAreKeptIfTheyMayBeTokens() throws Exception {
    TerraformState state =
        read(
            shown(
                """
                {"address": "restapi_object.a", "type": "restapi_object",
                 "values": {"id": "8E5C6A29-4d7b-4f13-a2e9-0d9b3c1f8a08"}},
                {"address": "restapi_object.b", "type": "restapi_object", "values": {"id": "7"}},
                {"address": "vault_token.c", "type": "vault_token", "values": {"id": "7"}},
                {"address": "influxdb3_token.d", "type": "influxdb3_token", "values": {"id": 7}}"""));

    assertThat(state.tokens())
        .extracting(token -> token.address().text() + " " + token.isToken())
        .containsExactly("restapi_object.a false", "influxdb3_token.d true");
    assertThat(state.tokens().get(0).id().orElseThrow())
        .hasToString("8e5c6a29-4d7b-4f13-a2e9-0d9b3c1f8a08");
    assertThat(state.tokens().get(1).id()).isEmpty();
  }

  @Test
  void deposedObjectsAreMarked() throws Exception {
    assertThat(
            read(shown(
                    """
                        {"type": "influxdb3_token", "address": "t.a", "deposed_key": "00a1"},
                        {"type": "influxdb3_token", "address": "t.a"}"""))
                .tokens())
        .extracting(StateToken::isDeposed)
        .containsExactly(true, false);
    assertThat(
            read("""
                    {"version": 4, "resources": [{"type": "influxdb3_token", "name": "a",
                     "mode": "managed", "instances": [{"deposed": "00a1"}, {}]}]}""")
                .tokens())
        .extracting(StateToken::isDeposed)
        .containsExactly(true, false);
  }

  @Test
  void openTofuIsKnownByItsRegistry() throws Exception {
    for (String name : List.of("show.json", "terraform.tfstate")) {
      String text = new String(sample(name), StandardCharsets.UTF_8);
      assertThat(read(text.replace("terraform.io/", "opentofu.org/")).isOpenTofu())
          .as(name)
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"format_version\": \"1.0\"}",
        "{\"format_version\": \"0.1\", \"values\": null}",
        "{\"format_version\": \"1.2\", \"planned_values\": {\"root_module\": {}}}",
        "{\"format_version\": \"1.0\", \"values\": {\"root_module\": {}}}",
        "{\"format_version\": \"1.0\", \"values\": {\"root_module\": {\"resources\": [7, null]}}}",
        "{\"version\": 4, \"resources\": []}",
        "{\"version\": 4, \"resources\": [{\"instances\": 3}], \"serial\": 1}",
      })
  void anEmptyStateHasNoTokens(String json) throws Exception {
    assertThat(read(json).tokens()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "                                   | it is empty",
        "[]                                 | it is JSON, but no state of Terraform's",
        "\"text\"                           | it is JSON, but no state of Terraform's",
        "{}                                 | it is JSON, but no state of Terraform's",
        "{\"tokens\": {}}                   | it is JSON, but no state of Terraform's",
        "{\"version\": 3, \"modules\": []}  | it is no state file of version 4",
        "{\"version\": \"4\"}               | it is no state file of version 4",
        "{\"format_version\": \"2.0\"}      | its format_version is none that this version",
        "{\"@level\": \"info\"}             | it is the log of a plan or an apply",
        "{\"serial\": 1, \"encrypted_data\": \"eA==\"} | it is encrypted by OpenTofu",
        "PK\u0003\u0004x                    | it is a saved plan",
        "# influxdb3_token.grafana:         | line 1, column 2 is not JSON",
        "{\"version\": 4                    | it ends in the middle of its JSON",
        "{\"version\": 4} x                 | line 1, column 17 is not JSON",
        "{\"version\": 4} {}                | something follows where its JSON should end",
        "{\"values\": [[[[                  | it ends in the middle of its JSON",
      })
  void whatIsNoStateIsRefused(String text, String message) {
    assertThatThrownBy(() -> read(text == null ? "" : text))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining(message);
  }

  @Test
  void nestingHasABound() {
    assertThatThrownBy(() -> read("{\"values\": " + "{\"a\": ".repeat(100_000)))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessage("line 1 has a longer number or name, or is nested deeper, than in any state");
    assertThatThrownBy(() -> read("{\"values\": {\"x\": " + "7".repeat(5_000) + "}}"))
        .hasMessage("line 1 has a longer number or name, or is nested deeper, than in any state");
    assertThatThrownBy(
            () -> read("{\"values\": {\"root_module\": " + "{\"child_modules\": [".repeat(100_000)))
        .isInstanceOf(UnreadableStateException.class);
  }

  /** The parser's own messages would quote it. */
  @Test
  void noErrorRepeatsWhatStandsThere() {
    String whole = shown("{\"values\": {\"access_token\": \"%s\"}}".formatted(CANARY));
    for (int cut = 0; cut < whole.length(); cut++) {
      for (String tail : List.of("", CANARY, "\"" + CANARY, "\\" + CANARY, "\u0001" + CANARY)) {
        String text = whole.substring(0, cut) + tail;
        Throwable thrown = catchThrowable(() -> read(text));
        if (thrown != null) {
          assertThat(thrown).isInstanceOf(UnreadableStateException.class);
          StringWriter trace = new StringWriter();
          thrown.printStackTrace(new PrintWriter(trace));
          assertThat(trace.toString()).doesNotContain("canary");
        }
      }
    }
  }

  static String shown(String resources) {
    return "{\"format_version\": \"1.0\", \"values\": {\"root_module\": {\"resources\": [%s]}}}"
        .formatted(resources);
  }
}
