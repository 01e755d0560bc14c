package io.tokenform.policy;

import io.tokenform.access.Permission;
import io.tokenform.access.TokenName;
import io.tokenform.access.Writing;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Located;
import io.tokenform.finding.SourceText;
import io.tokenform.finding.Subject;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds names of a policy that a reviewer could take for others: those that hide characters, mix
 * scripts, or look like another name of the same kind.
 *
 * <p>Names that only the policy knows are easily changed, so what hides in them, or looks like
 * another, is an error. Descriptions and databases are what the cluster has, so there it is a
 * warning: a policy must be able to name what is live. Owners and reasons are texts for people, and
 * treated like descriptions.
 */
final class WritingCheck {
  private static final String ESCAPE =
      "remove it; a text in double quotes may contain it as an escape";

  private final Findings findings;
  private final Kind tokens = new Kind("the token", true, false);
  private final Kind roles = new Kind("the role", true, false);
  private final Kind databases = new Kind("the database", false, false);
  private final Kind descriptions = new Kind("the description", false, true);
  private final Kind owners = new Kind("the owner", false, true);
  private final Kind sinks = new Kind("the sink", true, false);

  /** The names of one kind by what they look like. */
  private static final class Kind {
    private final String what;
    private final boolean isRefused;
    private final boolean isSentence;
    private final Map<String, Located<String>> bySkeleton = new HashMap<>();

    Kind(String what, boolean isRefused, boolean isSentence) {
      this.what = what;
      this.isRefused = isRefused;
      this.isSentence = isSentence;
    }
  }

  WritingCheck(Findings findings) {
    this.findings = findings;
  }

  /** What makes a file read otherwise than a diff or an editor shows it. */
  static void checkText(SourceText source, Findings findings) {
    String text = source.content();
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      int c = text.charAt(i);
      boolean isStray = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) != '\n';
      if ((isStray || c > '~') && !seen.contains(c)) {
        Optional<Diagnostic> found = unclear(source, i, c, isStray);
        if (found.isPresent()) {
          findings.add(found.get());
          // One of a kind is enough: an old file may have thousands.
          seen.add(c);
        }
      }
    }
  }

  private static Optional<Diagnostic> unclear(
      SourceText source, int index, int c, boolean isStray) {
    if (isStray) {
      return Optional.of(
          Diagnostic.error(
                  Code.UNCLEAR_LINE_BREAK,
                  source.locate(index, 1),
                  "a carriage return without a line feed: YAML ends the line here, but a diff shows"
                      + " one line")
              .hint("save the file with the line ends of Unix or Windows, and review it again"));
    }
    if (c == 0x85 || c == 0x2028 || c == 0x2029) {
      return Optional.of(
          Diagnostic.error(
                  Code.UNCLEAR_LINE_BREAK,
                  source.locate(index, 1),
                  "the character "
                      + Writing.described(c)
                      + " ends a line in some editors, but not in YAML")
              .hint(ESCAPE));
    }
    if (Writing.reorders(c)) {
      return Optional.of(
          Diagnostic.error(
                  Code.HIDDEN_CHARACTER,
                  source.locate(index, 1),
                  "the character "
                      + Writing.described(c)
                      + " changes the order in which a text is shown")
              .hint(ESCAPE));
    }
    return Optional.empty();
  }

  void token(Located<String> name) {
    List<Subject> subject = new ArrayList<>();
    try {
      subject.add(Subject.of(new TokenName(name.value())));
    } catch (IllegalArgumentException e) {
      // That it is not a name has been reported already.
    }
    check(tokens, name, subject);
  }

  void role(Located<String> name) {
    check(roles, name, List.of());
  }

  void database(Located<String> name) {
    check(databases, name, List.of(Subject.ofDatabase(name.value())));
  }

  void databases(PermissionEntries permissions) {
    for (Located<Permission> entry : permissions.entries()) {
      String name = entry.value().resource();
      if (!name.equals(Permission.ALL_DATABASES)) {
        check(databases, new Located<>(name, entry.where()), List.of(Subject.ofDatabase(name)));
      }
    }
  }

  void description(Located<String> text, TokenName token) {
    check(descriptions, text, List.of(Subject.of(token)));
  }

  /** A former description differs from others as it must, but may look like the present one. */
  void formerDescription(Located<String> text, TokenName token) {
    check(new Kind("the former description", false, true), text, List.of(Subject.of(token)));
  }

  void owner(Located<String> text, TokenName token) {
    check(owners, text, List.of(Subject.of(token)));
  }

  /** A reason is told apart from no other. */
  void reason(Located<String> text, TokenName token) {
    check(new Kind("the reason", false, true), text, List.of(Subject.of(token)));
  }

  void sink(Located<String> name) {
    check(sinks, name, List.of());
  }

  private void check(Kind kind, Located<String> name, List<Subject> subjects) {
    Located<String> first = kind.bySkeleton.putIfAbsent(Writing.skeleton(name.value()), name);
    boolean isNew = first == null;
    if (!isNew && first.value().equals(name.value())) {
      return;
    }
    if (!isNew) {
      findings.add(confusable(kind, name, first).about(subjects));
      return;
    }
    if (Writing.isAscii(name.value())) {
      return;
    }
    OptionalInt hidden = Writing.hidden(name.value());
    if (hidden.isPresent()) {
      findings.add(hidden(kind, name, hidden.getAsInt()).about(subjects));
      return;
    }
    mixed(kind, name).ifPresent(finding -> findings.add(finding.about(subjects)));
  }

  private Diagnostic hidden(Kind kind, Located<String> name, int index) {
    String message =
        kind.what
            + " \""
            + name.value()
            + "\" has an invisible character, "
            + Writing.described(name.value().codePointAt(index));
    return (kind.isRefused
            ? Diagnostic.error(Code.HIDDEN_CHARACTER, name.where(), message)
            : Diagnostic.warning(Code.HIDDEN_CHARACTER, name.where(), message))
        .hint(
            kind.isRefused
                ? "remove it; the cluster does not know the name"
                : "remove it, unless it is intended");
  }

  private static Diagnostic confusable(Kind kind, Located<String> name, Located<String> other) {
    boolean isOther = Writing.isAscii(name.value());
    Located<String> odd = isOther ? other : name;
    Located<String> plain = isOther ? name : other;
    String message =
        kind.what + " \"" + odd.value() + "\" looks like another, \"" + plain.value() + "\"";
    return (kind.isRefused
            ? Diagnostic.error(Code.CONFUSABLE_NAME, odd.where(), message)
            : Diagnostic.warning(Code.CONFUSABLE_NAME, odd.where(), message))
        .alsoAt(plain.where())
        .hint(
            "write one of them with other letters"
                + Writing.difference(odd.value(), plain.value())
                    .map(what -> "; " + what.replace("this one", "the other"))
                    .orElse(""));
  }

  private Optional<Diagnostic> mixed(Kind kind, Located<String> name) {
    BitSet deceptive = Writing.deceptive(name.value());
    Optional<String> mixture = Writing.mixture(name.value());
    // A sentence may have words of two languages.
    if (mixture.isEmpty() || (kind.isSentence && deceptive.isEmpty())) {
      return Optional.empty();
    }
    int odd =
        deceptive.isEmpty()
            ? name.value().codePoints().filter(c -> c > '~').findFirst().orElseThrow()
            : name.value().codePointAt(deceptive.nextSetBit(0));
    return Optional.of(
        Diagnostic.warning(
                Code.MIXED_SCRIPTS,
                name.where(),
                kind.what + " \"" + name.value() + "\" mixes " + mixture.get())
            .hint(
                "write it in one script, unless the mixture is intended; it has "
                    + Writing.described(odd)));
  }
}
