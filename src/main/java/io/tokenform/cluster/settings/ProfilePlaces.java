package io.tokenform.cluster.settings;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Where in a {@code config.toml} something stands, as {@code LINE:COLUMN}. The TOML library forgets
 * that once it has read a value, so the lines are looked through once more; in a file that is laid
 * out in an uncommon way, the place is that of the profile or of the file's beginning.
 */
final class ProfilePlaces {
  private static final Pattern PROFILE = Pattern.compile("\\s*\\[\\[\\s*profile\\s*]].*");

  private final List<String> lines;

  ProfilePlaces(String text) {
    this.lines = text.lines().toList();
  }

  /** The place of a table or a key of the file itself. */
  String of(String key) {
    return find(0, lines.size(), key, 0);
  }

  /**
   * The place of a key.
   *
   * @param profile the profile's number, from 0
   */
  String of(int profile, String key) {
    int start = -1;
    int seen = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (PROFILE.matcher(lines.get(i)).matches()) {
        seen++;
        if (seen == profile) {
          start = i;
        } else if (start >= 0) {
          return find(start, i, key, start);
        }
      }
    }
    return start < 0 ? "1:1" : find(start, lines.size(), key, start);
  }

  private String find(int from, int to, String key, int otherwise) {
    Pattern wanted =
        Pattern.compile(
            "\\s*(?:\\[{1,2}\\s*(?:profile\\.)?" + key + "\\s*].*|[\"']?" + key + "[\"']?\\s*=.*)");
    for (int i = from; i < to; i++) {
      if (wanted.matcher(lines.get(i)).matches()) {
        return place(i);
      }
    }
    return place(otherwise);
  }

  private String place(int index) {
    String line = index < lines.size() ? lines.get(index) : "";
    int indent = line.length() - line.stripLeading().length();
    return (index + 1) + ":" + (indent + 1);
  }
}
