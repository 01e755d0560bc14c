package io.tokenform.report;

import io.tokenform.plan.Update;
import io.tokenform.report.text.Excerpt;
import io.tokenform.report.text.LookAlike;
import io.tokenform.report.text.MarkdownText;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Updates: the description and the permissions, before and after. */
final class UpdateLines implements ChangeLines<Update> {
  @Override
  public Class<Update> type() {
    return Update.class;
  }

  @Override
  public String sign() {
    return "~";
  }

  @Override
  public String verb(Update change) {
    return change.isAboutOldGeneration() ? "narrows the old token" : change.effect().words();
  }

  @Override
  public String text(Update change, Style style) {
    StringBuilder out = new StringBuilder();
    Optional<String> description = change.changedAfter().description();
    if (description.isPresent()) {
      String before = change.before().description().orElseThrow();
      out.append("      description  ")
          .append(style.red(description(before, description.get())))
          .append(" -> ")
          .append(style.green(description(description.get(), before)))
          .append(alike(before, description.get()))
          .append('\n');
    }
    if (change.changedAfter().permissions().isPresent()) {
      if (change.permissionsAfter().isEmpty()) {
        out.append("      ").append(style.red("loses all its access")).append('\n');
      }
      out.append(PermissionLines.text(change, style));
    }
    return out.toString();
  }

  /** In what they differ, where nobody could see it. */
  private static String alike(String before, String after) {
    return LookAlike.difference(before, after)
        .map(difference -> " (they look alike: " + difference + ")")
        .orElse("");
  }

  private static String description(String one, String other) {
    Excerpt excerpt = Excerpt.of(one, Excerpt.DESCRIPTION, other);
    return excerpt.withPlace(Printable.quoted(excerpt.text()));
  }

  @Override
  public List<String> markdown(Update change) {
    List<String> lines = new ArrayList<>();
    if (change.losesAllAccess()) {
      lines.add("**loses all its access**");
    }
    if (change.changedAfter().description().isPresent()) {
      String before = change.before().description().orElseThrow();
      String after = change.changedAfter().description().get();
      lines.add(
          "description "
              + MarkdownText.description(Excerpt.of(before, Excerpt.DESCRIPTION, after))
              + " becomes "
              + MarkdownText.description(Excerpt.of(after, Excerpt.DESCRIPTION, before))
              + alike(before, after));
    }
    lines.addAll(PermissionLines.markdown(change));
    return lines;
  }

  @Override
  public String annotation(Update change) {
    List<String> parts = new ArrayList<>();
    if (change.changedAfter().description().isPresent()) {
      parts.add("changes the description");
    }
    parts.addAll(PermissionLines.annotation(change));
    if (change.losesAllAccess()) {
      parts.add("loses all its access");
    }
    return String.join("; ", parts);
  }

  @Override
  public boolean isDifference() {
    return true;
  }

  @Override
  public List<String> policyBefore(Update change) {
    return CanonicalPolicy.token(change, change.before(), change.after());
  }

  @Override
  public List<String> policyAfter(Update change) {
    return CanonicalPolicy.token(change, change.after(), change.before());
  }
}
