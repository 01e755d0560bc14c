package io.tokenform.report.access;

import static io.tokenform.access.Permission.read;
import static io.tokenform.access.Permission.write;
import static io.tokenform.report.access.Reports.NOW;
import static io.tokenform.report.access.Reports.THEN;
import static io.tokenform.report.access.Reports.origin;
import static io.tokenform.report.access.Reports.report;
import static io.tokenform.report.access.Reports.since;
import static io.tokenform.report.access.Reports.snapshot;
import static io.tokenform.report.access.Reports.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.Token;
import io.tokenform.live.Snapshot;
import io.tokenform.report.HostileText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccessFormatsTest {
  private static final String NEWCOMER = "00000000-0000-4000-8000-000000000003";

  private static final Snapshot BEFORE =
      snapshot(
          THEN,
          List.of("orders", "logs"),
          token(1, "=1+1", write("orders"), read("logs")),
          token(2, "left", write("*")));

  private static final Snapshot AFTER =
      snapshot(
          NOW,
          List.of("orders"),
          token(1, "=1+1", write("orders"), read("old"), read("*")),
          token(3, "newcomer", new Permission(new Action("delete"), "orders")));

  @Test
  void aRowForEachTokenEndsWithThoseThatAreGone() {
    assertThat(new TokensCsv().render(since(BEFORE, AFTER)).replace("\r\n", "\n"))
        .isEqualTo(
            """
            id,name,description,owner,policy,managed,state,until,created,expires,read,write,other,beyond policy,below policy,dangling,change,gained,lost
            00000000-0000-4000-8000-000000000001,,'=1+1,,,,active,,2025-02-03T04:05:06Z,,"*, old",orders,,,,old,wider,"read *, read old",
            00000000-0000-4000-8000-000000000003,,newcomer,,,,active,,2025-02-03T04:05:06Z,,,,delete orders,,,,new,delete orders,
            00000000-0000-4000-8000-000000000002,,left,,,,gone,,2025-02-03T04:05:06Z,,,,,,,,gone,,write *
            """);
  }

  @Test
  void aRowForEachGrantSaysHowAndWhatBecameOfIt() {
    assertThat(new GrantsCsv().render(since(BEFORE, AFTER)).replace("\r\n", "\n"))
        .isEqualTo(
            """
            id,name,description,owner,policy,managed,state,until,created,expires,action,database,how,in policy,dangling,change
            00000000-0000-4000-8000-000000000001,,'=1+1,,,,active,,2025-02-03T04:05:06Z,,read,*,*,,,new
            00000000-0000-4000-8000-000000000001,,'=1+1,,,,active,,2025-02-03T04:05:06Z,,read,old,exact,,dangling,new
            00000000-0000-4000-8000-000000000001,,'=1+1,,,,active,,2025-02-03T04:05:06Z,,write,orders,exact,,,
            00000000-0000-4000-8000-000000000003,,newcomer,,,,active,,2025-02-03T04:05:06Z,,delete,orders,exact,,,new
            00000000-0000-4000-8000-000000000002,,left,,,,gone,,2025-02-03T04:05:06Z,,write,*,*,,,gone
            """);
  }

  @Test
  void eachReviewerHasTwoColumnsToFill() {
    AccessReport report =
        Reports.of(Reports.imprint("Ann", "=Bob"), origin(AFTER, null, false), Optional.empty());

    assertThat(new TokensCsv().render(report).lines().toList())
        .first()
        .asString()
        .endsWith(",dangling,decision of Ann,remark of Ann,decision of =Bob,remark of =Bob");
    assertThat(new GrantsCsv().render(report).lines().skip(1))
        .allSatisfy(line -> assertThat(line).endsWith(",,,,"));
  }

  @Test
  void theJsonHasTheFactsAndFollowsItsSchema() throws Exception {
    JsonNode json = json(since(BEFORE, AFTER));

    assertThat(json.at("/glance/dangling").asInt()).isEqualTo(1);
    assertThat(json.at("/tokens/0/dangling/0/resource").asText()).isEqualTo("old");
    assertThat(json.at("/tokens/0/change/kind").asText()).isEqualTo("wider");
    assertThat(json.at("/tokens/1/id").asText()).isEqualTo(NEWCOMER);
    assertThat(json.at("/gone/0/change/lost/0/resource").asText()).isEqualTo("*");
    assertThat(json.at("/databases/1/write/0").asText()).endsWith("1");
    assertThat(json.at("/live/digest").asText()).isEqualTo(AFTER.digest());
    assertThat(json.at("/since/digest").asText()).isEqualTo(BEFORE.digest());
  }

  @Test
  void thePolicyIsInTheJsonToo() throws Exception {
    JsonNode json =
        json(
            report(
                AFTER,
                """
                tokens:
                  one: {id: 00000000-0000-4000-8000-000000000001, owner: me}
                """));

    assertThat(json.at("/tokens/0/name").asText()).isEqualTo("one");
    assertThat(json.at("/tokens/0/policy").asText()).isEqualTo("tokens.yaml:3");
    assertThat(json.at("/tokens/1/managed").asText()).isEqualTo("unmanaged");
    assertThat(json.at("/glance/unmanaged").asInt()).isEqualTo(1);
  }

  @Test
  void hostileTextsStayTextsInEveryForm() throws Exception {
    AccessReport report = report(snapshot(NOW, List.of("orders"), hostile()));

    assertThat(json(report).at("/tokens")).hasSameSizeAs(HostileText.ALL);
    assertThat(new TokensCsv().render(report).split("\r\n")).hasSize(HostileText.ALL.size() + 1);
    String page = new AccessHtml().render(report);
    assertThat(Pattern.compile("(?i)<script|</script|<!--|<img").matcher(page).results().count())
        .as("two scripts with their ends, and nothing of a description")
        .isEqualTo(4);
    assertThat(page).doesNotContain("\u202e", "\u200b", "\u001b");
  }

  @Test
  void thePageAllowsItsOwnStyleAndScriptAndNothingElse() throws Exception {
    String page = new AccessHtml().render(since(BEFORE, AFTER));

    assertThat(page)
        .contains(
            "content=\"default-src 'none'; script-src '"
                + hash(page, "<script>", "</script>")
                + "'; style-src '"
                + hash(page, "<style>", "</style>")
                + "';");
    assertThat(page).doesNotContain(" style=", " onclick=", "http://", "src=");
  }

  @Test
  void readersWithoutScriptsGetWhoMayReadAndWriteEachDatabase() {
    String page = new AccessHtml().render(report(AFTER));

    assertThat(page.substring(page.indexOf("<noscript>"), page.indexOf("</noscript>")))
        .contains(
            "<th scope=\"row\">orders </th><td>",
            "<th scope=\"row\">old gone</th>",
            "<th scope=\"row\">all databases (*) </th><td>nobody</td>");
  }

  @Test
  void setsThatManyTokensShareStandOnceAndLargeOnesAreShort() throws Exception {
    List<String> databases = IntStream.range(0, 500).mapToObj("db-%03d"::formatted).toList();
    Permission[] half =
        IntStream.range(0, 500)
            .filter(i -> i % 2 == 0)
            .mapToObj(i -> write(databases.get(i)))
            .toArray(Permission[]::new);
    Token[] tokens =
        IntStream.range(0, 100).mapToObj(i -> token(i, "token " + i, half)).toArray(Token[]::new);

    JsonNode data =
        new ObjectMapper().readTree(PageData.of(report(snapshot(NOW, databases, tokens))));

    // What exceeds the policy, which there is none of, is the empty set.
    assertThat(data.at("/sets")).hasSize(2);
    String bits = data.at("/sets/0/1").asText();
    assertThat(bits).hasSizeLessThan(90);
    assertThat(BitSet.valueOf(Base64.getDecoder().decode(bits)).stream().boxed().toList())
        .isEqualTo(IntStream.range(0, 250).mapToObj(i -> 2 * i + 1).toList());
  }

  private static Token[] hostile() {
    List<Token> tokens = new ArrayList<>();
    for (String text : HostileText.ALL) {
      String database = text.substring(0, Math.min(20, text.length()));
      tokens.add(token(tokens.size(), text, read(database.isEmpty() ? "x" : database)));
    }
    return tokens.toArray(Token[]::new);
  }

  private static JsonNode json(AccessReport report) throws IOException {
    String text = new AccessJson().render(report);
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("schemas/report.schema.json")));
    assertThat(schema.validate(text, InputFormat.JSON)).as(text).isEmpty();
    return new ObjectMapper().readTree(text);
  }

  /** The hash of what stands between the first such tags. */
  private static String hash(String page, String start, String end) throws Exception {
    Matcher between =
        Pattern.compile(Pattern.quote(start) + "(.*?)" + Pattern.quote(end), Pattern.DOTALL)
            .matcher(page);
    assertThat(between.find()).isTrue();
    byte[] text = between.group(1).getBytes(StandardCharsets.UTF_8);
    String hash =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(text));
    // The template escapes more than it must.
    return "sha256-" + hash.replace("=", "&#x3D;");
  }
}
