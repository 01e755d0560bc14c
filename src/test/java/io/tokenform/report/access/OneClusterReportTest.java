package io.tokenform.report.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is for machines of a report of one cluster does not change, whatever fleets have. */
class OneClusterReportTest {
  private static final Path FOLDER = Path.of("src/test/resources/report-of-one-cluster");

  @Test
  void eachFormStaysAsItIs() throws Exception {
    AccessReport report = Reports.everything();

    same("tokens.csv", new TokensCsv().render(report));
    same("grants.csv", new GrantsCsv().render(report));
    same("report.json", new AccessJson().render(report));
    same("data.json", PageData.of(report));
    same("page.html", withoutStyleAndScript(new AccessHtml().render(report)));
  }

  /** They are the same for every report. */
  private static String withoutStyleAndScript(String page) {
    return page.replaceAll("(?s)<(style|script)>.*?</", "<$1></").replaceAll("sha256-[^']*'", "'");
  }

  private static void same(String name, String text) throws Exception {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("fixtures.update")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }
}
