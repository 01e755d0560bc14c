package io.tokenform.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.SourceText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyMergeTest {
  @Test
  void tokensAndRolesAddUpWhateverFileTheyStandIn() throws InvalidPolicyException {
    Policy policy =
        merged(
            "version: 1\ntokens: {b: {description: b, roles: [reader]}}",
            "version: 1\nroles: {reader: {read: [metrics]}}",
            "version: 1\ncluster: {product: sandbox}\ntokens: {a: {description: a}}");
    assertThat(policy.tokens()).extracting(token -> token.name().value()).containsExactly("a", "b");
    assertThat(policy.tokens().get(1).where()).hasToString("1.yaml:2:10");
    assertThat(policy.roles()).extracting(Role::name).containsExactly("reader");
    assertThat(policy.cluster().orElseThrow().product().where()).hasToString("3.yaml:2:20");
    assertThat(policy.warnings()).isEmpty();
  }

  @Test
  void aTokenHasItsOwnPermissionsAndThoseOfItsRoles() throws InvalidPolicyException {
    Policy policy =
        merged(
            """
            version: 1
            roles:
              reader: {read: [metrics, logs]}
              writer: [{action: write, resource: metrics}]
              nothing: {}
            tokens:
              both: {description: a, roles: [reader, writer, reader], permissions: {read: [orders]}}
              none: {description: b, roles: [nothing]}
              open: {description: c}
              own: {description: d, permissions: {read: [orders]}}
            """);
    List<DesiredToken> tokens = policy.tokens();
    assertThat(tokens.get(0).permissions())
        .contains(
            Permissions.of(
                Permission.read("logs"),
                Permission.read("metrics"),
                Permission.read("orders"),
                Permission.write("metrics")));
    assertThat(tokens.get(1).permissions()).contains(Permissions.NONE);
    assertThat(tokens.get(2).permissions()).isEmpty();
    assertThat(tokens.get(3).permissions()).contains(Permissions.of(Permission.read("orders")));
  }

  @Test
  void whatStandsTwiceIsToldWithBothPlaces() {
    assertThat(
            shown(
                """
                version: 1
                cluster: {product: sandbox}
                roles: {reader: {}}
                tokens: {a: {id: 55555555-5555-4555-8555-555555555555, roles: [reader]}}
                """,
                """
                version: 1
                tokens: {a: {description: d}, b: {id: 55555555-5555-4555-8555-555555555555}}
                roles: {reader: {}}
                cluster: {product: clustered}
                """))
        .isEqualTo(
            """
            2.yaml:2:10: error[duplicate-token]: the token "a" appears twice
              2 | tokens: {a: {description: d}, b: {id: 55555555-5555-4555-8555-555555555555}}
                |          ^
              see also 1.yaml:4:10
              4 | tokens: {a: {id: 55555555-5555-4555-8555-555555555555, roles: [reader]}}
                |          ^
              hint: give one of them another name, or remove it
            2.yaml:2:39: error[duplicate-id]: the id 55555555-5555-4555-8555-555555555555 is given to two tokens
              2 | tokens: {a: {description: d}, b: {id: 55555555-5555-4555-8555-555555555555}}
                |                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              see also 1.yaml:4:18
              4 | tokens: {a: {id: 55555555-5555-4555-8555-555555555555, roles: [reader]}}
                |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              hint: remove one of the two, or correct its id
            2.yaml:3:9: error[duplicate-role]: the role "reader" appears twice
              3 | roles: {reader: {}}
                |         ^^^^^^
              see also 1.yaml:3:9
              3 | roles: {reader: {}}
                |         ^^^^^^
              hint: give one of them another name, or remove it
            2.yaml:4:1: error[duplicate-cluster]: this is a second cluster section
              4 | cluster: {product: clustered}
                | ^^^^^^^
              see also 1.yaml:2:1
              2 | cluster: {product: sandbox}
                | ^^^^^^^
              hint: a policy is for one cluster; keep the section in one file
            2.yaml:4:20: error[missing-key]: the product clustered needs the key "url"
              4 | cluster: {product: clustered}
                |                    ^^^^^^^^^
              hint: add url to the cluster section
            """);
  }

  @Test
  void anUnknownRoleNamesTheNearestOrAll() {
    assertThat(
            shown(
                """
                version: 1
                roles: {reader: {}, writer: {}}
                tokens:
                  a: {description: a, roles: [raeder]}
                  b: {roles: [admin]}
                """))
        .isEqualTo(
            """
            1.yaml:4:31: error[unknown-role]: there is no role "raeder"
              4 |   a: {description: a, roles: [raeder]}
                |                               ^^^^^^
              hint: did you mean "reader"?
            1.yaml:5:3: error[unidentified-token]: the token "b" has neither an id nor a description
              5 |   b: {roles: [admin]}
                |   ^
              hint: add the id of the live token, or the description by which to find it
            1.yaml:5:15: error[unknown-role]: there is no role "admin"
              5 |   b: {roles: [admin]}
                |               ^^^^^
              hint: the roles are reader, writer
            """);
    assertThat(shown("version: 1\ntokens: {a: {description: a, roles: [admin]}}"))
        .contains("hint: define it in a roles section");
  }

  @Test
  void aRoleThatNobodyHasIsAWarningUnlessThereAreErrors() throws InvalidPolicyException {
    String roles = "version: 1\nroles: {reader: {read: [x]}, writer: {}}\n";
    assertThat(
            Reading.shown(
                merged(roles + "tokens: {a: {description: a, roles: [writer]}}").warnings()))
        .isEqualTo(
            """
            1.yaml:2:9: warning[unused-role]: no token has the role "reader"
              2 | roles: {reader: {read: [x]}, writer: {}}
                |         ^^^^^^
              hint: remove it, or name it in the roles of a token
            """);
    assertThat(shown(roles + "tokens: {a: {description: a, roles: [raeder]}}"))
        .doesNotContain("unused-role");
  }

  @Test
  void rolesAreAListOfNamesAndNeverEmpty() {
    assertThat(
            shown(
                """
                version: 1
                roles: {"": {}, reader: [], odd: 5, none: }
                tokens:
                  a: {description: a, roles: reader}
                  b: {description: b, roles: []}
                  c: {description: c, roles: [2024, [reader]]}
                  d: {description: d, roles: }
                  e: {description: e, roles: {reader: x}}
                """))
        .isEqualTo(
            """
            1.yaml:2:9: error[bad-name]: a role's name must not be blank
              2 | roles: {"": {}, reader: [], odd: 5, none: }
                |         ^^
              hint: choose another; the cluster does not know it, so any will do
            1.yaml:2:34: error[wrong-type]: permissions must be a map from action to databases, but this is a number
              2 | roles: {"": {}, reader: [], odd: 5, none: }
                |                                  ^
              hint: write them as {read: [metrics], write: [metrics, logs]}
            1.yaml:2:42: error[missing-value]: permissions must be a map from action to databases, but there is nothing here
              2 | roles: {"": {}, reader: [], odd: 5, none: }
                |                                          ^
              hint: indent read and write below it; or write {} for a role that permits nothing
            1.yaml:4:30: error[wrong-type]: roles must be a list of names, but this is a string
              4 |   a: {description: a, roles: reader}
                |                              ^^^^^^
              hint: write roles: [reader]
            1.yaml:5:30: error[missing-value]: roles must be a list of names, but this one is empty
              5 |   b: {description: b, roles: []}
                |                              ^
              hint: remove the key; to take all access away, write permissions: {}
            1.yaml:6:31: error[wrong-type]: a role's name must be a string, but this is a number
              6 |   c: {description: c, roles: [2024, [reader]]}
                |                               ^^^^
              hint: quote it: "2024"
            1.yaml:6:37: error[wrong-type]: a role's name must be a string, but this is a list
              6 |   c: {description: c, roles: [2024, [reader]]}
                |                                     ^
              hint: write one string; a text with : in it, or { or [ before it, needs quotes
            1.yaml:7:29: error[missing-value]: roles must be a list of names, but there is nothing here
              7 |   d: {description: d, roles: }
                |                             ^
              hint: give a value, or remove it
            1.yaml:8:30: error[wrong-type]: roles must be a list of names, but this is a map
              8 |   e: {description: e, roles: {reader: x}}
                |                              ^
              hint: write roles: [reader]
            """);
  }

  @Test
  void aFileThatCannotBeReadHidesNothingOfTheOthers() {
    List<PolicyFile> files =
        List.of(
            PolicyFile.unreadable("gone.yaml", "there is no such file", "look elsewhere"),
            PolicyFile.parse("large.yaml", new byte[PolicyFile.MAX_BYTES + 1]),
            PolicyFile.parse("odd.yaml", new byte[] {(byte) 0xFF, (byte) 0xFE, 'v', 0}),
            PolicyFile.parse(new SourceText("wrong.yaml", "version: 2")));
    InvalidPolicyException invalid =
        catchThrowableOfType(InvalidPolicyException.class, () -> PolicyParser.merge(files));
    assertThat(Reading.shown(invalid.findings()))
        .isEqualTo(
            """
            gone.yaml:1:1: error[unreadable-file]: there is no such file
              hint: look elsewhere
            large.yaml:1:1: error[file-too-large]: the file has more than 32 MiB
              hint: divide the policy into several files
            odd.yaml:1:1: error[not-utf8]: the file is UTF-16
              hint: save it as UTF-8
            wrong.yaml:1:10: error[unsupported-version]: this is version 2 of the policy language
              1 | version: 2
                |          ^
              hint: this tokenform reads version 1
            """);
  }

  @Test
  void aVeryLongTextIsQuotedInPart() {
    String name = "a".repeat(300) + "b".repeat(300) + "apiv1_0123456789abcdef";
    List<Diagnostic> findings = Reading.findings("version: 1\n? " + name + "\n: 1\n");
    assertThat(findings)
        .filteredOn(finding -> finding.code() == Code.UNKNOWN_KEY)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.message()).hasSizeLessThan(510).contains("aaa...bbb");
              assertThat(finding.message()).doesNotContain("0123456789abcdef");
            });
  }

  private static Policy merged(String... texts) throws InvalidPolicyException {
    List<PolicyFile> files = new ArrayList<>();
    for (String text : texts) {
      files.add(PolicyFile.parse(new SourceText(files.size() + 1 + ".yaml", text)));
    }
    return PolicyParser.merge(files);
  }

  private static String shown(String... texts) {
    InvalidPolicyException invalid =
        catchThrowableOfType(InvalidPolicyException.class, () -> merged(texts));
    assertThat(invalid).isNotNull();
    return Reading.shown(invalid.findings());
  }
}
