package io.tokenform.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTextTest {
  /** The sentence of a finding, and the same as Markdown. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      textBlock =
          """
          it would lose all its access ~ it would lose all its access
          only "checkout", "billing" and "x y" may ~ only `"checkout"`, `"billing"` and `"x y"` may
          from the role "viewer" (exp/tokens.yaml:9) ~ from the role `"viewer"` (`exp/tokens.yaml:9`)
          they mean "a": 1 and 2, did you mean "b"?; allow it ~ they mean `"a"`: 1 and 2, did you mean `"b"`?; allow it
          "say "hi" twice" (f(x), y) ~ `"say "hi" twice"` (`f(x)`, y)
          revoke it: tokenform token revoke 5-5; or say where ~ revoke it: `tokenform token revoke 5-5`; or say where
          release it: tokenform token release grafana; or (x: tokenform token list) ~ release it: `tokenform token release grafana`; or (x: `tokenform token list`)
          release it: tokenform token release 'it'\\''s (a; b)'; or ~ release it: `tokenform token release 'it'\\''s (a; b)'`; or
          what to do: tokenform explain unreadable-token ~ what to do: `tokenform explain unreadable-token`
          as this prints it: tokenform export --select id:5-5; or to it ~ as this prints it: `tokenform export --select id:5-5`; or to it
          tokenform plan knows: it looks at the tokens ~ `tokenform plan` knows: it looks at the tokens
          (tokenform token list --unmanaged shows those) ~ (`tokenform token list --unmanaged` shows those)
          "tokenform doctor --platform FILE" checks it ~ `tokenform doctor --platform FILE` checks it
          whose action tokenform does not know ~ whose action tokenform does not know
          it says: tokenform does not know it ~ it says: tokenform does not know it
          allow it once with --allow lockout:a, together with --expect-digest at the apply ~ allow it once with `--allow lockout:a`, together with `--expect-digest` at the apply
          allow it once with --allow 'lockout:a b' ~ allow it once with `--allow 'lockout:a b'`
          allow it once with --allow cut-comment ~ allow it once with `--allow cut-comment`
          without it with --exclude grafana; what ~ without it with `--exclude grafana`; what
          with --exclude a --exclude b (--verbose shows each) ~ with `--exclude a --exclude b` (`--verbose` shows each)
          plan it with --target, or give --markdown-limit ~ plan it with `--target`, or give `--markdown-limit`
          write read: [metrics, logs] or lockout: {level: deny, x: 1} ~ write `read: [metrics, logs]` or `lockout: {level: deny, x: 1}`
          one that starts with { or [ needs "quotes ~ one that starts with `{` or `[` needs `"quotes`
          see @team, #1 and www.x.example: a`b|c ~ see `@team`, `#1` and `www.x.example`: `a`&#96;`b`&#124;`c`
          """)
  void eachThingOfASentenceIsOneSpan(String sentence, String markdown) {
    assertThat(MarkdownText.prose(sentence)).isEqualTo(markdown);
  }
}
