package io.tokenform.report.text;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a file is and what it would become, as a unified diff.
 *
 * <p>Each line is made harmless: what a terminal would obey or a reader could not see, such as a
 * carriage return before the line's end or two colons at its start, is shown as an escape, and a
 * secret as {@code [secret]}. Nothing else keeps the diff from being applied as a patch.
 */
public final class FileDiff {
  private static final int CONTEXT = 3;

  /** The time to find the smallest diff grows with the square of this. */
  private static final int MOST_CHANGED_LINES = 1_000;

  private final Style style;

  public FileDiff(Style style) {
    this.style = style;
  }

  /** The diff, as lines that each end in a line break; an empty string where nothing changes. */
  public String render(String name, String before, String after) {
    List<String> from = lines(before);
    List<String> to = lines(after);
    List<String> diff =
        UnifiedDiffUtils.generateUnifiedDiff(name, name, from, patch(from, to), CONTEXT);
    return new DiffLines(style).render(diff);
  }

  /** The lines with their line feeds: the last one may have none, which is a difference. */
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start) + 1;
      end = end == 0 ? text.length() : end;
      lines.add(text.substring(start, end));
      start = end;
    }
    return lines;
  }

  /** The changes between two texts, one change where they have little in common. */
  public static Patch<String> patch(List<String> from, List<String> to) {
    int start = 0;
    while (start < from.size() && start < to.size() && from.get(start).equals(to.get(start))) {
      start++;
    }
    int fromEnd = from.size();
    int toEnd = to.size();
    while (fromEnd > start && toEnd > start && from.get(fromEnd - 1).equals(to.get(toEnd - 1))) {
      fromEnd--;
      toEnd--;
    }
    List<String> removed = from.subList(start, fromEnd);
    List<String> added = to.subList(start, toEnd);
    if (removed.size() + added.size() - 2 * common(removed, added) <= MOST_CHANGED_LINES) {
      return DiffUtils.diff(from, to);
    }
    Patch<String> patch = new Patch<>();
    patch.addDelta(new ChangeDelta<>(new Chunk<>(start, removed), new Chunk<>(start, added)));
    return patch;
  }

  /** How many lines two texts have in common, wherever they stand. */
  private static int common(List<String> some, List<String> others) {
    Map<String, Integer> counts = new HashMap<>();
    some.forEach(line -> counts.merge(line, 1, Integer::sum));
    int common = 0;
    for (String line : others) {
      int left = counts.getOrDefault(line, 0);
      if (left > 0) {
        counts.put(line, left - 1);
        common++;
      }
    }
    return common;
  }
}
