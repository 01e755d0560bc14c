package io.tokenform.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.cli.manual.ManPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The README and the manual lead where they say, and show commands that there are. */
class ManualTest {
  /** A word of a shell, with what is quoted in it. */
  private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");

  @Test
  void theReadmeIsShort() {
    assertThat(ManualPage.read(ManualPage.README).text().lines().count()).isLessThanOrEqualTo(200);
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<ManualPage> pages = new ArrayList<>(ManualPage.all());
    for (String folder : List.of(".github", "examples", "tests-fixtures")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        files
            .filter(file -> file.toString().endsWith(".md"))
            .filter(file -> !file.toString().endsWith("plan.md"))
            .forEach(file -> pages.add(ManualPage.read(file)));
      }
    }
    List<String> broken = new ArrayList<>();
    for (ManualPage page : pages) {
      ManualLinks.intoTheRepository(page).stream()
          .filter(path -> !Files.exists(Path.of(path)))
          .forEach(path -> broken.add(page + ": " + path));
      for (ManualLinks.Link link : ManualLinks.of(page)) {
        Path target =
            link.path().isEmpty()
                ? page.file()
                : page.file().toAbsolutePath().resolveSibling(link.path()).normalize();
        boolean leads =
            Files.exists(target)
                && (link.anchor().isEmpty()
                    || ManualLinks.anchors(ManualPage.read(target)).contains(link.anchor()));
        if (!leads) {
          broken.add(page + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyPageIsTwoClicksFromTheReadme() {
    Set<Path> reached = new HashSet<>();
    for (Path first : pagesFrom(ManualPage.README)) {
      reached.add(first);
      reached.addAll(pagesFrom(first));
    }
    assertThat(reached)
        .containsAll(
            ManualPage.all().stream()
                .map(page -> page.file().toAbsolutePath().normalize())
                .toList());
  }

  private static List<Path> pagesFrom(Path page) {
    return ManualLinks.of(ManualPage.read(page)).stream()
        .filter(link -> link.path().endsWith(".md"))
        .map(link -> page.toAbsolutePath().resolveSibling(link.path()).normalize())
        .filter(Files::exists)
        .toList();
  }

  @Test
  void theCommandsToCopyAreUnderstood() {
    List<String> lines =
        ManualPage.all().stream().flatMap(page -> page.commandLinesToCopy().stream()).toList();
    assertThat(lines).hasSizeGreaterThan(40);
    CommandLine tokenform = ManPages.tree();
    for (String line : lines) {
      assertThat(tokenform.parseArgs(words(line)).hasSubcommand()).as(line).isTrue();
    }
  }

  /** The arguments of the first command of a line. */
  private static String[] words(String line) {
    List<String> words =
        WORD.matcher(line)
            .results()
            .map(found -> found.group().replaceAll("[\"']", ""))
            .map(word -> word.equals("$REVIEWED") ? "sha256:" + "0".repeat(64) : word)
            .toList();
    int end = 1;
    while (end < words.size() && !words.get(end).matches("#.*|\\||>|>>|&&|<|2>.*")) {
      end++;
    }
    return words.subList(1, end).toArray(String[]::new);
  }
}
