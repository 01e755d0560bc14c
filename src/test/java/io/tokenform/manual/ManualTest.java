package io.tokenform.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.cli.manual.ManPages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The README and the manual lead where they say, and show commands that there are. */
class ManualTest {
  private static final CommandLine TOKENFORM = ManPages.tree();

  @Test
  void theReadmeIsShort() {
    assertThat(ManualPage.read(ManualPage.README).text().lines().count()).isLessThanOrEqualTo(200);
  }

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    for (ManualPage page : everyPage()) {
      ManualLinks.intoTheRepository(page).stream()
          .filter(link -> !leads(Path.of(link.path()), link.anchor()))
          .forEach(link -> broken.add(page + ": " + link));
      for (ManualLinks.Link link : ManualLinks.of(page)) {
        Path target =
            link.path().isEmpty()
                ? page.file()
                : page.file().toAbsolutePath().resolveSibling(link.path()).normalize();
        if (!leads(target, link.anchor())) {
          broken.add(page + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static boolean leads(Path file, String anchor) {
    return Files.exists(file)
        && (anchor.isEmpty() || ManualLinks.anchors(ManualPage.read(file)).contains(anchor));
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

  /** The README, the manual, and what else somebody may read on GitHub. */
  private static List<ManualPage> everyPage() {
    List<ManualPage> pages = new ArrayList<>(ManualPage.all());
    for (String folder : List.of(".github", "examples", "tests-fixtures")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        files
            .filter(file -> file.toString().endsWith(".md"))
            .filter(file -> !file.toString().endsWith("plan.md"))
            .forEach(file -> pages.add(ManualPage.read(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return pages;
  }

  private static List<Path> pagesFrom(Path page) {
    return ManualLinks.of(ManualPage.read(page)).stream()
        .filter(link -> link.path().endsWith(".md"))
        .map(link -> page.toAbsolutePath().resolveSibling(link.path()).normalize())
        .filter(Files::exists)
        .toList();
  }

  @Test
  void theCommandsInBlocksAreUnderstood() {
    List<List<String>> calls =
        everyPage().stream()
            .flatMap(
                page -> ManualCommands.inFences(page, TOKENFORM.getSubcommands().keySet()).stream())
            .toList();
    assertThat(calls).hasSizeGreaterThan(120);
    for (List<String> call : calls) {
      String[] words =
          call.stream()
              .map(word -> word.equals("$REVIEWED") ? "sha256:" + "0".repeat(64) : word)
              .map(word -> word.replaceAll("\\$\\w+", "x"))
              .toArray(String[]::new);
      assertThat(TOKENFORM.parseArgs(words)).as("tokenform %s", call).isNotNull();
    }
  }

  @Test
  void theCommandsInTheTextExist() {
    List<List<String>> calls =
        everyPage().stream().flatMap(page -> ManualCommands.inText(page).stream()).toList();
    assertThat(calls).hasSizeGreaterThan(100);
    for (List<String> call : calls) {
      CommandLine command = TOKENFORM;
      for (String word : call) {
        if (word.startsWith("--")) {
          String name = word.replaceFirst("=.*", "");
          assertThat(command.getCommandSpec().findOption(name))
              .as("tokenform %s", call)
              .isNotNull();
        } else if (word.equals("COMMAND") || word.equals("__complete")) {
          // A placeholder, and what only shells call.
          break;
        } else if (!command.getSubcommands().isEmpty()) {
          assertThat(command.getSubcommands()).as("tokenform %s", call).containsKey(word);
          command = command.getSubcommands().get(word);
        }
      }
    }
  }
}
