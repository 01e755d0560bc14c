package io.tokenform.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.report.HostileText;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenListTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static final Token GRAFANA =
      new Token(
          TokenId.parse("55555555-5555-4555-8555-555555555555"),
          "Grafana, with \"quotes\"",
          Permissions.of(
              Permission.read("metrics"),
              Permission.read("*"),
              Permission.read("a, b"),
              Permission.write("logs"),
              new Permission(Action.of("admin"), "logs")),
          Optional.of(Instant.parse("2024-02-29T12:30:00Z")),
          Optional.of(Instant.parse("2025-12-31T23:59:59Z")),
          Optional.empty());

  private static final Token FORMULA =
      new Token(
          TokenId.parse("66666666-6666-4666-8666-666666666666"),
          "=cmd|' /C calc'!A0",
          Permissions.NONE,
          Optional.empty(),
          Optional.empty());

  private static final TokenList LIST = new TokenList(List.of(GRAFANA, FORMULA), NOW);

  static List<String> hostileTexts() {
    return HostileText.ALL;
  }

  @Test
  void theTableShowsOtherActionsWhereThereAreAny() {
    assertThat(LIST.table(Style.PLAIN, OptionalInt.empty()))
        .isEqualTo(
            """
            ID                                    DESCRIPTION                 READ                WRITE  OTHER       STATUS   CREATED     EXPIRES
            55555555-5555-4555-8555-555555555555  "Grafana, with \\"quotes\\""  *, "a, b", metrics  logs   admin logs  expired  2024-02-29  2025-12-31
            66666666-6666-4666-8666-666666666666  =cmd|' /C calc'!A0                                                 active
            """);
    assertThat(new TokenList(List.of(FORMULA), NOW).table(Style.PLAIN, OptionalInt.empty()))
        .isEqualTo(
            """
            ID                                    DESCRIPTION         READ  WRITE  STATUS  CREATED  EXPIRES
            66666666-6666-4666-8666-666666666666  =cmd|' /C calc'!A0               active
            """);
  }

  @Test
  void csvIsForSpreadsheetsAndHarmlessThere() {
    assertThat(LIST.csv())
        .isEqualTo(
            """
            id,description,read,write,other,status,created,expires
            55555555-5555-4555-8555-555555555555,"Grafana, with ""quotes""\","*, ""a, b"", metrics",logs,admin logs,expired,2024-02-29T12:30:00Z,2025-12-31T23:59:59Z
            66666666-6666-4666-8666-666666666666,'=cmd|' /C calc'!A0,,,,active,,
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void jsonHasTheFormOfTheApi() {
    assertThat(new TokenDetails(GRAFANA, Optional.empty(), NOW).json())
        .isEqualTo(
            """
            {
              "id" : "55555555-5555-4555-8555-555555555555",
              "description" : "Grafana, with \\"quotes\\"",
              "permissions" : [
                {
                  "action" : "admin",
                  "resource" : "logs"
                },
                {
                  "action" : "read",
                  "resource" : "*"
                },
                {
                  "action" : "read",
                  "resource" : "a, b"
                },
                {
                  "action" : "read",
                  "resource" : "metrics"
                },
                {
                  "action" : "write",
                  "resource" : "logs"
                }
              ],
              "createdAt" : "2024-02-29T12:30:00Z",
              "expiresAt" : "2025-12-31T23:59:59Z",
              "status" : "expired"
            }
            """);
    assertThat(new TokenList(List.of(), NOW).json()).isEqualTo("[ ]\n");
  }

  @Test
  void oneTokenIsShownWhole() {
    assertThat(new TokenDetails(GRAFANA, Optional.empty(), NOW).table(Style.PLAIN))
        .isEqualTo(
            """
            id           55555555-5555-4555-8555-555555555555
            description  "Grafana, with \\"quotes\\""
            status       expired
            created      2024-02-29T12:30:00Z
            expires      2025-12-31T23:59:59Z
            admin        logs
            read         *
                         "a, b"
                         metrics
            write        logs
            """);
    assertThat(new TokenDetails(FORMULA, Optional.empty(), NOW).table(Style.COLOURED))
        .isEqualTo(
            """
            \u001b[1mid\u001b[0m           66666666-6666-4666-8666-666666666666
            \u001b[1mdescription\u001b[0m  "=cmd|' /C calc'!A0"
            \u001b[1mstatus\u001b[0m       active
            \u001b[1mexpires\u001b[0m      never
            \u001b[1mpermissions\u001b[0m  none
            """);
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void hostileTextIsOneHarmlessCellOfOneLine(String hostile) {
    Token token =
        new Token(
            GRAFANA.id(),
            hostile,
            Permissions.of(
                Permission.read(hostile), new Permission(Action.of(hostile + "x"), hostile)),
            Optional.empty(),
            Optional.empty());
    TokenList list = new TokenList(List.of(token), NOW);
    for (int width : new int[] {40, 100, 1_000}) {
      String table = list.table(Style.PLAIN, OptionalInt.of(width));
      if (table.startsWith("ID ")) {
        assertThat(table.lines()).hasSize(2);
      } else {
        // What it says stands below its id, and cannot look like another token.
        assertThat(table).startsWith(token.id() + "\n    ");
        assertThat(table.lines().skip(1)).allMatch(line -> line.startsWith("    "));
      }
      assertThat(table.replace("\n", "").codePoints().allMatch(Printable::isHarmless)).isTrue();
      assertThat(table).contains(token.id().toString(), "active");
    }
    assertThat(list.csv().replace("\r\n", "").codePoints().allMatch(Printable::isHarmless))
        .isTrue();
    assertThat(list.json().replace("\n", "").chars()).allMatch(c -> c >= ' ' && c <= '~');
  }
}
