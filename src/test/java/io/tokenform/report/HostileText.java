package io.tokenform.report;

import io.tokenform.access.Permission;
import java.util.List;
import java.util.stream.IntStream;

/** Texts that want to be something else in one output or another. */
public final class HostileText {
  static final String EVERYTHING =
      "\u001b[2J\u001b]0;owned\u0007 <img src=x> @everyone ::error::x | \u202e";

  public static final List<String> ALL =
      List.of(
          EVERYTHING,
          "\u001b[31mred\u009b2J\u0000\u0008\u007f\u0085",
          "right\u202eto\u2066left\u200f",
          "zero\u200bwidth\u2060\ufeff\u00ad\u3164",
          "line\nbreak\r\nand\ttab\u2028\u2029\u000b\f",
          "\n\n## heading\n\n- list\n\n```\n",
          "<script>alert(1)</script><!-- comment --><br></details></td></table>",
          "<img src=https://evil.example/beacon.png>",
          "![beacon](https://evil.example/b.png)[link](http://evil.example)[ref]: //x",
          "[x](javascript:alert(1)) javascript:alert(1) <javascript:alert(1)>",
          "https://evil.example/?a=b http://evil.example www.evil.example <https://evil.example>",
          "mail me@evil.example or mailto:me@evil.example",
          "@everyone @octocat @org/team",
          "#123 GH-123 octocat/hello#1 octocat/hello@0123456789abcdef GHSA-aaaa-bbbb-cccc",
          "**bold** *emphasis* __bold__ _emphasis_ ~~gone~~ ~gone~ $x^2$ $`x`$ :tada: [^1]",
          "| a | b |\n| --- | --- |",
          "a|b|c||d",
          "back\\|slash \\\\| and \\\\\\| pipe \\",
          "`",
          "``` `` ` a `b` ````",
          "` | `",
          "`".repeat(400),
          "&lt;b&gt; &#64;everyone &amp; &copy;",
          "a  b   c    d",
          "::error::x",
          "  ::error::x",
          ":",
          "::error file=a,line=1::x%0A::error::y",
          "##[error]x ##[add-mask]y",
          "%0A::error::x%0D%25%3A%2C",
          "> quote",
          "> [!CAUTION]",
          "# heading",
          "+ list",
          "1. list",
          "---",
          "...",
          "- [ ] task",
          "~",
          "null",
          "true",
          "2024",
          "0x1F",
          "1e3",
          "!tag &anchor *alias",
          "? key: value # comment",
          "{a: [b, c]}",
          "'single' \"double\"",
          "%directive",
          "@at",
          "+++ b",
          "--- a",
          "@@ -1,1 +1,1 @@",
          "\\ No newline at end of file",
          "z\u0301\u0302\u0303\u0304".repeat(3) + "\u0488".repeat(500),
          "\ud83d\ude00\udbff\udfff\ud800",
          "\u0645\u0631\u062d\u0628\u0627 Gr\u00fc\u00dfe \u6f22\u5b57",
          "x".repeat(10_000),
          "| ".repeat(5_000),
          "\u202e".repeat(10_000));

  private HostileText() {}

  /** The text as the name of a token: short, and without control characters. */
  public static String asName(String text) {
    String name = first(text.codePoints().filter(c -> !Character.isISOControl(c)), 128);
    return name.isBlank() ? "blank" : name;
  }

  /** The text as the name of a database that a policy can give. */
  public static String asDatabase(String text) {
    return first(text.codePoints(), Permission.MAX_DATABASE_NAME_LENGTH);
  }

  /** The first characters; half ones, which no policy has, are left out. */
  private static String first(IntStream characters, int most) {
    return characters
        .filter(c -> Character.getType(c) != Character.SURROGATE)
        .limit(most)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
