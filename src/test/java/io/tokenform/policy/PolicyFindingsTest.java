package io.tokenform.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is wrong with a policy is said, each with its exact place. */
class PolicyFindingsTest {
  @Test
  void everythingThatIsWrongIsToldAtOnceInTheOrderOfTheText() {
    assertThat(
            Reading.shown(
                """
                verison: 1
                tokens:
                  grafana:
                    id: 1234
                    permisions: {read: [metrics]}
                  telegraf:
                    description: Telegraf
                    permissions: {read: metrics, wirte: [2024]}
                cluster:
                  product: cloud
                """))
        .isEqualTo(
            """
            p.yaml:1:1: error[unknown-key]: a policy has no key "verison"
              1 | verison: 1
                | ^^^^^^^
              hint: did you mean "version"?
            p.yaml:4:9: error[wrong-type]: a token's id must be a UUID, but this is a number
              4 |     id: 1234
                |         ^^^^
              hint: a UUID has the form 01234567-89ab-4cde-8f01-23456789abcd
            p.yaml:5:5: error[unknown-key]: a token has no key "permisions"
              5 |     permisions: {read: [metrics]}
                |     ^^^^^^^^^^
              hint: did you mean "permissions"?
            p.yaml:8:25: error[wrong-type]: databases must be a list, but this is a string
              8 |     permissions: {read: metrics, wirte: [2024]}
                |                         ^^^^^^^
              hint: write read: [metrics]
            p.yaml:8:34: error[unknown-action]: there is no action "wirte"
              8 |     permissions: {read: metrics, wirte: [2024]}
                |                                  ^^^^^
              hint: did you mean "write"?
            p.yaml:8:42: error[wrong-type]: a database's name must be a string, but this is a number
              8 |     permissions: {read: metrics, wirte: [2024]}
                |                                          ^^^^
              hint: quote it: "2024"
            p.yaml:10:12: error[unknown-product]: there is no product "cloud"
              10 |   product: cloud
                 |            ^^^^^
              hint: the products are cloud-dedicated, clustered and sandbox
            """);
  }

  @Test
  void aPolicyHasAVersion() {
    assertThat(
            Reading.shown(
                """
                tokens: {}
                """))
        .isEqualTo(
            """
            p.yaml:1:1: error[missing-key]: the policy has no version
              1 | tokens: {}
                | ^
              hint: add version: 1
            """);
  }

  @Test
  void theVersionIsNoString() {
    assertThat(
            Reading.shown(
                """
                version: "1"
                """))
        .isEqualTo(
            """
            p.yaml:1:10: error[wrong-type]: the version must be a number, but this is a string
              1 | version: "1"
                |          ^^^
              hint: write 1
            """);
  }

  @Test
  void theVersionIsNotForgotten() {
    assertThat(
            Reading.shown(
                """
                version:
                """))
        .isEqualTo(
            """
            p.yaml:1:9: error[missing-value]: the version must be a number, but there is nothing here
              1 | version:
                |         ^
              hint: write 1
            """);
  }

  @Test
  void theVersionIsNoMap() {
    assertThat(
            Reading.shown(
                """
                version: {a: 1}
                """))
        .isEqualTo(
            """
            p.yaml:1:10: error[wrong-type]: the version must be a number, but this is a map
              1 | version: {a: 1}
                |          ^
              hint: write 1
            """);
  }

  @Test
  void anotherVersionIsNotGuessedAt() {
    assertThat(
            Reading.shown(
                """
                version: 2
                """))
        .isEqualTo(
            """
            p.yaml:1:10: error[unsupported-version]: this is version 2 of the policy language
              1 | version: 2
                |          ^
              hint: this tokenform reads version 1
            """);
  }

  @Test
  void anotherFractionIsAnotherVersion() {
    assertThat(
            Reading.shown(
                """
                version: 1.1
                """))
        .isEqualTo(
            """
            p.yaml:1:10: error[unsupported-version]: this is version 1.1 of the policy language
              1 | version: 1.1
                |          ^^^
              hint: this tokenform reads version 1
            """);
  }

  @Test
  void aPolicyIsNoList() {
    assertThat(
            Reading.shown(
                """
                - version: 1
                """))
        .isEqualTo(
            """
            p.yaml:1:1: error[wrong-type]: a policy must be a map, but this is a list
              1 | - version: 1
                | ^
              hint: write version: 1, a cluster section and tokens
            """);
  }

  @Test
  void aPolicyIsNoText() {
    assertThat(
            Reading.shown(
                """
                version
                """))
        .isEqualTo(
            """
            p.yaml:1:1: error[wrong-type]: a policy must be a map, but this is a string
              1 | version
                | ^^^^^^^
              hint: write version: 1, a cluster section and tokens
            """);
  }

  @Test
  void anUnknownKeyIsToldWithTheNearestOrWithAll() {
    assertThat(
            Reading.shown(
                """
                version: 1
                Cluster: {product: sandbox}
                frobnicate: yes
                cluster: {product: sandbox, sed: x, colour: blue}
                tokens: {a: {Id: 5, iid: 5, description: d, contact: me}}
                """))
        .isEqualTo(
            """
            p.yaml:2:1: error[unknown-key]: a policy has no key "Cluster"
              2 | Cluster: {product: sandbox}
                | ^^^^^^^
              hint: did you mean "cluster"?
            p.yaml:3:1: error[unknown-key]: a policy has no key "frobnicate"
              3 | frobnicate: yes
                | ^^^^^^^^^^
              hint: the keys are version, cluster, guardrails, expect, roles, tokens, databases
            p.yaml:4:29: error[unknown-key]: the cluster section has no key "sed"
              4 | cluster: {product: sandbox, sed: x, colour: blue}
                |                             ^^^
              hint: did you mean "seed"?
            p.yaml:4:37: error[unknown-key]: the cluster section has no key "colour"
              4 | cluster: {product: sandbox, sed: x, colour: blue}
                |                                     ^^^^^^
              hint: the keys are product, accountId, clusterId, url, seed
            p.yaml:5:14: error[unknown-key]: a token has no key "Id"
              5 | tokens: {a: {Id: 5, iid: 5, description: d, contact: me}}
                |              ^^
              hint: did you mean "id"?
            p.yaml:5:21: error[unknown-key]: a token has no key "iid"
              5 | tokens: {a: {Id: 5, iid: 5, description: d, contact: me}}
                |                     ^^^
              hint: did you mean "id"?
            p.yaml:5:45: error[unknown-key]: a token has no key "contact"
              5 | tokens: {a: {Id: 5, iid: 5, description: d, contact: me}}
                |                                             ^^^^^^^
              hint: the keys are id, description, was, owner, roles, permissions, mode, deliver, expires, rotate, state, reason
            """);
  }

  @Test
  void aKeyStandsOnceOnEachLevel() {
    assertThat(
            Reading.shown(
                """
                version: 1
                version: 1
                cluster: {product: sandbox, product: sandbox}
                tokens:
                  a:
                    description: d
                    "description": e
                    permissions: {read: [x], write: [], read: [y]}
                  b:
                    description: b
                    permissions: [{action: read, resource: x, action: read}]
                  a: {description: f}
                  a: {description: g}
                """))
        .isEqualTo(
            """
            p.yaml:2:1: error[duplicate-key]: the key "version" appears twice
              2 | version: 1
                | ^^^^^^^
              see also p.yaml:1:1
              1 | version: 1
                | ^^^^^^^
              hint: keep one of them
            p.yaml:3:29: error[duplicate-key]: the key "product" appears twice
              3 | cluster: {product: sandbox, product: sandbox}
                |                             ^^^^^^^
              see also p.yaml:3:11
              3 | cluster: {product: sandbox, product: sandbox}
                |           ^^^^^^^
              hint: keep one of them
            p.yaml:7:5: error[duplicate-key]: the key "description" appears twice
              7 |     "description": e
                |     ^^^^^^^^^^^^^
              see also p.yaml:6:5
              6 |     description: d
                |     ^^^^^^^^^^^
              hint: keep one of them
            p.yaml:8:41: error[duplicate-key]: the action "read" appears twice
              8 |     permissions: {read: [x], write: [], read: [y]}
                |                                         ^^^^
              see also p.yaml:8:19
              8 |     permissions: {read: [x], write: [], read: [y]}
                |                   ^^^^
              hint: put all databases in one list
            p.yaml:11:47: error[duplicate-key]: the key "action" appears twice
              11 |     permissions: [{action: read, resource: x, action: read}]
                 |                                               ^^^^^^
              see also p.yaml:11:20
              11 |     permissions: [{action: read, resource: x, action: read}]
                 |                    ^^^^^^
              hint: keep one of them
            p.yaml:12:3: error[duplicate-token]: the token "a" appears twice
              12 |   a: {description: f}
                 |   ^
              see also p.yaml:5:3
              5 |   a:
                |   ^
              hint: give one of them another name, or remove it
            p.yaml:13:3: error[duplicate-token]: the token "a" appears twice
              13 |   a: {description: g}
                 |   ^
              see also p.yaml:5:3
              5 |   a:
                |   ^
              hint: give one of them another name, or remove it
            """);
  }

  @Test
  void keysAreStrings() {
    assertThat(
            Reading.shown(
                """
                version: 1
                2: x
                ~: x
                [a]: x
                {b: c}: x
                tokens:
                  2024: {}
                  true: {}
                  !!str 1e3: {description: d}
                  a: {description: a, permissions: {1: [x]}}
                """))
        .isEqualTo(
            """
            p.yaml:2:1: error[wrong-type]: a key must be a string, but this is a number
              2 | 2: x
                | ^
              hint: quote it: "2"
            p.yaml:3:1: error[wrong-type]: a key must be a string, but this is nothing
              3 | ~: x
                | ^
              hint: quote it: "~"
            p.yaml:4:1: error[wrong-type]: a key must be a string, but this is a list
              4 | [a]: x
                | ^
              hint: write a name; one that starts with { or [ needs quotes
            p.yaml:5:1: error[wrong-type]: a key must be a string, but this is a map
              5 | {b: c}: x
                | ^
              hint: write a name; one that starts with { or [ needs quotes
            p.yaml:7:3: error[wrong-type]: a key must be a string, but this is a number
              7 |   2024: {}
                |   ^^^^
              hint: quote it: "2024"
            p.yaml:8:3: error[wrong-type]: a key must be a string, but this is a boolean
              8 |   true: {}
                |   ^^^^
              hint: quote it: "true"
            p.yaml:10:37: error[wrong-type]: a key must be a string, but this is a number
              10 |   a: {description: a, permissions: {1: [x]}}
                 |                                     ^
              hint: quote it: "1"
            """);
  }

  @Test
  void thereAreNoMergeKeys() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a: &a {description: d}
                  b:
                    <<: *a
                    id: 55555555-5555-4555-8555-555555555555
                  c: {description: c, permissions: {read: [<<]}}
                """))
        .isEqualTo(
            """
            p.yaml:5:5: error[merge-key]: this is a merge key, which YAML 1.2 does not have
              5 |     <<: *a
                |     ^^
              hint: write the keys out; permissions that tokens share are a role
            p.yaml:7:44: error[wrong-type]: a database's name must be a string, but this is a merge key
              7 |   c: {description: c, permissions: {read: [<<]}}
                |                                            ^^
              hint: quote it: "<<"
            """);
  }

  @Test
  void aSectionIsNotEmptyByAccident() {
    assertThat(
            Reading.shown(
                """
                version: 1
                cluster:
                tokens:
                """))
        .isEqualTo(
            """
            p.yaml:2:9: error[missing-value]: the cluster section must be a map, but there is nothing here
              2 | cluster:
                |         ^
              hint: indent its keys below it, or remove it
            p.yaml:3:8: error[missing-value]: the tokens section must be a map, but there is nothing here
              3 | tokens:
                |        ^
              hint: indent its keys below it, or remove it
            """);
  }

  @Test
  void sectionsAreMaps() {
    assertThat(
            Reading.shown(
                """
                version: 1
                cluster: sandbox
                tokens: [grafana]
                """))
        .isEqualTo(
            """
            p.yaml:2:10: error[wrong-type]: the cluster section must be a map, but this is a string
              2 | cluster: sandbox
                |          ^^^^^^^
              hint: write cluster: {product: sandbox}
            p.yaml:3:9: error[wrong-type]: the tokens section must be a map, but this is a list
              3 | tokens: [grafana]
                |         ^
              hint: write NAME: {id: UUID, permissions: {read: [DATABASE]}} for each token
            """);
  }

  @Test
  void aTokenIsAMap() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a:
                  b: 5
                  c: text
                  d: []
                """))
        .isEqualTo(
            """
            p.yaml:3:5: error[missing-value]: a token must be a map, but there is nothing here
              3 |   a:
                |     ^
              hint: indent its keys below it, or remove it
            p.yaml:4:6: error[wrong-type]: a token must be a map, but this is a number
              4 |   b: 5
                |      ^
              hint: write {id: UUID, permissions: {read: [DATABASE]}}, or its description for the id
            p.yaml:5:6: error[wrong-type]: a token must be a map, but this is a string
              5 |   c: text
                |      ^^^^
              hint: write {id: UUID, permissions: {read: [DATABASE]}}, or its description for the id
            p.yaml:6:6: error[wrong-type]: a token must be a map, but this is a list
              6 |   d: []
                |      ^
              hint: write {id: UUID, permissions: {read: [DATABASE]}}, or its description for the id
            """);
  }

  @Test
  void aTokenCanBeFound() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a: {}
                  b: {permissions: {}}
                  c: {id: }
                  d: {description: }
                  e: {description: " "}
                """))
        .isEqualTo(
            """
            p.yaml:3:3: error[unidentified-token]: the token "a" has neither an id nor a description
              3 |   a: {}
                |   ^
              hint: add the id of the live token, or the description by which to find it
            p.yaml:4:3: error[unidentified-token]: the token "b" has neither an id nor a description
              4 |   b: {permissions: {}}
                |   ^
              hint: add the id of the live token, or the description by which to find it
            p.yaml:5:10: error[missing-value]: a token's id must be a UUID, but there is nothing here
              5 |   c: {id: }
                |          ^
              hint: give a value, or remove it
            p.yaml:6:19: error[missing-value]: a description must be a string, but there is nothing here
              6 |   d: {description: }
                |                   ^
              hint: give a value, or remove it
            p.yaml:7:3: error[unidentified-token]: the token "e" has no id, and its description is blank
              7 |   e: {description: " "}
                |   ^
              hint: add the id of the live token, or the description by which to find it
            """);
  }

  @Test
  void aTokenHasAName() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  "": {description: d}
                  "  ": {description: d}
                  "a\\u0007b": {description: d}
                """))
        .isEqualTo(
            """
            p.yaml:3:3: error[bad-name]: a token's name must not be blank
              3 |   "": {description: d}
                |   ^^
              hint: choose another; the cluster does not know it, so any will do
            p.yaml:4:3: error[bad-name]: a token's name must not be blank
              4 |   "  ": {description: d}
                |   ^^^^
              hint: choose another; the cluster does not know it, so any will do
            p.yaml:5:3: error[bad-name]: a token's name must not contain control characters
              5 |   "a\\u0007b": {description: d}
                |   ^^^^^^^^^^
              hint: choose another; the cluster does not know it, so any will do
            """);
  }

  @Test
  void aTokenNameHasAnEnd() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  ? \ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00
                  : description: d
                """))
        .isEqualTo(
            """
            p.yaml:3:5: error[bad-name]: a token's name must have at most 128 characters
              3 |   ? \ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00
                |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              hint: choose another; the cluster does not know it, so any will do
            """);
  }

  @Test
  void anIdIsACanonicalUuid() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a: {id: 1-1-1-1-1}
                  b: {id: 12}
                  c: {id: "55555555555545558555555555555555"}
                  d: {id: [x]}
                  e: {id: 5555555\uff15-5555-4555-8555-555555555555}
                """))
        .isEqualTo(
            """
            p.yaml:3:11: error[bad-uuid]: "1-1-1-1-1" is not a UUID
              3 |   a: {id: 1-1-1-1-1}
                |           ^^^^^^^^^
              hint: a UUID has the form 01234567-89ab-4cde-8f01-23456789abcd
            p.yaml:4:11: error[wrong-type]: a token's id must be a UUID, but this is a number
              4 |   b: {id: 12}
                |           ^^
              hint: a UUID has the form 01234567-89ab-4cde-8f01-23456789abcd
            p.yaml:5:11: error[bad-uuid]: "55555555555545558555555555555555" is not a UUID
              5 |   c: {id: "55555555555545558555555555555555"}
                |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              hint: did you mean "55555555-5555-4555-8555-555555555555"?
            p.yaml:6:11: error[wrong-type]: a token's id must be a UUID, but this is a list
              6 |   d: {id: [x]}
                |           ^
              hint: a UUID has the form 01234567-89ab-4cde-8f01-23456789abcd
            p.yaml:7:11: error[bad-uuid]: "5555555\uff15-5555-4555-8555-555555555555" is not a UUID
              7 |   e: {id: 5555555\uff15-5555-4555-8555-555555555555}
                |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              hint: a UUID has the form 01234567-89ab-4cde-8f01-23456789abcd
            """);
  }

  @Test
  void anIdStandsForOneTokenInAnyCase() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  b: {id: abcdef01-2345-6789-abcd-ef0123456789}
                  a: {id: ABCDEF01-2345-6789-ABCD-EF0123456789}
                  c: {id: Abcdef01-2345-6789-abcd-ef0123456789}
                """))
        .isEqualTo(
            """
            p.yaml:4:11: error[duplicate-id]: the id abcdef01-2345-6789-abcd-ef0123456789 is given to two tokens
              4 |   a: {id: ABCDEF01-2345-6789-ABCD-EF0123456789}
                |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              see also p.yaml:3:11
              3 |   b: {id: abcdef01-2345-6789-abcd-ef0123456789}
                |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              hint: remove one of the two, or correct its id
            p.yaml:5:11: error[duplicate-id]: the id abcdef01-2345-6789-abcd-ef0123456789 is given to two tokens
              5 |   c: {id: Abcdef01-2345-6789-abcd-ef0123456789}
                |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              see also p.yaml:3:11
              3 |   b: {id: abcdef01-2345-6789-abcd-ef0123456789}
                |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              hint: remove one of the two, or correct its id
            """);
  }

  @Test
  void aDescriptionIsAString() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a: {description: 5}
                  b: {description: yes, mode: 1.5}
                  c: {description: true}
                  d: {description: {a: b}}
                """))
        .isEqualTo(
            """
            p.yaml:3:20: error[wrong-type]: a description must be a string, but this is a number
              3 |   a: {description: 5}
                |                    ^
              hint: quote it: "5"
            p.yaml:4:31: error[wrong-type]: the mode must be a word, but this is a number
              4 |   b: {description: yes, mode: 1.5}
                |                               ^^^
              hint: write one of: authoritative, additive
            p.yaml:5:20: error[wrong-type]: a description must be a string, but this is a boolean
              5 |   c: {description: true}
                |                    ^^^^
              hint: quote it: "true"
            p.yaml:6:20: error[wrong-type]: a description must be a string, but this is a map
              6 |   d: {description: {a: b}}
                |                    ^
              hint: write one string; a text with : in it, or { or [ before it, needs quotes
            """);
  }

  @Test
  void aModeIsOneOfTwo() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a: {description: a, mode: additve}
                  b: {description: b, mode: Additive}
                  c: {description: c, mode: merge}
                  d: {description: d, mode: }
                  e: {description: e, mode: [additive]}
                """))
        .isEqualTo(
            """
            p.yaml:3:29: error[unknown-mode]: there is no mode "additve"
              3 |   a: {description: a, mode: additve}
                |                             ^^^^^^^
              hint: did you mean "additive"?
            p.yaml:4:29: error[unknown-mode]: there is no mode "Additive"
              4 |   b: {description: b, mode: Additive}
                |                             ^^^^^^^^
              hint: did you mean "additive"?
            p.yaml:5:29: error[unknown-mode]: there is no mode "merge"
              5 |   c: {description: c, mode: merge}
                |                             ^^^^^
              hint: the modes are authoritative and additive
            p.yaml:6:28: error[missing-value]: the mode must be a word, but there is nothing here
              6 |   d: {description: d, mode: }
                |                            ^
              hint: write one of: authoritative, additive
            p.yaml:7:29: error[wrong-type]: the mode must be a word, but this is a list
              7 |   e: {description: e, mode: [additive]}
                |                             ^
              hint: write one of: authoritative, additive
            """);
  }

  @Test
  void permissionsAreAMapOrAList() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a: {description: a, permissions: read}
                  b: {description: b, permissions: }
                  c: {description: c, permissions: 5}
                  d: {description: d, permissions: [read, 5, [], ~]}
                """))
        .isEqualTo(
            """
            p.yaml:3:36: error[wrong-type]: permissions must be a map from action to databases, but this is a string
              3 |   a: {description: a, permissions: read}
                |                                    ^^^^
              hint: write them as {read: [metrics], write: [metrics, logs]}
            p.yaml:4:35: error[missing-value]: permissions must be a map from action to databases, but there is nothing here
              4 |   b: {description: b, permissions: }
                |                                   ^
              hint: indent read and write below it; or write {} to take all access away, or remove the key to leave it alone
            p.yaml:5:36: error[wrong-type]: permissions must be a map from action to databases, but this is a number
              5 |   c: {description: c, permissions: 5}
                |                                    ^
              hint: write them as {read: [metrics], write: [metrics, logs]}
            p.yaml:6:37: error[wrong-type]: a permission in a list must be a map, but this is a string
              6 |   d: {description: d, permissions: [read, 5, [], ~]}
                |                                     ^^^^
              hint: write {action: read, resource: DATABASE}, or a map such as {read: [DATABASE]}
            p.yaml:6:43: error[wrong-type]: a permission in a list must be a map, but this is a number
              6 |   d: {description: d, permissions: [read, 5, [], ~]}
                |                                           ^
              hint: write {action: read, resource: DATABASE}, or a map such as {read: [DATABASE]}
            p.yaml:6:46: error[wrong-type]: a permission in a list must be a map, but this is a list
              6 |   d: {description: d, permissions: [read, 5, [], ~]}
                |                                              ^
              hint: write {action: read, resource: DATABASE}, or a map such as {read: [DATABASE]}
            p.yaml:6:50: error[missing-value]: a permission in a list must be a map, but there is nothing here
              6 |   d: {description: d, permissions: [read, 5, [], ~]}
                |                                                  ^
              hint: indent its keys below it, or remove it
            """);
  }

  @Test
  void databasesAreAList() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a: {description: a, permissions: {read: metrics}}
                  b: {description: b, permissions: {read: "*", write: true}}
                  c: {description: c, permissions: {read: 2024, write: }}
                  d: {description: d, permissions: {read: {metrics: x}, write: 'a"b\\'}}
                """))
        .isEqualTo(
            """
            p.yaml:3:43: error[wrong-type]: databases must be a list, but this is a string
              3 |   a: {description: a, permissions: {read: metrics}}
                |                                           ^^^^^^^
              hint: write read: [metrics]
            p.yaml:4:43: error[wrong-type]: databases must be a list, but this is a string
              4 |   b: {description: b, permissions: {read: "*", write: true}}
                |                                           ^^^
              hint: write read: ["*"]
            p.yaml:4:55: error[wrong-type]: databases must be a list, but this is a boolean
              4 |   b: {description: b, permissions: {read: "*", write: true}}
                |                                                       ^^^^
              hint: write write: ["true"]
            p.yaml:5:43: error[wrong-type]: databases must be a list, but this is a number
              5 |   c: {description: c, permissions: {read: 2024, write: }}
                |                                           ^^^^
              hint: write read: ["2024"]
            p.yaml:5:55: error[missing-value]: databases must be a list, but there is nothing here
              5 |   c: {description: c, permissions: {read: 2024, write: }}
                |                                                       ^
              hint: give a value, or remove it
            p.yaml:6:43: error[wrong-type]: databases must be a list, but this is a map
              6 |   d: {description: d, permissions: {read: {metrics: x}, write: 'a"b\\'}}
                |                                           ^
              hint: write read: [metrics]
            p.yaml:6:64: error[wrong-type]: databases must be a list, but this is a string
              6 |   d: {description: d, permissions: {read: {metrics: x}, write: 'a"b\\'}}
                |                                                                ^^^^^^
              hint: write write: ["a\\"b\\\\"]
            """);
  }

  @Test
  void aDatabaseNameIsAString() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a:
                    description: d
                    permissions:
                      read: [2024, 012, 1e3, 0x1F, 0o17, .inf, ~, null, true, [], {a: b}]
                      write:
                        - -7
                        -
                """))
        .isEqualTo(
            """
            p.yaml:6:14: error[wrong-type]: a database's name must be a string, but this is a number
              6 |       read: [2024, 012, 1e3, 0x1F, 0o17, .inf, ~, null, true, [], {a: b}]
                |              ^^^^
              hint: quote it: "2024"
            p.yaml:6:20: error[wrong-type]: a database's name must be a string, but this is a number
              6 |       read: [2024, 012, 1e3, 0x1F, 0o17, .inf, ~, null, true, [], {a: b}]
                |                    ^^^
              hint: quote it: "012"
            p.yaml:6:25: error[wrong-type]: a database's name must be a string, but this is a number
              6 |       read: [2024, 012, 1e3, 0x1F, 0o17, .inf, ~, null, true, [], {a: b}]
                |                         ^^^
              hint: quote it: "1e3"
            p.yaml:6:30: error[wrong-type]: a database's name must be a string, but this is a number
              6 |       read: [2024, 012, 1e3, 0x1F, 0o17, .inf, ~, null, true, [], {a: b}]
                |                              ^^^^
              hint: quote it: "0x1F"
            p.yaml:6:36: error[wrong-type]: a database's name must be a string, but this is a number
              6 |       read: [2024, 012, 1e3, 0x1F, 0o17, .inf, ~, null, true, [], {a: b}]
                |                                    ^^^^
              hint: quote it: "0o17"
            p.yaml:6:42: error[wrong-type]: a database's name must be a string, but this is a number
              6 |       read: [2024, 012, 1e3, 0x1F, 0o17, .inf, ~, null, true, [], {a: b}]
                |                                          ^^^^
              hint: quote it: ".inf"
            p.yaml:6:48: error[missing-value]: a database's name must be a string, but there is nothing here
              6 |       read: [2024, 012, 1e3, 0x1F, 0o17, .inf, ~, null, true, [], {a: b}]
                |                                                ^
              hint: remove it, or quote it if it is a text: "~"
            p.yaml:6:51: error[missing-value]: a database's name must be a string, but there is nothing here
              6 |       read: [2024, 012, 1e3, 0x1F, 0o17, .inf, ~, null, true, [], {a: b}]
                |                                                   ^^^^
              hint: remove it, or quote it if it is a text: "null"
            p.yaml:6:57: error[wrong-type]: a database's name must be a string, but this is a boolean
              6 |       read: [2024, 012, 1e3, 0x1F, 0o17, .inf, ~, null, true, [], {a: b}]
                |                                                         ^^^^
              hint: quote it: "true"
            p.yaml:6:63: error[wrong-type]: a database's name must be a string, but this is a list
              6 |       read: [2024, 012, 1e3, 0x1F, 0o17, .inf, ~, null, true, [], {a: b}]
                |                                                               ^
              hint: write each name by itself, or all in one list, as in read: [metrics, logs]
            p.yaml:6:67: error[wrong-type]: a database's name must be a string, but this is a map
              6 |       read: [2024, 012, 1e3, 0x1F, 0o17, .inf, ~, null, true, [], {a: b}]
                |                                                                   ^
              hint: write one string; a text with : in it, or { or [ before it, needs quotes
            p.yaml:8:11: error[wrong-type]: a database's name must be a string, but this is a number
              8 |         - -7
                |           ^^
              hint: quote it: "-7"
            p.yaml:9:10: error[missing-value]: a database's name must be a string, but there is nothing here
              9 |         -
                |          ^
              hint: give a value, or remove it
            """);
  }

  @Test
  void aDatabaseNameHas1To64Characters() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a: {description: a, permissions: {read: ["", xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx]}}
                  b: {description: b, permissions: {read: [\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00]}}
                  c: {description: c, permissions: [{action: read, resource: ''}]}
                """))
        .isEqualTo(
            """
            p.yaml:3:44: error[bad-database-name]: a database's name must have 1 to 64 characters, but this has 0
              3 |   a: {description: a, permissions: {read: ["", xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx]}}
                |                                            ^^
              hint: give the name that the cluster knows; "*" stands for all
            p.yaml:3:48: error[bad-database-name]: a database's name must have 1 to 64 characters, but this has 65
              3 |   a: {description: a, permissions: {read: ["", xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx]}}
                |                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              hint: give the name that the cluster knows; "*" stands for all
            p.yaml:4:44: error[bad-database-name]: a database's name must have 1 to 64 characters, but this has 65
              4 |   b: {description: b, permissions: {read: [\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00]}}
                |                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              hint: give the name that the cluster knows; "*" stands for all
            p.yaml:5:62: error[bad-database-name]: a database's name must have 1 to 64 characters, but this has 0
              5 |   c: {description: c, permissions: [{action: read, resource: ''}]}
                |                                                              ^^
              hint: give the name that the cluster knows; "*" stands for all
            """);
  }

  @Test
  void actionsAreReadAndWrite() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a: {description: a, permissions: {Read: [x], reads: [x], delete: [x]}}
                  b: {description: b, permissions: [{action: writ, resource: x}, {action: "*", resource: x}]}
                  c: {description: c, permissions: [{action: 5, resource: x}, {action: , resource: x}]}
                """))
        .isEqualTo(
            """
            p.yaml:3:37: error[unknown-action]: there is no action "Read"
              3 |   a: {description: a, permissions: {Read: [x], reads: [x], delete: [x]}}
                |                                     ^^^^
              hint: did you mean "read"?
            p.yaml:3:48: error[unknown-action]: there is no action "reads"
              3 |   a: {description: a, permissions: {Read: [x], reads: [x], delete: [x]}}
                |                                                ^^^^^
              hint: did you mean "read"?
            p.yaml:3:60: error[unknown-action]: there is no action "delete"
              3 |   a: {description: a, permissions: {Read: [x], reads: [x], delete: [x]}}
                |                                                            ^^^^^^
              hint: the actions are read and write; to permit both, write both
            p.yaml:4:46: error[unknown-action]: there is no action "writ"
              4 |   b: {description: b, permissions: [{action: writ, resource: x}, {action: "*", resource: x}]}
                |                                              ^^^^
              hint: did you mean "write"?
            p.yaml:4:75: error[unknown-action]: there is no action "*"
              4 |   b: {description: b, permissions: [{action: writ, resource: x}, {action: "*", resource: x}]}
                |                                                                           ^^^
              hint: the actions are read and write
            p.yaml:5:46: error[wrong-type]: the action must be a word, but this is a number
              5 |   c: {description: c, permissions: [{action: 5, resource: x}, {action: , resource: x}]}
                |                                              ^
              hint: write one of: read, write
            p.yaml:5:71: error[missing-value]: the action must be a word, but there is nothing here
              5 |   c: {description: c, permissions: [{action: 5, resource: x}, {action: , resource: x}]}
                |                                                                       ^
              hint: write one of: read, write
            """);
  }

  @Test
  void aPermissionInAListHasAnActionAndAResource() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a:
                    description: d
                    permissions:
                      - action: read
                      - resource: metrics
                      - {}
                      - {action: read, resource: metrics, database: x}
                """))
        .isEqualTo(
            """
            p.yaml:6:9: error[missing-key]: this permission has no resource
              6 |       - action: read
                |         ^
              hint: write {action: read, resource: DATABASE}
            p.yaml:7:9: error[missing-key]: this permission has no action
              7 |       - resource: metrics
                |         ^
              hint: write {action: read, resource: DATABASE}
            p.yaml:8:9: error[missing-key]: this permission has no action
              8 |       - {}
                |         ^
              hint: write {action: read, resource: DATABASE}
            p.yaml:8:9: error[missing-key]: this permission has no resource
              8 |       - {}
                |         ^
              hint: write {action: read, resource: DATABASE}
            p.yaml:9:43: error[unknown-key]: a permission has no key "database"
              9 |       - {action: read, resource: metrics, database: x}
                |                                           ^^^^^^^^
              hint: did you mean "resource"?
            """);
  }

  @Test
  void aClusterHasAProduct() {
    assertThat(
            Reading.shown(
                """
                version: 1
                cluster: {url: "https://example.com"}
                """))
        .isEqualTo(
            """
            p.yaml:2:10: error[missing-key]: the cluster section has no product
              2 | cluster: {url: "https://example.com"}
                |          ^
              hint: add product: cloud-dedicated or clustered or sandbox
            """);
  }

  @Test
  void aProductIsOneOfThree() {
    assertThat(
            Reading.shown(
                """
                version: 1
                cluster: {product: clusterd}
                """))
        .isEqualTo(
            """
            p.yaml:2:20: error[unknown-product]: there is no product "clusterd"
              2 | cluster: {product: clusterd}
                |                    ^^^^^^^^
              hint: did you mean "clustered"?
            """);
  }

  @Test
  void aProductIsNoNumber() {
    assertThat(
            Reading.shown(
                """
                version: 1
                cluster: {product: 5}
                """))
        .isEqualTo(
            """
            p.yaml:2:20: error[wrong-type]: the product must be a word, but this is a number
              2 | cluster: {product: 5}
                |                    ^
              hint: write one of: cloud-dedicated, clustered, sandbox
            """);
  }

  @Test
  void cloudDedicatedNeedsItsIds() {
    assertThat(
            Reading.shown(
                """
                version: 1
                cluster:
                  product: cloud-dedicated
                  seed: x
                """))
        .isEqualTo(
            """
            p.yaml:3:12: error[missing-key]: the product cloud-dedicated needs the key "accountId"
              3 |   product: cloud-dedicated
                |            ^^^^^^^^^^^^^^^
              hint: add accountId to the cluster section
            p.yaml:3:12: error[missing-key]: the product cloud-dedicated needs the key "clusterId"
              3 |   product: cloud-dedicated
                |            ^^^^^^^^^^^^^^^
              hint: add clusterId to the cluster section
            p.yaml:4:3: error[misplaced-key]: the product cloud-dedicated does not use "seed"
              4 |   seed: x
                |   ^^^^
              hint: remove it
            """);
  }

  @Test
  void clusteredNeedsItsUrlAndHasNoIds() {
    assertThat(
            Reading.shown(
                """
                version: 1
                cluster:
                  product: clustered
                  accountId: 11111111-1111-4111-8111-111111111111
                  clusterId: x
                  seed: 5
                """))
        .isEqualTo(
            """
            p.yaml:3:12: error[missing-key]: the product clustered needs the key "url"
              3 |   product: clustered
                |            ^^^^^^^^^
              hint: add url to the cluster section
            p.yaml:4:3: error[misplaced-key]: the product clustered does not use "accountId"
              4 |   accountId: 11111111-1111-4111-8111-111111111111
                |   ^^^^^^^^^
              hint: remove it
            p.yaml:5:3: error[misplaced-key]: the product clustered does not use "clusterId"
              5 |   clusterId: x
                |   ^^^^^^^^^
              hint: remove it
            p.yaml:5:14: error[bad-uuid]: "x" is not a UUID
              5 |   clusterId: x
                |              ^
              hint: a UUID has the form 01234567-89ab-4cde-8f01-23456789abcd
            p.yaml:6:3: error[misplaced-key]: the product clustered does not use "seed"
              6 |   seed: 5
                |   ^^^^
              hint: remove it
            p.yaml:6:9: error[wrong-type]: a seed file's path must be a string, but this is a number
              6 |   seed: 5
                |         ^
              hint: quote it: "5"
            """);
  }

  @Test
  void theSandboxHasAPlaceOfItsOwn() {
    assertThat(
            Reading.shown(
                """
                version: 1
                cluster:
                  product: sandbox
                  accountId: 11111111-1111-4111-8111-111111111111
                  url: http://localhost
                """))
        .isEqualTo(
            """
            p.yaml:4:3: error[misplaced-key]: the product sandbox does not use "accountId"
              4 |   accountId: 11111111-1111-4111-8111-111111111111
                |   ^^^^^^^^^
              hint: remove it
            p.yaml:5:3: error[misplaced-key]: the product sandbox does not use "url"
              5 |   url: http://localhost
                |   ^^^
              hint: remove it
            """);
  }

  @Test
  void aUrlCanBeUsed() {
    assertThat(
            Reading.shown(
                """
                version: 1
                cluster:
                  product: clustered
                  url: http://127.0.0.1.example.com
                """))
        .isEqualTo(
            """
            p.yaml:4:8: error[bad-url]: "http://127.0.0.1.example.com" cannot be used: the management token would cross the network unencrypted; use https
              4 |   url: http://127.0.0.1.example.com
                |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              hint: write https:// and the host, as in https://cluster.example.com
            """);
  }

  @Test
  void aUrlIsAUrl() {
    assertThat(
            Reading.shown(
                """
                version: 1
                cluster: {product: clustered, url: "cluster.example.com:443"}
                """))
        .isEqualTo(
            """
            p.yaml:2:36: error[bad-url]: "cluster.example.com:443" cannot be used: it starts with neither https:// nor http://
              2 | cluster: {product: clustered, url: "cluster.example.com:443"}
                |                                    ^^^^^^^^^^^^^^^^^^^^^^^^^
              hint: write https:// and the host, as in https://cluster.example.com
            """);
  }

  @Test
  void aFaultBelowAnAnchorIsToldOnce() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a: {description: a, permissions: &p {read: [1]}}
                  b: {description: e, permissions: *p}
                  c: {description: f}
                """))
        .isEqualTo(
            """
            p.yaml:3:47: error[wrong-type]: a database's name must be a string, but this is a number
              3 |   a: {description: a, permissions: &p {read: [1]}}
                |                                               ^
              hint: quote it: "1"
            """);
  }

  @Test
  void aWrongAliasIsToldWhereItStands() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a: {description: &d text, id: *d}
                """))
        .isEqualTo(
            """
            p.yaml:3:33: error[bad-uuid]: "text" is not a UUID
              3 |   a: {description: &d text, id: *d}
                |                                 ^^
              hint: a UUID has the form 01234567-89ab-4cde-8f01-23456789abcd
            """);
  }
}
