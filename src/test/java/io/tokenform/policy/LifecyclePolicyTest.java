package io.tokenform.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.SinkName;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Located;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy says of a token's birth, renewal and end, and what it cannot say. */
class LifecyclePolicyTest {
  private static final String ID = "id: 55555555-5555-4555-8555-555555555555";

  /** A token that is made, with more of its keys. */
  private static String made(String keys) {
    return "version: 1\ntokens:\n  checkout: {description: Checkout, permissions: {write: [orders]},"
        + " deliver: vault, "
        + keys
        + "}\n";
  }

  private static String token(String keys) {
    return "version: 1\ntokens:\n  a: {" + keys + "}\n";
  }

  private static Lifecycle lifecycle(String keys) throws Exception {
    return Reading.token(made(keys)).lifecycle();
  }

  private static List<String> found(String text) {
    return Reading.findings(text).stream()
        .map(finding -> finding.code() + "@" + finding.where().column())
        .toList();
  }

  private static Diagnostic finding(String text) {
    List<Diagnostic> findings = Reading.findings(text);
    assertThat(findings).as(Reading.shown(findings)).hasSize(1);
    return findings.get(0);
  }

  @Test
  void everyKeyIsRead() throws Exception {
    DesiredToken token =
        Reading.token(
            """
            version: 1
            tokens:
              checkout:
                description: Checkout, production
                was: [Checkout, Shop]
                owner: team-checkout
                permissions: {write: [orders]}
                deliver: vault
                expires: 120d
                rotate:
                  every: 90d
                  notBefore: 2027-01-31T08:00:00+01:00
                  overlap: 48h
                  park: 0s
                  settle: 30s
            """);

    assertThat(token.was()).extracting(Located::value).containsExactly("Checkout", "Shop");
    assertThat(token.owner()).map(Located::value).contains("team-checkout");
    Lifecycle lifecycle = token.lifecycle();
    assertThat(lifecycle.deliver()).map(Located::value).contains(new SinkName("vault"));
    assertThat(lifecycle.expires())
        .map(Located::value)
        .contains(new Expiry.After(Duration.ofDays(120)));
    Rotation rotation = lifecycle.rotate().orElseThrow();
    assertThat(rotation.where().line()).isEqualTo(10);
    assertThat(rotation.every()).contains(Duration.ofDays(90));
    assertThat(rotation.notBefore()).contains(Instant.parse("2027-01-31T07:00:00Z"));
    assertThat(rotation.overlap()).isEqualTo(Duration.ofDays(2));
    assertThat(rotation.park()).isEqualTo(Duration.ZERO);
    assertThat(rotation.settle()).isEqualTo(Duration.ofSeconds(30));
    assertThat(lifecycle.revoked()).isEmpty();
  }

  @Test
  void aTombstoneIsRead() throws Exception {
    DesiredToken token =
        Reading.token(token(ID + ", description: d, owner: o, state: revoked, reason: INC-42"));

    assertThat(token.lifecycle().revoked()).isPresent();
    assertThat(token.lifecycle().reason()).map(Located::value).contains("INC-42");
    assertThat(token.permissions()).isEmpty();
  }

  @Test
  void aTokenThatWasMadeCanBeATombstoneWithItsFormerDescriptions() throws Exception {
    assertThat(Reading.token(token("description: d, was: [c], state: revoked")).was()).hasSize(1);
  }

  @Test
  void aTokenWithoutTheseKeysHasNoLifecycle() throws Exception {
    assertThat(Reading.token(token("description: d")).lifecycle()).isEqualTo(Lifecycle.NONE);
  }

  @Test
  void aRotationHasDefaults() throws Exception {
    Rotation rotation = lifecycle("rotate: {every: 90d}").rotate().orElseThrow();
    assertThat(rotation.overlap()).isEqualTo(Duration.ofDays(7));
    assertThat(rotation.park()).isEqualTo(Duration.ofDays(1));
    assertThat(rotation.settle()).isEqualTo(Duration.ZERO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2027-01-31T00:00:00Z; 2027-01-31T00:00:00Z",
        "2027-01-31t00:00:00.5z; 2027-01-31T00:00:00.500Z",
        "2027-01-31T00:00:00-08:00; 2027-01-31T08:00:00Z",
      })
  void anExpiryCanBeAnInstant(String text, Instant instant) throws Exception {
    assertThat(lifecycle("expires: " + text).expires())
        .map(Located::value)
        .contains(new Expiry.At(instant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expires: 97d, rotate: {every: 90d}",
        "expires: 90d, rotate: {every: 90d, overlap: 0s}",
        "expires: 8d, rotate: {}",
        "expires: 1d, rotate: {overlap: 0s}",
        "expires: 2027-01-31T00:00:00Z, rotate: {every: 90d}",
        "expires: 2027-01-31T00:00:00Z, rotate: {notBefore: 2027-01-30T00:00:00Z}",
        "rotate: {notBefore: 2027-01-30T00:00:00Z}",
        "mode: authoritative",
      })
  void whatGoesTogetherIsTaken(String keys) throws Exception {
    assertThat(lifecycle(keys).deliver()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "expires: 96d, rotate: {every: 90d}; write expires: 97d or longer",
        "expires: 1h, rotate: {every: 30m, overlap: 31m}; write expires: 61m or longer",
        "expires: 7d, rotate: {}; a longer expires or a shorter overlap; overlap is 7d",
        "expires: 1d, rotate: {notBefore: 2027-01-01T00:00:00Z, overlap: 1d}; shorter overlap",
        "expires: 2027-01-31T00:00:00Z, rotate: {}; write expires as a duration",
        "expires: 2027-01-31T00:00:00Z, rotate: {notBefore: 2027-01-31T00:00:00Z}; a later expires",
      })
  void aTokenMustNotExpireBeforeItsRotationIsOver(String keys, String hint) {
    Diagnostic finding = finding(made(keys));
    assertThat(finding.code()).isEqualTo(Code.EXPIRES_TOO_SOON);
    assertThat(finding.hint().orElseThrow()).contains(hint);
  }

  @Test
  void aRotationThatCouldNotBeReadIsNotComparedWithTheExpiry() {
    assertThat(finding(made("expires: 5d, rotate: {every: 1w}")).code())
        .isEqualTo(Code.BAD_DURATION);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "$ID, permissions: {}, deliver: vault; deliver makes a token where there is none",
        "$ID, rotate: {every: 90d}; rotate gives a token a successor with another id",
        "$ID, was: [x]; was finds a token under a former description",
        "$ID, expires: 90d; expires is for a token that tokenform makes",
        "description: d, expires: 90d; expires is for a token that tokenform makes",
        "description: d, rotate: {every: 90d}; rotate makes a successor, and without deliver",
        "description: d, deliver: vault; nothing here says what it may do",
        "description: d, deliver: vault, permissions: {}; the permissions of \"a\" are empty",
        "description: d, deliver: vault, permissions: {read: []}; permissions of \"a\" are empty",
        "'description: d, deliver: v, permissions: {read: [m]}, mode: additive'; cannot be additive",
        "description: d, reason: INC-42; reason says why a token is revoked",
        "description: d, state: revoked, permissions: {}; permissions give access",
        "description: d, state: revoked, mode: additive; mode is about permissions",
        "description: d, state: revoked, deliver: vault; deliver makes a token",
        "description: d, state: revoked, expires: 1d; expires is for a token that is made",
        "description: d, state: revoked, rotate: {every: 1d}; rotate makes a successor",
      })
  void whatContradictsEachOtherIsRefused(String keys, String message) {
    Diagnostic finding = finding(token(keys.replace("$ID", ID)));
    assertThat(finding.code()).isEqualTo(Code.CONTRADICTION);
    assertThat(finding.message()).contains(message);
    assertThat(finding.hint()).isPresent();
  }

  @Test
  void rolesThatPermitNothingAreNoPermissions() {
    assertThat(
            finding(
                    "version: 1\nroles: {r: {}}\ntokens: {a: {description: d, roles: [r],"
                        + " deliver: v}}\n")
                .code())
        .isEqualTo(Code.CONTRADICTION);
  }

  @Test
  void rolesAreEnoughForADelivery() throws Exception {
    assertThat(
            Reading.token(
                    "version: 1\nroles: {r: {read: [m]}}\ntokens: {a: {description: d, roles: [r],"
                        + " deliver: v}}\n")
                .lifecycle()
                .deliver())
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "a b", ".a", "-a", "_a", "\u00e4", "a:b", "..", "a\\b", "~"})
  void aNameWithDeliverIsThatOfAFile(String name) {
    String text =
        "version: 1\ntokens:\n  '"
            + name
            + "': {description: d, permissions: {read: [m]}, deliver: v}\n";
    assertThat(found(text)).containsExactly("bad-name@3");
    assertThat(finding(text).hint().orElseThrow()).contains("begins with a letter or a digit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "A.b_c-D", "'9'", "'1.2'"})
  void otherNamesAreThatOfAFileToo(String name) throws Exception {
    String text =
        "version: 1\ntokens:\n  "
            + name
            + ": {description: d, permissions: {read: [m]}, deliver: v}\n";
    assertThat(Reading.token(text).lifecycle().deliver()).isPresent();
  }

  @Test
  void aNameWithoutDeliverMayBeAny() throws Exception {
    assertThat(Reading.policy("{version: 1, tokens: {a/b: {description: d}}}").tokens()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "rotate: {every: 90}; wrong-type; a number needs its unit; write 90d",
        "rotate: {every: 0s}; bad-duration; every must be longer than nothing",
        "rotate: {every: '90'}; bad-duration; write every: 90d",
        "rotate: {every: 90 days}; bad-duration; write every: 90d",
        "rotate: {every: P90D}; bad-duration; write every: 90d",
        "rotate: {every: 10000d}; bad-duration; longer than 9999d",
        "rotate: {every: -1d}; bad-duration; a whole number and its unit",
        "rotate: {every: true}; wrong-type; write a duration as 90d",
        "rotate: {every: }; missing-value; write a duration as 90d",
        "rotate: {every: [90d]}; wrong-type; write a duration as 90d",
        "rotate: {every: 1d, settle: 60}; wrong-type; write 1m",
        "rotate: {every: 1d, overlap: 1w}; bad-duration; write overlap: 7d",
        "rotate: {notBefore: 2027-01-31}; bad-instant; write notBefore: 2027-01-31T00:00:00Z",
        "rotate: {notBefore: 2027-02-30}; bad-instant; there is no such date",
        "rotate: {notBefore: 2027-01-31T10:00:00}; bad-instant; has no offset from UTC",
        "rotate: {notBefore: 2027-01-31 10:00 +0100}; bad-instant; 2027-01-31T10:00:00+01:00",
        "rotate: {notBefore: 2027-01-31T10:00Z}; bad-instant; write notBefore: 2027-01-31T10:00:00Z",
        "rotate: {notBefore: 2027-02-30T00:00:00Z}; bad-instant; there is no such one",
        "rotate: {notBefore: 2027-01-31T00:00:00+24:00}; bad-instant; there is no such one",
        "rotate: {notBefore: 90d}; bad-instant; is not an instant",
        "rotate: {notBefore: 1801353600}; wrong-type; write an instant as",
        "rotate: 90d; wrong-type; write rotate: {every: 90d}",
        "rotate: 3 months; wrong-type; write rotate: {every: 90d}",
        "rotate: true; wrong-type; write rotate: {every: 90d}",
        "rotate: {overlap: 1d}; missing-key; rotate does not say when",
        "rotate: {}; missing-key; add every: 90d or notBefore: INSTANT",
        "rotate: {evry: 90d}; unknown-key; did you mean \"every\"",
        "expires: 0d; bad-duration; expires must be longer than nothing",
        "expires: never; bad-duration; remove the key expires",
        "expires: 120; wrong-type; write 120d",
        "expires: soon; bad-duration; is not a duration",
        "expires: 2027-01-31; bad-instant; is a date without a time",
        "owner: ''; bad-text; an owner must not be blank",
        "owner: 7; wrong-type; quote it",
        "owner: \"a\\u2028b\"; bad-text; one line",
        "was: Old; wrong-type; write was: [Old]",
        "was: [' ']; unidentified-token; is blank",
        "was: ['a (tokenform: pending 3f9a1c3f9a1c)']; reserved-ending; pending",
        "state: active; unknown-state; the only state is revoked",
        "state: revoke; unknown-state; did you mean \"revoked\"",
        "state: true; wrong-type; write revoked",
        "every: 90d; unknown-key; indent it below a key rotate",
        "sink: vault; unknown-key; did you mean \"deliver\"",
      })
  void whatIsWrittenWrongIsExplained(String keys, String code, String text) {
    Diagnostic finding = finding(made(keys));
    assertThat(finding.code().word()).isEqualTo(code);
    assertThat(finding.message() + "; " + finding.hint().orElse("")).contains(text);
  }

  @Test
  void aBlankAtTheEdgeIsAnErrorOfATokenThatIsMade() {
    for (String text : new String[] {"'New '", "\"New\\n\"", "\"\\tNew\""}) {
      String keys = "description: " + text + ", permissions: {read: [logs]}";

      Diagnostic finding = finding(token(keys + ", deliver: vault"));

      assertThat(finding.code()).isEqualTo(Code.BLANK_AT_EDGE);
      assertThat(finding.isError()).isTrue();
      assertThat(finding.hint().orElseThrow()).contains("one more token");
    }
  }

  @Test
  void aSinkIsNamedAndNotDefined() {
    Diagnostic finding =
        finding(token("description: d, permissions: {read: [m]}, deliver: {directory: /run}"));
    assertThat(finding.code()).isEqualTo(Code.WRONG_TYPE);
    assertThat(finding.hint().orElseThrow()).contains("the platform file defines the sink");
  }

  @Test
  void aTextForPeopleHasAtMostTwoHundredCharacters() throws Exception {
    assertThat(Reading.token(token("description: d, owner: " + "x".repeat(200))).owner())
        .isPresent();
    assertThat(found(token("description: d, owner: " + "x".repeat(201))))
        .containsExactly("bad-text@30");
    assertThat(found(token("description: d, state: revoked, reason: " + "x".repeat(201))))
        .containsExactly("bad-text@47");
  }

  @Test
  void aDescriptionHasNoLabel() {
    Diagnostic finding =
        finding(token("description: 'A (tokenform: retired until 2027-01-31T00:00:00Z)'"));
    assertThat(finding.code()).isEqualTo(Code.RESERVED_ENDING);
    assertThat(finding.where().column()).isEqualTo(20);
  }

  @Test
  void whatOnlyLooksLikeALabelIsADescription() throws Exception {
    String text = "A (tokenform: retired soon)";
    assertThat(Reading.token(token("description: '" + text + "'")).description())
        .map(Located::value)
        .contains(text);
  }

  @Test
  void aFormerDescriptionIsThatOfOneToken() {
    String text =
        """
        version: 1
        tokens:
          a: {description: A, was: [Old, B, A, Old]}
          b: {description: B, was: [Old]}
        """;
    assertThat(Reading.findings(text))
        .extracting(finding -> finding.code() + " " + finding.message())
        .containsExactly(
            "former-description \"B\" is a former description here, and \"b\" has it now",
            "former-description \"A\" is a former description here, and this token has it now",
            "former-description \"Old\" is listed in was twice, the first time for this token",
            "former-description \"Old\" is listed in was twice, the first time for \"a\"");
  }

  @Test
  void hiddenCharactersInTextsForPeopleAreSaid() throws Exception {
    Policy policy =
        Reading.policy(
            """
            version: 1
            tokens:
              a: {description: A, owner: "te\\u200bam"}
              b: {description: B, was: ["O\\u200bld"]}
              c: {description: C, state: revoked, reason: "INC\\u200b-42"}
            """);
    assertThat(policy.warnings())
        .extracting(finding -> finding.code() + " " + finding.where().line())
        .containsExactly("hidden-character 3", "hidden-character 4", "hidden-character 5");
  }
}
