package io.tokenform.manual;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a page leads, and where in it a link can lead. */
final class ManualLinks {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)\\)");

  /** What no distribution has is named by its address. */
  private static final Pattern REPOSITORY =
      Pattern.compile("https://github\\.com/tokenform/tokenform/(?:blob|tree)/main/(.*)");

  private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  private ManualLinks() {}

  /**
   * A link to something of this repository.
   *
   * @param path the file, from the page's folder; empty for the page itself
   * @param anchor a heading of it, or empty
   */
  record Link(String path, String anchor) {
    private static Link to(String target) {
      int hash = target.indexOf('#');
      return hash < 0
          ? new Link(target, "")
          : new Link(target.substring(0, hash), target.substring(hash + 1));
    }
  }

  /** The links to the repository by its address, without that. */
  static List<Link> intoTheRepository(ManualPage page) {
    return LINK.matcher(prose(page))
        .results()
        .map(link -> REPOSITORY.matcher(link.group(1)))
        .filter(Matcher::matches)
        .map(link -> Link.to(link.group(1)))
        .toList();
  }

  /** The links that begin with no scheme. */
  static List<Link> of(ManualPage page) {
    List<Link> links = new ArrayList<>();
    Matcher found = LINK.matcher(prose(page));
    while (found.find()) {
      String target = found.group(1);
      if (!target.matches("[a-z]+:.*")) {
        links.add(Link.to(target));
      }
    }
    return links;
  }

  /** The anchors of a page's headings, as GitHub makes them. */
  static List<String> anchors(ManualPage page) {
    Map<String, Integer> seen = new HashMap<>();
    return HEADING
        .matcher(prose(page))
        .results()
        .map(
            heading -> {
              String anchor =
                  heading
                      .group(1)
                      .replaceAll("\\[([^]]*)\\]\\([^)]*\\)", "$1")
                      .toLowerCase(Locale.ROOT)
                      .replaceAll("[^\\p{L}\\p{N} _-]", "")
                      .replace(' ', '-');
              int earlier = seen.merge(anchor, 1, Integer::sum) - 1;
              return earlier == 0 ? anchor : anchor + "-" + earlier;
            })
        .toList();
  }

  private static String prose(ManualPage page) {
    return FENCED.matcher(page.text()).replaceAll("");
  }
}
