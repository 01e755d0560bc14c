package io.tokenform.planfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Action;
import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Product;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.cluster.Endpoints;
import io.tokenform.finding.Allowance;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.plan.Change;
import io.tokenform.plan.GuardrailVerdict;
import io.tokenform.plan.GuardrailVerdict.Source;
import io.tokenform.plan.GuardrailVerdict.Verdict;
import io.tokenform.plan.HeldExpectation;
import io.tokenform.plan.ManagedFields;
import io.tokenform.plan.Plan;
import io.tokenform.plan.RoleOrigins;
import io.tokenform.plan.Update;
import io.tokenform.plan.WaveOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the digest of a plan depends on, one thing at a time. */
class DigestsTest {
  private static final UUID ONE = UUID.fromString("11111111-1111-4111-8111-111111111111");
  private static final UUID TWO = UUID.fromString("22222222-2222-4222-8222-222222222222");
  private static final Permissions READ = Permissions.of(Permission.read("metrics"));
  private static final Permissions WRITE = Permissions.of(Permission.write("metrics"));

  /** A plan's parts, to be changed one by one. */
  private static final class Parts {
    Product product = Product.CLOUD_DEDICATED;
    String url = "https://console.influxdata.com";
    UUID account = ONE;
    UUID cluster = ONE;
    WaveOrder order = WaveOrder.GRANT_FIRST;
    String name = "token";
    TokenId id = new TokenId(ONE);
    ManagedFields before = new ManagedFields(Optional.of("before"), Optional.of(READ));
    ManagedFields after = new ManagedFields(Optional.of("after"), Optional.of(WRITE));
    Location where = place("tokens.yaml", 1);
    List<Diagnostic> findings = new ArrayList<>();
    List<Allowance> allowed = new ArrayList<>();
    List<GuardrailVerdict> guardrails =
        new ArrayList<>(
            List.of(
                verdict(Guardrail.LOCKOUT, Guardrail.Level.DENY, Source.POLICY, "tokens.yaml")));
    List<HeldExpectation> expectations = new ArrayList<>();
    List<Token> unmanaged = new ArrayList<>();

    /** A second change behind the first, which is the same but for its token. */
    boolean twice;

    Plan plan() {
      boolean hasIds = product != Product.CLUSTERED;
      ClusterAddress address =
          new ClusterAddress(
              product,
              ClusterUrl.parse(url),
              Optional.of(account).filter(id -> hasIds),
              Optional.of(cluster).filter(id -> hasIds));
      List<Change> changes = new ArrayList<>(List.of(change(address, name, id)));
      if (twice) {
        changes.add(change(address, "zzz", new TokenId(TWO)));
      }
      return new Plan(
          address,
          order,
          changes,
          List.of(),
          List.of(),
          List.of(),
          unmanaged,
          1,
          0,
          0,
          findings,
          allowed,
          guardrails,
          expectations);
    }

    private Change change(ClusterAddress address, String token, TokenId tokenId) {
      return Update.of(
          Endpoints.of(address),
          new TokenName(token),
          tokenId,
          where,
          "Token",
          before,
          after,
          RoleOrigins.NONE);
    }
  }

  private static Location place(String file, int line) {
    return new Location(new SourceText(file, ""), line, 1, 1);
  }

  private static GuardrailVerdict verdict(
      Guardrail rule, Guardrail.Level level, Source source, String file) {
    return new GuardrailVerdict(rule, level, source, Optional.of(place(file, 1)), Verdict.PASSED);
  }

  private static String digest(Consumer<Parts> difference) {
    Parts parts = new Parts();
    difference.accept(parts);
    return Digests.of(parts.plan());
  }

  private static Permissions read(String... databases) {
    return Permissions.of(List.of(databases).stream().map(Permission::read).toList());
  }

  private static Consumer<Parts> before(Permissions permissions) {
    return parts ->
        parts.before = new ManagedFields(Optional.of("before"), Optional.of(permissions));
  }

  @Test
  void everyPartOfWhatAPlanWouldDoHasAPartInItsDigest() {
    Map<String, Consumer<Parts>> differences = new LinkedHashMap<>();
    differences.put("none", parts -> {});
    differences.put("sandbox", parts -> parts.product = Product.SANDBOX);
    differences.put("clustered", parts -> parts.product = Product.CLUSTERED);
    differences.put("host", parts -> parts.url = "https://elsewhere.example.com");
    differences.put("port", parts -> parts.url = "https://console.influxdata.com:8443");
    differences.put("path", parts -> parts.url = "https://console.influxdata.com/a");
    differences.put(
        "clustered elsewhere",
        parts -> {
          parts.product = Product.CLUSTERED;
          parts.url = "https://elsewhere.example.com";
        });
    differences.put("account", parts -> parts.account = TWO);
    differences.put("cluster", parts -> parts.cluster = TWO);
    differences.put("order", parts -> parts.order = WaveOrder.REVOKE_FIRST);
    differences.put("name", parts -> parts.name = "other");
    differences.put("id", parts -> parts.id = new TokenId(TWO));
    differences.put("one change more", parts -> parts.twice = true);
    differences.put("before", before(read("logs")));
    differences.put("before, two", before(read("a", "b")));
    differences.put("before, two that look like one", before(read("a, read b")));
    differences.put("before, none", before(Permissions.NONE));
    differences.put(
        "before, another action", before(Permissions.of(new Permission(Action.of("read a"), "b"))));
    differences.put(
        "before, another split", before(Permissions.of(new Permission(Action.of("read"), "a b"))));
    differences.put(
        "description before",
        parts -> parts.before = new ManagedFields(Optional.of("else"), Optional.of(READ)));
    differences.put(
        "description after",
        parts -> parts.after = new ManagedFields(Optional.of("else"), Optional.of(WRITE)));
    differences.put(
        "permissions after",
        parts -> parts.after = new ManagedFields(Optional.of("after"), Optional.of(read("logs"))));
    differences.put(
        "no description",
        parts -> {
          parts.before = new ManagedFields(Optional.empty(), Optional.of(READ));
          parts.after = new ManagedFields(Optional.empty(), Optional.of(WRITE));
        });
    differences.put(
        "no permissions",
        parts -> {
          parts.before = new ManagedFields(Optional.of("before"), Optional.empty());
          parts.after = new ManagedFields(Optional.of("after"), Optional.empty());
        });
    differences.put(
        "error",
        parts ->
            parts.findings.add(Diagnostic.error(Code.EXPIRED_TOKEN, place("tokens.yaml", 1), "")));
    differences.put(
        "denied",
        parts ->
            parts.findings.add(
                Diagnostic.warning(Guardrail.LOCKOUT.code(), place("tokens.yaml", 1), "")
                    .asDenied()));
    differences.put("allowed", parts -> parts.allowed.add(Allowance.parse("lockout")));
    differences.put("allowed for one", parts -> parts.allowed.add(Allowance.parse("lockout:a")));
    differences.put("no guardrails", parts -> parts.guardrails.clear());
    differences.put(
        "the platform's guardrail too",
        parts ->
            parts.guardrails.add(
                verdict(Guardrail.LOCKOUT, Guardrail.Level.DENY, Source.PLATFORM, "p.yaml")));
    differences.put(
        "another level",
        parts ->
            parts.guardrails.set(
                0, verdict(Guardrail.LOCKOUT, Guardrail.Level.WARN, Source.POLICY, "tokens.yaml")));
    differences.put(
        "another rule",
        parts ->
            parts.guardrails.set(
                0,
                verdict(Guardrail.WIDENING, Guardrail.Level.DENY, Source.POLICY, "tokens.yaml")));

    differences.put(
        "an expectation",
        parts -> parts.expectations.add(expectation(Source.POLICY, "a", "tokens.yaml", true)));
    differences.put(
        "another expectation",
        parts -> parts.expectations.add(expectation(Source.POLICY, "b", "tokens.yaml", true)));
    differences.put(
        "the platform's expectation",
        parts -> parts.expectations.add(expectation(Source.PLATFORM, "a", "p.yaml", true)));

    Map<String, String> first = new LinkedHashMap<>();
    differences.forEach(
        (what, difference) ->
            assertThat(first.putIfAbsent(digest(difference), what))
                .as("%s has the digest of another", what)
                .isNull());
  }

  @Test
  void timeAndPlaceAndWhatIsElsewhereHaveNoPartInIt() {
    String same = digest(parts -> {});
    assertThat(digest(parts -> parts.where = place("other.yaml", 7))).isEqualTo(same);
    assertThat(
            digest(
                parts ->
                    parts.guardrails.set(
                        0,
                        new GuardrailVerdict(
                            Guardrail.LOCKOUT,
                            Guardrail.Level.DENY,
                            Source.POLICY,
                            Optional.of(place("other.yaml", 7)),
                            Verdict.WARNED))))
        .isEqualTo(same);
    assertThat(
            digest(
                parts ->
                    parts.findings.add(
                        Diagnostic.warning(
                            Guardrail.UNMANAGED_TOKEN.code(), place("tokens.yaml", 1), ""))))
        .isEqualTo(same);
    assertThat(
            digest(
                parts ->
                    parts.unmanaged.add(
                        new Token(new TokenId(TWO), "", READ, Optional.empty(), Optional.empty()))))
        .isEqualTo(same);
  }

  @Test
  void thePlaceOfAnExpectationHasNoPartInIt() {
    assertThat(
            digest(
                parts -> parts.expectations.add(expectation(Source.POLICY, "a", "b.yaml", false))))
        .isEqualTo(
            digest(
                parts -> parts.expectations.add(expectation(Source.POLICY, "a", "a.yaml", true))));
  }

  private static HeldExpectation expectation(
      Source source, String text, String file, boolean holds) {
    return new HeldExpectation(source, text, place(file, file.length()), holds);
  }

  @Test
  void aSandboxIsTheSameWhereverItListens() {
    assertThat(
            digest(
                parts -> {
                  parts.product = Product.SANDBOX;
                  parts.url = "http://127.0.0.1:12345";
                }))
        .isEqualTo(digest(parts -> parts.product = Product.SANDBOX));
  }
}
