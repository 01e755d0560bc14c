package io.tokenform.report;

import static io.tokenform.plan.PlanWorld.QUIET;
import static io.tokenform.plan.PlanWorld.database;
import static io.tokenform.plan.PlanWorld.id;
import static io.tokenform.plan.PlanWorld.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.plan.Change;
import io.tokenform.plan.PlanWorld;
import io.tokenform.report.text.Style;
import org.junit.jupiter.api.Test;

class DatabaseLinesTest {
  private static Lines.Bound<?> lines(String user, String databases) throws Exception {
    Change change =
        new PlanWorld()
                .with(token(1, "A", Permission.read("orders")))
                .withDatabases(database("orders", "30d"), database("x|`@all`", "90d"))
                .allowing("data-loss")
                .plan(
                    QUIET
                        + "tokens:\n  "
                        + user
                        + ": {id: "
                        + id(1)
                        + ", permissions: {read: [sales, orders]}}\n"
                        + "databases:\n  "
                        + databases
                        + "\n")
                .changes()
                .stream()
                .filter(one -> one.ofDatabase().isPresent())
                .findFirst()
                .orElseThrow();
    return Lines.of(change);
  }

  private static Lines.Bound<?> renamed() throws Exception {
    Change change =
        new PlanWorld()
            .with(token(1, "A", Permission.read("orders")))
            .withDatabases(database("orders", "30d"))
            .plan(
                QUIET
                    + "tokens:\n  \"@all|x\": {id: "
                    + id(1)
                    + ", permissions: {read: [sales]}}\n"
                    + "databases:\n  sales: {renamed: orders, retention: 90d}\n")
            .changes()
            .get(0);
    return Lines.of(change);
  }

  @Test
  void inMarkdownNamesStandInCodeAndWordsDoNot() throws Exception {
    assertThat(renamed().markdown())
        .containsExactly(
            "from `orders`",
            "`\"@all`&#124;`x\"` gets its access under the new name first",
            "retention 30 days becomes 90 days");
    assertThat(
            lines(
                    "a",
                    "old: {partitionTemplate: [{type: tag, value: \"a`b\"}, {type: time,"
                        + " value: \"%Y\"}]}")
                .markdown())
        .contains("partitioned by `tag a`&#96;`b `&#124;` time %Y`, for good");
    assertThat(lines("a", "\"x|`@all`\": {state: deleted}").markdown())
        .startsWith("**deleted with all its data, irreversible**");
  }

  @Test
  void aRenameOfAHostileNameIsHarmless() throws Exception {
    Lines.Bound<?> rename = lines("a", "safe: {renamed: \"x|`@all`\"}");

    assertThat(rename.markdown()).containsExactly("from `\"x`&#124;&#96;`@all`&#96;`\"`");
    assertThat(rename.text(Style.PLAIN)).isEqualTo("      from \"x|`@all`\"\n");
    assertThat(rename.annotation()).isEqualTo("renames the database; from \"x|`@all`\"");
  }

  @Test
  void onATerminalItIsAListOfSentences() throws Exception {
    assertThat(renamed().text(Style.PLAIN))
        .isEqualTo(
            """
                  retention  30 days -> 90 days
                  from orders
                  "@all|x" gets its access under the new name first
            """);
  }
}
