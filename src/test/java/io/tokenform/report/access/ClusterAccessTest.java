package io.tokenform.report.access;

import static io.tokenform.access.Permission.read;
import static io.tokenform.access.Permission.write;
import static io.tokenform.report.access.Reports.IMPRINT;
import static io.tokenform.report.access.Reports.NOW;
import static io.tokenform.report.access.Reports.THEN;
import static io.tokenform.report.access.Reports.id;
import static io.tokenform.report.access.Reports.snapshot;
import static io.tokenform.report.access.Reports.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenListing;
import io.tokenform.access.UnreadableToken;
import io.tokenform.live.Live;
import io.tokenform.live.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ClusterAccessTest {
  private static final List<String> DATABASES = List.of("orders", "metrics");

  @Test
  void onlyTokensThatWorkAreReportedByTheirDescriptions() {
    ClusterAccess report =
        report(
            snapshot(
                NOW,
                DATABASES,
                token(1, "b"),
                token(2, "a"),
                token(3, "revoked", null, NOW),
                token(4, "expired", NOW, null)));

    assertThat(report.tokens()).extracting(ReportedToken::text).containsExactly("a", "b");
    assertThat(report.glance().tokens()).isEqualTo(2);
    assertThat(report.glance().leftOut()).isEqualTo(2);
  }

  @Test
  void aTokenThatCannotBeReadIsCountedUnlessItWasRevoked() {
    List<UnreadableToken> odd =
        List.of(
            new UnreadableToken(1, Optional.of(id(8)), Optional.empty(), false, "odd"),
            new UnreadableToken(2, Optional.of(id(9)), Optional.empty(), true, "odd"));
    Live live = snapshot(NOW, DATABASES, token(1, "a")).live();
    ClusterAccess report =
        report(
            new Snapshot(
                "1.2.3",
                NOW,
                new Live(live.cluster(), new TokenListing(live.tokens(), odd), live.databases())));

    assertThat(report.glance().unreadable()).isEqualTo(1);
    assertThat(new AccessHtml().render(AccessReport.of(IMPRINT, report)))
        .contains("1 token cannot be read, is left out, and may do anything");
  }

  @Test
  void eachDatabaseHasThoseThatNameItAndTheAsteriskHasItsOwn() {
    ClusterAccess report =
        report(
            snapshot(
                NOW,
                DATABASES,
                token(1, "a", write("orders"), read("orders")),
                token(2, "b", write("*")),
                token(3, "c", read("*"), write("orders"))));

    assertThat(report.databases())
        .extracting(DatabaseAccess::name)
        .containsExactly("metrics", "orders");
    assertThat(texts(report.databases().get(0).writers())).isEmpty();
    assertThat(texts(report.databases().get(1).writers())).containsExactly("a", "c");
    assertThat(texts(report.databases().get(1).readers())).containsExactly("a");
    assertThat(texts(report.all().writers())).containsExactly("b");
    assertThat(texts(report.all().readers())).containsExactly("c");
    assertThat(report.glance().allWriters()).isEqualTo(1);
    assertThat(report.glance().allReaders()).isEqualTo(1);
    assertThat(report.glance().databases()).isEqualTo(2);
  }

  @Test
  void aDatabaseThatIsGoneDanglesWhateverTheAction() {
    ClusterAccess report =
        report(
            snapshot(
                NOW,
                DATABASES,
                token(1, "a", read("old"), read("orders")),
                token(2, "b", new Permission(new Action("delete"), "older")),
                token(3, "c", read("*"))));

    assertThat(report.databases())
        .extracting(DatabaseAccess::name, DatabaseAccess::isLive)
        .containsExactly(
            tuple("metrics", true),
            tuple("old", false),
            tuple("older", false),
            tuple("orders", true));
    assertThat(report.dangling()).containsExactlyInAnyOrder("old", "older");
    assertThat(report.glance().dangling()).isEqualTo(2);
    assertThat(report.glance().goneDatabases()).isEqualTo(2);
    assertThat(report.glance().databases()).isEqualTo(2);
  }

  @Test
  void aTokenExpiresSoonOnItsLastThirtyDaysAndNotBefore() {
    ClusterAccess report =
        report(
            snapshot(
                NOW,
                DATABASES,
                token(1, "soon", NOW.plus(Duration.ofDays(30)), null),
                token(2, "later", NOW.plus(Duration.ofDays(30)).plusSeconds(1), null),
                token(3, "never")));

    assertThat(report.glance().expiring()).isEqualTo(1);
    assertThat(report.glance().neverExpire()).isEqualTo(1);
  }

  @Test
  void labelsAreStatesAndNoPartOfTheText() {
    ClusterAccess report =
        report(
            snapshot(
                NOW,
                DATABASES,
                token(1, "a (tokenform: pending 3f9a1c)"),
                token(2, "b (tokenform: retiring until 2026-02-01T00:00:00Z)"),
                token(3, "c (tokenform: retired until 2026-02-01T00:00:00Z)"),
                token(4, "d (tokenform: parked 2026-01-01T00:00:00Z INC-1)"),
                token(5, "e")));

    assertThat(report.tokens())
        .extracting(ReportedToken::text, ReportedToken::state)
        .contains(
            tuple("b", "retiring"),
            tuple("c", "retired"),
            tuple("d", "parked"),
            tuple("e", "active"));
    assertThat(report.glance().ending()).isEqualTo(2);
    assertThat(report.glance().parked()).isEqualTo(1);
  }

  @Test
  void aPolicySaysTheNameTheOwnerAndThePlaceAndWhatIsUnmanaged() throws Exception {
    ClusterAccess report =
        report(
            snapshot(NOW, DATABASES, token(1, "a"), token(2, "b"), token(3, "c"), token(4, "c")),
            """
            tokens:
              first: {id: 00000000-0000-4000-8000-000000000001, owner: team-a}
              third: {description: c}
            """);

    ReportedToken first = report.tokens().get(0);
    assertThat(first.name()).contains("first");
    assertThat(first.owner()).contains("team-a");
    assertThat(first.place()).contains("tokens.yaml:3");
    assertThat(report.tokens())
        .extracting(token -> token.standing().orElseThrow())
        .containsExactly(
            Standing.MANAGED, Standing.UNMANAGED, Standing.AMBIGUOUS, Standing.AMBIGUOUS);
    assertThat(report.glance().unmanaged()).hasValue(1);
    assertThat(report.glance().ambiguous()).hasValue(2);
  }

  @Test
  void withoutAPolicyNothingIsUnmanaged() {
    ClusterAccess report = report(snapshot(NOW, DATABASES, token(1, "a")));

    assertThat(report.glance().unmanaged()).isEqualTo(OptionalInt.empty());
    assertThat(report.tokens().get(0).standing()).isEmpty();
    assertThat(report.tokens().get(0).change()).isEmpty();
    assertThat(report.hasPolicy()).isFalse();
  }

  @Test
  void changesOfAccessAreToldWithTheAsteriskUnderstood() {
    ClusterAccess report =
        since(
            snapshot(
                THEN,
                List.of("orders", "gone"),
                token(1, "wider", read("orders")),
                token(2, "narrower", read("*")),
                token(3, "both", read("orders")),
                token(4, "the same", read("*"), read("orders")),
                token(5, "only renamed", read("orders")),
                token(6, "removed", write("orders")),
                token(7, "revoked", write("orders")),
                token(8, "has expired", NOW, null, read("gone")),
                token(9, "was expired", THEN, null, read("orders"))),
            snapshot(
                NOW,
                DATABASES,
                token(1, "wider", read("*")),
                token(2, "narrower", read("orders")),
                token(3, "both", write("orders")),
                token(4, "the same", read("*")),
                token(5, "renamed", read("orders")),
                token(7, "revoked", null, NOW, write("orders")),
                token(8, "has expired", NOW, null, read("gone")),
                token(10, "new", read("metrics"))));

    assertThat(report.tokens())
        .extracting(
            ReportedToken::text, token -> token.change().map(AccessChange::kind).orElse(null))
        .containsExactly(
            tuple("both", AccessChange.Kind.BOTH),
            tuple("narrower", AccessChange.Kind.NARROWER),
            tuple("new", AccessChange.Kind.NEW),
            tuple("renamed", null),
            tuple("the same", null),
            tuple("wider", AccessChange.Kind.WIDER));
    assertThat(report.tokens().get(0).change())
        .contains(
            new AccessChange(
                AccessChange.Kind.BOTH,
                Permissions.of(write("orders")),
                Permissions.of(read("orders"))));
    assertThat(report.tokens().get(5).change().orElseThrow().gained())
        .isEqualTo(Permissions.of(read("*")));
    assertThat(report.gone())
        .extracting(ReportedToken::text, ReportedToken::state, ReportedToken::isGone)
        .containsExactly(
            tuple("has expired", "expired", true),
            tuple("removed", "gone", true),
            tuple("revoked", "revoked", true));
    assertThat(report.gone().get(1).token().id()).isEqualTo(id(6));
    assertThat(report.gone().get(1).permissions()).isEqualTo(Permissions.NONE);
    assertThat(report.gone().get(1).change().orElseThrow().lost())
        .isEqualTo(Permissions.of(write("orders")));
    assertThat(report.databases())
        .extracting(DatabaseAccess::name, DatabaseAccess::isNew)
        .containsExactly(tuple("metrics", true), tuple("orders", false));
    assertThat(report.changed(AccessChange.Kind.GONE)).isEqualTo(3);
    assertThat(report.changed(AccessChange.Kind.WIDER)).isEqualTo(1);
  }

  @Test
  void whatATokenMayDoBeyondItsPolicyWasNotReviewed() throws Exception {
    ClusterAccess report =
        report(
            snapshot(
                NOW,
                DATABASES,
                token(1, "a", read("metrics"), write("orders")),
                token(2, "b", read("metrics")),
                token(3, "c", write("orders")),
                token(4, "d", read("orders")),
                token(5, "e", write("*"))),
            """
            tokens:
              a: {id: 00000000-0000-4000-8000-000000000001, permissions: {read: ["*"]}}
              b: {id: 00000000-0000-4000-8000-000000000002, permissions: {read: [metrics, orders]}}
              c: {id: 00000000-0000-4000-8000-000000000003, permissions: {write: [orders]}}
              d: {id: 00000000-0000-4000-8000-000000000004, description: d}
            """);

    assertThat(report.tokens())
        .extracting(ReportedToken::beyondPolicy)
        .containsExactly(
            Permissions.of(write("orders")),
            Permissions.NONE,
            Permissions.NONE,
            Permissions.of(read("orders")),
            Permissions.NONE);
    assertThat(report.tokens())
        .extracting(ReportedToken::belowPolicy)
        .containsExactly(
            Permissions.of(read("*")),
            Permissions.of(read("orders")),
            Permissions.NONE,
            Permissions.NONE,
            Permissions.NONE);
    assertThat(report.beyondPolicy()).isEqualTo(2);
    assertThat(report.belowPolicy()).isEqualTo(2);
    assertThat(new GrantsCsv().render(AccessReport.of(IMPRINT, report)))
        .contains(",read,metrics,exact,yes,", ",write,orders,exact,no,", ",write,*,*,no,");
  }

  private static ClusterAccess report(Snapshot live) {
    return Reports.report(live).clusters().get(0);
  }

  private static ClusterAccess report(Snapshot live, String policy) throws Exception {
    return Reports.report(live, policy).clusters().get(0);
  }

  private static ClusterAccess since(Snapshot since, Snapshot live) {
    return Reports.since(since, live).clusters().get(0);
  }

  private static List<String> texts(List<ReportedToken> tokens) {
    return tokens.stream().map(ReportedToken::text).toList();
  }
}
