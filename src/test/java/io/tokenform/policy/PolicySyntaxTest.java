package io.tokenform.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is no YAML that a policy can be read from, each with its exact place. */
class PolicySyntaxTest {
  @Test
  void anEmptyFileIsNoPolicy() {
    assertThat(
            Reading.shown(
"""
"""))
        .isEqualTo(
            """
            p.yaml:1:1: error[missing-key]: the policy is empty
              hint: start with version: 1, a cluster section and tokens
            """);
  }

  @Test
  void commentsAloneAreNoPolicy() {
    assertThat(
            Reading.shown(
                """
                # one
                  # two
                """))
        .isEqualTo(
            """
            p.yaml:1:1: error[missing-key]: the policy is empty
              1 | # one
                | ^
              hint: start with version: 1, a cluster section and tokens
            """);
  }

  @Test
  void anEmptyDocumentIsNoPolicy() {
    assertThat(
            Reading.shown(
                """
                ---
                ...
                """))
        .isEqualTo(
            """
            p.yaml:1:1: error[missing-key]: the policy is empty
              1 | ---
                | ^
              hint: start with version: 1, a cluster section and tokens
            """);
  }

  @Test
  void nullIsNoPolicy() {
    assertThat(
            Reading.shown(
                """
                ~
                """))
        .isEqualTo(
            """
            p.yaml:1:1: error[missing-key]: the policy is empty
              1 | ~
                | ^
              hint: start with version: 1, a cluster section and tokens
            """);
  }

  @Test
  void aSecondDocumentIsRefused() {
    assertThat(
            Reading.shown(
                """
                version: 1
                ---
                version: 1
                """))
        .isEqualTo(
            """
            p.yaml:2:1: error[several-documents]: a second YAML document starts here
              2 | ---
                | ^^^
              hint: a policy file has one document; move the second one to its own file
            """);
  }

  @Test
  void aSecondDocumentIsRefusedEvenIfEmpty() {
    assertThat(
            Reading.shown(
                """
                version: 1
                --- # nothing
                """))
        .isEqualTo(
            """
            p.yaml:2:1: error[several-documents]: a second YAML document starts here
              2 | --- # nothing
                | ^^^
              hint: a policy file has one document; move the second one to its own file
            """);
  }

  @Test
  void anUnsupportedTagIsRefused() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a: {description: a, permissions: !!set {read}}
                """))
        .isEqualTo(
            """
            p.yaml:3:36: error[unsupported-tag]: the tag !!set means nothing here
              3 |   a: {description: a, permissions: !!set {read}}
                |                                    ^
              hint: remove the tag; a policy is plain maps, lists and strings
            """);
  }

  @Test
  void aTagOfOnesOwnIsRefused() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a: {description: !env DESCRIPTION}
                """))
        .isEqualTo(
            """
            p.yaml:3:20: error[unsupported-tag]: the tag !env means nothing here
              3 |   a: {description: !env DESCRIPTION}
                |                    ^^^^^^^^^^^^^^^^
              hint: remove the tag; a policy is plain maps, lists and strings
            """);
  }

  @Test
  void aTagThatDoesNotFitIsRefused() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens: !!str {}
                """))
        .isEqualTo(
            """
            p.yaml:2:9: error[unsupported-tag]: the tag !!str means nothing here
              2 | tokens: !!str {}
                |         ^
              hint: remove the tag; a policy is plain maps, lists and strings
            """);
  }

  @Test
  void aTagOfAListDoesNotFitAText() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens: !!seq x
                """))
        .isEqualTo(
            """
            p.yaml:2:9: error[unsupported-tag]: the tag !!seq means nothing here
              2 | tokens: !!seq x
                |         ^^^^^^^
              hint: remove the tag; a policy is plain maps, lists and strings
            """);
  }

  @Test
  void aTagThatIsASpaceIsRefused() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens: !<%20> x
                """))
        .isEqualTo(
            """
            p.yaml:2:9: error[unsupported-tag]: the tag   means nothing here
              2 | tokens: !<%20> x
                |         ^^^^^^^^
              hint: remove the tag; a policy is plain maps, lists and strings
            """);
  }

  @Test
  void anUndefinedTagHandleIsASyntaxError() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens: !e!x {}
                """))
        .isEqualTo(
            """
            p.yaml:2:9: error[unsupported-tag]: this tag means nothing here
              2 | tokens: !e!x {}
                |         ^
              hint: remove the tag, or quote a text that starts with an exclamation mark
            """);
  }

  @Test
  void anotherYamlIsRefused() {
    assertThat(
            Reading.shown(
                """
                %YAML 2.0
                ---
                version: 1
                """))
        .isEqualTo(
            """
            p.yaml:1:1: error[syntax]: YAML 2.0 is not understood
              1 | %YAML 2.0
                | ^
              hint: remove the %YAML line; a policy is YAML 1.2
            """);
  }

  @Test
  void aTabIsNoIndentation() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a:
                \tdescription: d
                """))
        .isEqualTo(
            """
            p.yaml:4:1: error[tab-indentation]: a tab cannot indent YAML
              4 |     description: d
                | ^^^^
              hint: indent with spaces, two for each level
            """);
  }

  @Test
  void aListIsClosedAsItWasOpened() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a: {description: a, permissions: {read: [metrics}}
                """))
        .isEqualTo(
            """
            p.yaml:3:51: error[syntax]: this bracket cannot close the list that is open here
              3 |   a: {description: a, permissions: {read: [metrics}}
                |                                                   ^
              hint: close it with ]
            """);
  }

  @Test
  void aListThatIsNotClosedIsToldWithItsBeginning() {
    assertThat(
            Reading.shown(
                """
                {"version": 1,
                "tokens": {"a": {"description": "d",
                "permissions": {"read": ["x"
                }}}}
                """))
        .isEqualTo(
            """
            p.yaml:4:1: error[syntax]: this bracket cannot close the list that is open here
              4 | }}}}
                | ^
              see also p.yaml:3:25
              3 | "permissions": {"read": ["x"
                |                         ^
              hint: close it with ]
            """);
  }

  @Test
  void aQuoteThatIsNotClosedIsToldWithItsBeginning() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a: {description: "d}
                  b: {}
                """))
        .isEqualTo(
            """
            p.yaml:3:20: error[syntax]: this quote is never closed
              3 |   a: {description: "d}
                |                    ^
              hint: close it at the end of the text
            """);
  }

  @Test
  void aBareAsteriskIsNoName() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a: {description: a, permissions: {read: [*]}}
                """))
        .isEqualTo(
            """
            p.yaml:3:44: error[unknown-alias]: this asterisk is an alias without a name
              3 |   a: {description: a, permissions: {read: [*]}}
                |                                            ^
              hint: quote it: "*"
            """);
  }

  @Test
  void aBareAsteriskIsNoNameInABlockEither() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a:
                    description: d
                    permissions:
                      read:
                        - *
                """))
        .isEqualTo(
            """
            p.yaml:7:11: error[unknown-alias]: this asterisk is an alias without a name
              7 |         - *
                |           ^
              hint: quote it: "*"
            """);
  }

  @Test
  void anAliasHasItsAnchorAbove() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a: {description: *later}
                  b: {description: &later d}
                """))
        .isEqualTo(
            """
            p.yaml:3:20: error[unknown-alias]: the alias "*later" refers to no anchor above it
              3 |   a: {description: *later}
                |                    ^^^^^^
              hint: an anchor has to end above its aliases; write the value out here
            """);
  }

  @Test
  void aValueCannotHoldItself() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a: {description: a, permissions: {read: &x [*x]}}
                """))
        .isEqualTo(
            """
            p.yaml:3:47: error[unknown-alias]: the alias "*x" refers to no anchor above it
              3 |   a: {description: a, permissions: {read: &x [*x]}}
                |                                               ^^
              hint: an anchor has to end above its aliases; write the value out here
            """);
  }

  @Test
  void aValueCannotHoldItselfUnderAnAnchorUsedBefore() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a: {description: &x d, permissions: {read: &x [*x]}}
                """))
        .isEqualTo(
            """
            p.yaml:3:50: error[unknown-alias]: the alias "*x" refers to no anchor above it
              3 |   a: {description: &x d, permissions: {read: &x [*x]}}
                |                                                  ^^
              hint: an anchor has to end above its aliases; write the value out here
            """);
  }

  @Test
  void aWrongIndentationIsASyntaxError() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a:
                    description: d
                   id: x
                """))
        .isEqualTo(
            """
            p.yaml:5:4: error[syntax]: the indentation of this line fits no block that is open here
              5 |    id: x
                |    ^
              see also p.yaml:3:3
              3 |   a:
                |   ^
              hint: indent it as far as the other entries of its block
            """);
  }

  @Test
  void aLineThatEndedTheBlockTooSoonIsNamed() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens:
                  a:
                    description: d
                b:
                    description: e

                    # A comment.
                  c:
                    description: f
                """))
        .isEqualTo(
            """
            p.yaml:9:3: error[syntax]: the indentation of this line fits no block that is open here
              9 |   c:
                |   ^
              see also p.yaml:5:1
              5 | b:
                | ^
              hint: indent it as far as the other entries of its block; or indent line 5 further, which ended that block
            """);
  }

  @Test
  void twoColonsInALineAreASyntaxError() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens: a: b
                """))
        .isEqualTo(
            """
            p.yaml:2:10: error[syntax]: this is a second colon in one line
              2 | tokens: a: b
                |          ^
              hint: quote a text that has a colon and a space in it
            """);
  }

  @Test
  void anUnknownEscapeIsASyntaxError() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens: {a: {description: "a\\qb"}}
                """))
        .isEqualTo(
            """
            p.yaml:2:30: error[syntax]: in double quotes, a backslash starts an escape, and this is not one
              2 | tokens: {a: {description: "a\\qb"}}
                |                              ^
              hint: double the backslash, or use single quotes
            """);
  }

  @Test
  void anEscapeBeyondUnicodeIsASyntaxError() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens: {a: {description: "\\UFFFFFFFF"}}
                """))
        .isEqualTo(
            """
            p.yaml:2:25: error[syntax]: this text has a \\U escape beyond U+10FFFF, which is not a character
              2 | tokens: {a: {description: "\\UFFFFFFFF"}}
                |                         ^
              hint: write the character itself, or its correct number
            """);
  }

  @Test
  void anEscapeJustBeyondUnicodeIsASyntaxError() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens: {a: {description: "\\U00110000"}}
                """))
        .isEqualTo(
            """
            p.yaml:2:30: error[syntax]: in double quotes, a backslash starts an escape, and this is not one
              2 | tokens: {a: {description: "\\U00110000"}}
                |                              ^
              hint: double the backslash, or use single quotes
            """);
  }

  @Test
  void halfASurrogatePairIsASyntaxError() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens: {a: {description: "\\ud83d x"}}
                """))
        .isEqualTo(
            """
            p.yaml:2:27: error[syntax]: an escape in this text is half of a surrogate pair
              2 | tokens: {a: {description: "\\ud83d x"}}
                |                           ^^^^^^^^^^
              hint: write both halves of the surrogate pair, or the character itself
            """);
  }

  @Test
  void aControlCharacterIsRefusedWhereItStandsBehindEmojiAndCrLf() {
    assertThat(
            Reading.shown(
                """
                version: 1 # \ud83d\ude00\r
                tokens:\r
                  "\ud83d\ude00\ud83d\ude00\7": {}\r
                """))
        .isEqualTo(
            """
            p.yaml:3:6: error[invalid-character]: the character U+0007 is not allowed in YAML
              3 |   "\ud83d\ude00\ud83d\ude00\\u0007": {}
                |        ^^^^^^
              hint: remove it; a text in double quotes may contain it as an escape
            """);
  }

  @Test
  void aNulIsRefused() {
    assertThat(
            Reading.shown(
                """
                version: 1
                # \0
                """))
        .isEqualTo(
            """
            p.yaml:2:3: error[invalid-character]: the character U+0000 is not allowed in YAML
              2 | # \\u0000
                |   ^^^^^^
              hint: this is probably not a text file; if it is, save it as UTF-8
            """);
  }

  @Test
  void aByteOrderMarkMovesNoColumn() {
    assertThat(
            Reading.shown(
                """
                \ufeffversion: 2\r
                foo: 1\r
                """))
        .isEqualTo(
            """
            p.yaml:1:10: error[unsupported-version]: this is version 2 of the policy language
              1 | version: 2
                |          ^
              hint: this tokenform reads version 1
            p.yaml:2:1: error[unknown-key]: a policy has no key "foo"
              2 | foo: 1
                | ^^^
              hint: the keys are version, cluster, guardrails, expect, roles, tokens, databases
            """);
  }

  @Test
  void loneCarriageReturnsEndLines() {
    assertThat(
            Reading.shown(
                """
                version: 1\rfoo: 2\rbar: 3\r\
                """))
        .isEqualTo(
            """
            p.yaml:1:11: error[unclear-line-break]: a carriage return without a line feed: YAML ends the line here, but a diff shows one line
              1 | version: 1
                |           ^
              hint: save the file with the line ends of Unix or Windows, and review it again
            p.yaml:2:1: error[unknown-key]: a policy has no key "foo"
              2 | foo: 2
                | ^^^
              hint: the keys are version, cluster, guardrails, expect, roles, tokens, databases
            p.yaml:3:1: error[unknown-key]: a policy has no key "bar"
              3 | bar: 3
                | ^^^
              hint: the keys are version, cluster, guardrails, expect, roles, tokens, databases
            """);
  }

  @Test
  void theEndBehindALoneCarriageReturnIsALineOfItsOwn() {
    assertThat(
            Reading.shown(
                """
                version: 1\rtokens: {\r\
                """))
        .isEqualTo(
            """
            p.yaml:1:11: error[unclear-line-break]: a carriage return without a line feed: YAML ends the line here, but a diff shows one line
              1 | version: 1
                |           ^
              hint: save the file with the line ends of Unix or Windows, and review it again
            p.yaml:3:1: error[syntax]: a value is missing here
              hint: write it, or remove what it belongs to
            """);
  }

  @Test
  void aValueOfSeveralLinesIsMarkedAtItsBeginning() {
    assertThat(
            Reading.shown(
                """
                version: 1
                tokens: |
                  a
                  b
                cluster: "a
                  b"
                """))
        .isEqualTo(
            """
            p.yaml:2:9: error[wrong-type]: the tokens section must be a map, but this is a string
              2 | tokens: |
                |         ^
              hint: write NAME: {id: UUID, permissions: {read: [DATABASE]}} for each token
            p.yaml:5:10: error[wrong-type]: the cluster section must be a map, but this is a string
              5 | cluster: "a
                |          ^
              hint: write cluster: {product: sandbox}
            """);
  }

  @Test
  void aKeyOfSeveralLinesIsMarkedAtItsBeginning() {
    assertThat(
            Reading.shown(
                """
                version: 1
                ? |
                  a
                  b
                : x
                """))
        .isEqualTo(
            """
            p.yaml:2:3: error[unknown-key]: a policy has no key "a\\nb\\n"
              2 | ? |
                |   ^
              hint: the keys are version, cluster, guardrails, expect, roles, tokens, databases
            """);
  }
}
