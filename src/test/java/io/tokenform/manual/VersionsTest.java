package io.tokenform.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README, the manual and the examples tell people to get is what there is. */
class VersionsTest {
  private static final String NUMBER = "(\\d+\\.\\d+\\.\\d+(?:-rc\\.\\d+)?)";

  /** As addresses, archives and the image have it, and the input of the setup action. */
  private static final Pattern NAMED =
      Pattern.compile(
          "releases/download/v%1$s/|\\btokenform-%1$s\\b|\\btokenform:%1$s\\b|(?m)^ +version: %1$s$"
              .formatted(NUMBER));

  private static final Pattern OWN = Pattern.compile("(?m)^  <version>(.*)</version>$");

  @Test
  void everyPlaceNamesTheSameVersion() throws IOException {
    Map<String, List<String>> places = new TreeMap<>();
    for (Path file : files()) {
      NAMED
          .matcher(Files.readString(file))
          .results()
          .forEach(
              found ->
                  Stream.of(1, 2, 3, 4)
                      .map(found::group)
                      .filter(version -> version != null)
                      .forEach(
                          version ->
                              places
                                  .computeIfAbsent(version, any -> new ArrayList<>())
                                  .add(file + ": " + found.group().strip())));
    }
    assertThat(places).hasSize(1);
    assertThat(places.values().iterator().next()).hasSizeGreaterThan(30);
    // Between two releases the newest one is what people get.
    if (!version().endsWith("-SNAPSHOT")) {
      assertThat(places).containsOnlyKeys(version());
    }
  }

  @Test
  void whatIsReleasedIsNotSaidToBeStillToCome() throws IOException {
    String changelog = Files.readString(ManualPage.MANUAL.resolve("changelog.md"));
    boolean isReleased = Pattern.compile("(?m)^## \\d").matcher(changelog).find();
    List<String> stillToCome =
        ManualPage.all().stream()
            .filter(page -> page.text().matches("(?s).*(?:not|nothing)\\s+released\\s+yet.*"))
            .map(ManualPage::toString)
            .toList();
    if (isReleased) {
      assertThat(stillToCome).isEmpty();
    } else {
      assertThat(stillToCome).contains(ManualPage.README.toString());
    }
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    ManualPage.all().forEach(page -> files.add(page.file()));
    files.add(Path.of(".github", "CONTRIBUTING.md"));
    try (Stream<Path> examples = Files.walk(Path.of("examples"))) {
      examples
          .filter(file -> file.toString().matches(".*\\.(ya?ml|md|sh)"))
          .filter(Files::isRegularFile)
          .forEach(files::add);
    }
    return files;
  }

  private static String version() throws IOException {
    return OWN.matcher(Files.readString(Path.of("pom.xml")))
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }
}
