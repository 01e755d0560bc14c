package io.tokenform.sandbox;

import static io.tokenform.sandbox.SandboxClient.GRAFANA;
import static io.tokenform.sandbox.SandboxClient.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxSeedTest {
  @TempDir Path directory;

  @Test
  void aSeedNamesItsAccountAndCluster() {
    try (Sandbox sandbox =
        start(
            """
            {"accountId": "11111111-1111-4111-8111-111111111111",
             "clusterId": "33333333-3333-4333-8333-333333333333"}
            """)) {
      assertThat(sandbox.accountId())
          .isEqualTo(UUID.fromString("11111111-1111-4111-8111-111111111111"));
      assertThat(sandbox.clusterId())
          .isEqualTo(UUID.fromString("33333333-3333-4333-8333-333333333333"));
      assertThat(
              new SandboxClient(sandbox)
                  .get(
                      "/api/v0/accounts/11111111-1111-4111-8111-111111111111"
                          + "/clusters/33333333-3333-4333-8333-333333333333/tokens")
                  .body())
          .isEqualTo("[]");
    }
  }

  @Test
  void withoutIdsTheSeedGetsTheSandboxsOwn() {
    try (Sandbox sandbox = start("{}")) {
      assertThat(sandbox.accountId()).hasToString(SandboxClient.ACCOUNT);
      assertThat(sandbox.clusterId()).hasToString(SandboxClient.CLUSTER);
    }
  }

  @Test
  void aTokenWithoutADescriptionIsServedWithoutOne() {
    try (Sandbox sandbox =
        start("{\"tokens\": [{\"id\": \"" + GRAFANA + "\", \"permissions\": []}]}")) {
      assertThat(new SandboxClient(sandbox).get("/api/v0/tokens").body())
          .isEqualTo(
              "[{\"id\":\""
                  + GRAFANA
                  + "\",\"permissions\":[],\"createdAt\":\"2024-01-01T00:00:00.000Z\"}]");
      assertThat(sandbox.token(id(GRAFANA)).description()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|1:1: the document is empty",
        "{\"tokens\": [}|1:13: not valid JSON: Unexpected close marker '}': expected ']'",
        "{\"seedDigest\": \"a\"}|1:2: seedDigest is not a known key",
        "{\"accountId\": \"1\"}"
            + "|1:15: accountId must be a UUID such as cccccccc-0000-4000-8000-000000000001",
        "{\"databases\": \"metrics\"}|1:15: databases must be an array",
        "{\"databases\": [\"a\", 1]}|1:21: databases[1] must be a string",
        "{\"databases\": [\"\"]}|1:16: databases[0] must have 1 to 64 characters, not 0",
        "{\"databases\": [\"a\", \"a\"]}|1:21: databases[1] is a database that is already listed",
        "{\"tokens\": {}}|1:12: tokens must be an array",
        "{\"tokens\": [7]}|1:13: tokens[0] must be an object",
        "{\"tokens\": [{\"permissions\": []}]}|1:13: tokens[0] has no id",
        "{\"tokens\": [{\"id\": \"55555555-5555-4555-8555-555555555555\"}]}"
            + "|1:13: tokens[0] has no permissions",
        "{\"tokens\": [{\"id\": 5}]}|1:20: tokens[0].id must be a string",
        "{\"tokens\": [{\"name\": \"a\"}]}|1:14: tokens[0].name is not a known key",
        "{\"tokens\": [{\"secretDigest\": \"0A\"}]}|1:30: tokens[0].secretDigest must be a SHA-256, 64"
            + " hexadecimal digits in lower case",
        "{\"tokens\": [{\"accessToken\": \"a b\"}]}|1:29: tokens[0].accessToken must have printable"
            + " ASCII characters, and no blanks",
        "{\"tokens\": [{\"accessToken\": \"\"}]}|1:29: tokens[0].accessToken must have printable"
            + " ASCII characters, and no blanks",
        "{\"tokens\": [{\"accessToken\": \"sandbox-management-token\"}]}|1:29: tokens[0].accessToken"
            + " must not be the management token, which opens no data",
        "{\"tokens\": [{\"activeAt\": \"2026-01-01T00:00:00Z\"}]}|1:14: tokens[0].activeAt is not a"
            + " known key",
        "{\"tokens\": [{\"createdAt\": \"now\"}]}|1:27: tokens[0].createdAt must be an RFC 3339"
            + " date such as 2030-12-31T23:59:59Z",
        "{\"tokens\": [{\"permissions\": [{\"action\": \"read\", \"on\": \"a\"}]}]}"
            + "|1:49: tokens[0].permissions[0].on is not a known key",
      })
  void aSeedThatIsWrongIsRefusedWithItsPlace(String text, String message) throws Exception {
    Path seed = Files.writeString(directory.resolve("seed.json"), text);

    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(() -> Sandbox.start(SandboxOptions.builder().seedFile(seed).build()))
        .withMessage(seed + ":" + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "{\"users\": []}", "{\"\\u001b[2J\": 1}", "root:x:0:0"})
  void nothingIsShownOfAFileThatDoesNotBeginLikeASeed(String text) throws Exception {
    Path seed = Files.writeString(directory.resolve("seed.json"), text);

    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(() -> Sandbox.start(SandboxOptions.builder().seedFile(seed).build()))
        .withMessage(
            seed
                + " does not begin like a seed, so none of it is shown: a seed is JSON, as in"
                + " {\"databases\": [], \"tokens\": []}");
  }

  @Test
  void anIdTwiceIsRefused() {
    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(
            () ->
                start(
                    """
                    {"tokens": [
                      {"id": "5555555A-5555-4555-8555-555555555555", "permissions": []},
                      {"id": "5555555a-5555-4555-8555-555555555555", "permissions": []}
                    ]}
                    """))
        .withMessage(
            "seed:3:3: tokens[1] has the id 5555555a-5555-4555-8555-555555555555 of an earlier"
                + " token");
  }

  @Test
  void aSecretTwiceIsRefusedAndNotRepeated() {
    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(
            () ->
                start(
                    """
                    {"tokens": [
                      {"id": "55555555-5555-4555-8555-555555555555", "permissions": [],
                       "accessToken": "secret"},
                      {"id": "66666666-6666-4666-8666-666666666666", "permissions": [],
                       "secretDigest":
                         "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"}
                    ]}
                    """))
        .withMessage("seed:4:3: tokens[1] has the secret of an earlier token");
    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(
            () ->
                start(
                    """
                    {"tokens": [{"accessToken": "one",
                      "secretDigest":
                        "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"}]}
                    """))
        .withMessage("seed:3:5: tokens[0].secretDigest is the second secret of this token");
  }

  @Test
  void aSeedThatIsNotThereIsNamed() {
    Path seed = directory.resolve("none.json");

    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(() -> Sandbox.start(SandboxOptions.builder().seedFile(seed).build()))
        .withMessage("the seed " + seed + " does not exist");
    assertThatExceptionOfType(SandboxException.class)
        .isThrownBy(() -> Sandbox.start(SandboxOptions.builder().seedFile(directory).build()))
        .withMessageStartingWith("cannot read the seed " + directory);
  }

  private static Sandbox start(String seed) {
    return Sandbox.start(SandboxOptions.builder().seedJson(seed).build());
  }
}
