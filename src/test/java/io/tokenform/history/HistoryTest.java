package io.tokenform.history;

import static io.tokenform.access.Permission.read;
import static io.tokenform.access.Permission.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Product;
import io.tokenform.access.SinkName;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.apply.journal.Cause;
import io.tokenform.apply.journal.JournalHeader;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.apply.journal.RecordedChange;
import io.tokenform.apply.journal.Result;
import io.tokenform.cluster.Endpoints;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.live.Live;
import io.tokenform.live.Snapshot;
import io.tokenform.plan.Change;
import io.tokenform.plan.Create;
import io.tokenform.plan.Kind;
import io.tokenform.plan.Making;
import io.tokenform.plan.ManagedFields;
import io.tokenform.plan.Predecessor;
import io.tokenform.plan.RoleOrigins;
import io.tokenform.plan.Rotate;
import io.tokenform.plan.Succession;
import io.tokenform.plan.Update;
import io.tokenform.plan.WaveOrder;
import io.tokenform.policy.SinkDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final ClusterAddress CLUSTER = cluster("https://influxdb.example.com");
  private static final Endpoints ENDPOINTS = Endpoints.of(CLUSTER);
  private static final Location WHERE = new Location(new SourceText("tokens.yaml", ""), 1, 1, 1);
  private static final TokenName NAME = new TokenName("checkout");
  private static final TokenId ID = id(1);
  private static final TokenId NEXT = id(2);

  private final Evidence evidence = new Evidence(CLUSTER);
  private int journals;

  private static ClusterAddress cluster(String url) {
    return new ClusterAddress(
        Product.CLUSTERED, ClusterUrl.parse(url), Optional.empty(), Optional.empty());
  }

  private static TokenId id(int number) {
    return TokenId.parse("00000000-0000-4000-8000-%012d".formatted(number));
  }

  /** The day of that number. */
  private static Instant day(int number) {
    return Instant.EPOCH.plus(Duration.ofDays(number));
  }

  private static Token token(TokenId id, Permissions permissions) {
    return new Token(
        id, "Checkout", permissions, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Token token(TokenId id, Permission... permissions) {
    return token(id, Permissions.of(permissions));
  }

  private static Snapshot snapshot(int day, Token... tokens) {
    return new Snapshot("1.2.3", day(day), new Live(CLUSTER, List.of(tokens), List.of()));
  }

  private RecordedApply apply(ClusterAddress cluster, int begun, int ended, RecordedChange change) {
    return new RecordedApply(
        "j" + ++journals,
        new JournalHeader(
            day(begun),
            "1.2.3",
            "anna",
            Optional.empty(),
            "sha256:0",
            cluster,
            WaveOrder.GRANT_FIRST,
            1,
            Optional.empty(),
            Cause.NONE),
        List.of(change),
        Optional.of(day(ended)),
        Optional.empty(),
        "sha256:" + journals);
  }

  private void applied(int day, RecordedChange change) {
    assertThat(evidence.add(apply(CLUSTER, day, day, change))).isTrue();
  }

  private static Update update(Permissions before, Permissions after) {
    return update(ID, before, after);
  }

  private static Update update(TokenId id, Permissions before, Permissions after) {
    return Update.of(
        ENDPOINTS,
        NAME,
        id,
        WHERE,
        "Checkout",
        new ManagedFields(Optional.empty(), Optional.of(before)),
        new ManagedFields(Optional.empty(), Optional.of(after)),
        RoleOrigins.NONE);
  }

  private static Making making(Permissions permissions, Predecessor... predecessors) {
    return new Making(
        new Succession(
            "Checkout",
            Optional.of(permissions),
            Duration.ofDays(7),
            Duration.ofDays(7),
            List.of(predecessors)),
        Optional.empty(),
        new SinkName("vault"),
        new SinkDefinition.Directory("secrets"),
        Duration.ZERO);
  }

  private static RecordedChange done(Change change) {
    return RecordedChange.started(change).ended(Result.APPLIED, Optional.empty(), true);
  }

  private static RecordedChange made(Change change, TokenId id) {
    return new RecordedChange(
        change, 1, Optional.of(Result.APPLIED), Optional.empty(), true, Map.of(), Optional.of(id));
  }

  private Provenance only(int end, Token token) {
    List<Provenance> all = evidence.until(day(end)).of(token);
    assertThat(all).hasSize(1);
    assertThat(all.get(0).permissions()).isEqualTo(token.permissions());
    return all.get(0);
  }

  @Test
  void withoutEvidenceItIsKnownAsFarBackAsTheLookItself() {
    assertThat(only(9, token(ID, read("logs"))))
        .isEqualTo(
            new Provenance(
                Permissions.of(read("logs")), day(9), Optional.empty(), Optional.empty()));
  }

  @Test
  void theFirstOfTheLooksThatAllShowItCounts() {
    evidence.add(snapshot(7, token(ID, read("logs"))));
    evidence.add(snapshot(3, token(ID)));
    evidence.add(snapshot(5, token(ID, read("logs"), write("logs"))));
    evidence.add(snapshot(1, token(ID, read("logs"))));

    Provenance past = only(9, token(ID, read("logs")));

    assertThat(past.since()).isEqualTo(day(5));
    assertThat(past.missingAt()).contains(day(3));
    assertThat(past.origin()).isEqualTo(Provenance.Origin.UNEXPLAINED);
  }

  @Test
  void aTokenThatWasNotThereHadNothing() {
    evidence.add(snapshot(3, token(NEXT, read("logs"))));

    assertThat(only(9, token(ID, read("logs"))).missingAt()).contains(day(3));
  }

  @Test
  void theChangeThatGaveItIsNamedAndWhatKeptItIsNot() {
    applied(2, done(update(Permissions.NONE, Permissions.of(read("logs")))));
    applied(4, done(update(Permissions.of(read("logs")), Permissions.of(read("logs"), read("a")))));

    List<Provenance> past = evidence.until(day(9)).of(token(ID, read("a"), read("logs")));

    assertThat(past).extracting(Provenance::since).containsExactly(day(4), day(2));
    assertThat(past)
        .extracting(one -> one.gift().orElseThrow().journal())
        .containsExactly("j2", "j1");
    assertThat(past).extracting(Provenance::origin).containsOnly(Provenance.Origin.GIVEN);
  }

  @Test
  void whatWasTakenAndIsThereAgainCameByNoKnownApply() {
    applied(2, done(update(Permissions.NONE, Permissions.of(read("logs")))));
    applied(4, done(update(Permissions.of(read("logs")), Permissions.NONE)));

    Provenance past = only(9, token(ID, read("logs")));

    assertThat(past.origin()).isEqualTo(Provenance.Origin.UNEXPLAINED);
    assertThat(past.missingAt()).contains(day(4));
  }

  @Test
  void aSnapshotThatWasTakenDuringTheApplyDoesNotHideTheGift() {
    evidence.add(
        apply(CLUSTER, 2, 6, done(update(Permissions.NONE, Permissions.of(read("logs"))))));
    evidence.add(snapshot(4, token(ID)));

    Provenance past = only(9, token(ID, read("logs")));

    assertThat(past.gift()).isPresent();
    assertThat(past.since()).isEqualTo(day(2));
  }

  @Test
  void aChangeWithoutAnAnswerPerhapsGaveIt() {
    Update change = update(Permissions.NONE, Permissions.of(read("logs")));
    evidence.add(snapshot(5, token(ID, read("logs"))));
    applied(2, RecordedChange.started(change));

    Provenance past = only(9, token(ID, read("logs")));

    assertThat(past.origin()).isEqualTo(Provenance.Origin.PERHAPS_GIVEN);
    assertThat(past.since()).isEqualTo(day(5));
  }

  @Test
  void whatWasNotSentGaveNothing() {
    Update change = update(Permissions.NONE, Permissions.of(read("logs")));
    applied(2, RecordedChange.started(change).ended(Result.FAILED, Optional.of("refused"), false));

    assertThat(only(9, token(ID, read("logs"))).gift()).isEmpty();
  }

  @Test
  void aSuccessorHasWhatItsForerunnerHadSinceThen() {
    Permissions before = Permissions.of(write("orders"));
    Permissions after = Permissions.of(read("orders"), write("orders"));
    applied(2, made(Create.of(ENDPOINTS, NAME, WHERE, making(before), RoleOrigins.NONE), ID));
    applied(
        5,
        made(
            Rotate.of(
                ENDPOINTS,
                NAME,
                WHERE,
                Rotate.Because.AGE,
                making(after, Predecessor.of(token(ID, before))),
                RoleOrigins.NONE),
            NEXT));

    List<Provenance> past = evidence.until(day(9)).of(token(NEXT, after));

    assertThat(past)
        .extracting(Provenance::permissions)
        .containsExactly(Permissions.of(read("orders")), before);
    assertThat(past)
        .extracting(one -> one.gift().orElseThrow().kind())
        .containsExactly(Kind.ROTATE, Kind.CREATE);
    assertThat(past).extracting(Provenance::since).containsExactly(day(5), day(2));
    // The old one has what it had, for the same reason.
    assertThat(evidence.until(day(9)).of(token(ID, before)))
        .extracting(Provenance::since)
        .containsExactly(day(2));
  }

  @Test
  void whatIsLaterThanTheEndOrOfAnotherClusterDoesNotCount() {
    applied(8, done(update(Permissions.NONE, Permissions.of(read("logs")))));
    evidence.add(snapshot(7, token(ID)));
    ClusterAddress other = cluster("https://other.example.com");
    assertThat(
            evidence.add(
                apply(other, 1, 1, done(update(Permissions.NONE, Permissions.of(read("logs")))))))
        .isFalse();
    assertThat(evidence.add(new Snapshot("1.2.3", day(1), new Live(other, List.of(), List.of()))))
        .isFalse();

    History history = evidence.until(day(6));

    assertThat(history.snapshots()).isZero();
    assertThat(history.applies()).isZero();
    assertThat(history.beginning()).isEqualTo(day(6));
    assertThat(history.of(token(ID, read("logs"))))
        .extracting(Provenance::since)
        .containsExactly(day(6));
  }

  @Test
  void whatIsGivenTwiceCountsOnce() {
    RecordedApply apply =
        apply(CLUSTER, 2, 2, done(update(Permissions.NONE, Permissions.of(read("logs")))));
    evidence.add(apply);
    evidence.add(apply);
    evidence.add(snapshot(3, token(ID, read("logs"))));
    evidence.add(snapshot(3, token(ID, read("logs"))));

    History history = evidence.until(day(9));

    assertThat(history.snapshots()).isEqualTo(1);
    assertThat(history.applies()).isEqualTo(1);
    assertThat(history.beginning()).isEqualTo(day(2));
  }

  @Test
  void ofTheCopiesOfAJournalTheFullestCounts() {
    RecordedApply whole =
        apply(CLUSTER, 2, 3, done(update(Permissions.NONE, Permissions.of(read("logs")))));
    RecordedApply underWay = copy(whole, List.of(), Optional.empty(), "sha256:a");
    RecordedApply changed =
        copy(
            whole,
            List.of(done(update(Permissions.NONE, Permissions.of(read("orders"))))),
            whole.endedAt(),
            "sha256:b");

    assertThat(Copies.of(List.of(underWay, whole)))
        .extracting(Copies::fullest)
        .containsExactly(Optional.of(whole));
    assertThat(
            Copies.of(
                List.of(
                    whole,
                    whole,
                    apply(
                        CLUSTER,
                        3,
                        3,
                        done(update(Permissions.NONE, Permissions.of(read("logs"))))))))
        .extracting(copies -> copies.all().size())
        .containsExactly(2, 1);
    assertThat(Copies.of(List.of(whole, changed)))
        .extracting(Copies::fullest)
        .containsExactly(Optional.empty());
  }

  private static RecordedApply copy(
      RecordedApply whole, List<RecordedChange> changes, Optional<Instant> ended, String digest) {
    return new RecordedApply(
        whole.name(), whole.header(), changes, ended, Optional.empty(), digest);
  }

  /** One token, changed day by day by applies and by hand, and looked at now and then. */
  @Test
  void itSaysWhatHappenedInRandomWorlds() {
    long first = Long.getLong("history.seed", System.nanoTime());
    for (long seed = first; seed < first + 3000; seed++) {
      new RandomWorld(seed).holds();
    }
  }

  private static final class RandomWorld {
    private static final List<Permission> ALL =
        List.of(read("a"), read("b"), read("*"), write("a"));

    private final long seed;
    private final Random random;
    private final Evidence evidence = new Evidence(CLUSTER);
    private final HistoryTest test = new HistoryTest();

    /** What was known of the token: at twice the day before an apply on it, else one later. */
    private final TreeMap<Integer, Permissions> seen = new TreeMap<>();

    /** The journals of the applies, by their days. */
    private final Map<Integer, String> journals = new HashMap<>();

    private int end;

    RandomWorld(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
    }

    private Permissions some() {
      return Permissions.of(ALL.stream().filter(one -> random.nextInt(5) < 3).toList());
    }

    void holds() {
      Permissions now = Permissions.NONE;
      List<Runnable> order = new ArrayList<>();
      end = 3 + random.nextInt(12);
      for (int day = 1; day < end; day++) {
        Permissions before = now;
        switch (random.nextInt(4)) {
          case 0 -> now = some();
          case 1 -> {
            Permissions after = some();
            if (!after.equals(before)) {
              RecordedApply apply = test.apply(CLUSTER, day, day, done(update(before, after)));
              order.add(() -> evidence.add(apply));
              now = after;
              journals.put(day, apply.name());
              seen.put(2 * day, before);
              seen.put(2 * day + 1, after);
            }
          }
          case 2 -> {
            Snapshot look = snapshot(day, token(ID, now));
            order.add(() -> evidence.add(look));
            seen.put(2 * day + 1, now);
          }
          default -> {}
        }
      }
      Collections.shuffle(order, random);
      order.forEach(Runnable::run);
      seen.put(2 * end + 1, now);
      List<Provenance> past = evidence.until(day(end)).of(token(ID, now));
      Permissions told = Permissions.NONE;
      for (Provenance one : past) {
        told = told.union(one.permissions());
        one.permissions().forEach(permission -> holds(permission, one));
      }
      assertThat(told).as("history.seed=" + seed).isEqualTo(now);
    }

    private void holds(Permission permission, Provenance past) {
      int since = end;
      Optional<Integer> missing = Optional.empty();
      Optional<String> journal = Optional.empty();
      for (Map.Entry<Integer, Permissions> known : seen.descendingMap().entrySet()) {
        if (!known.getValue().contains(permission)) {
          boolean isBeforeApply = known.getKey() % 2 == 0;
          journal = Optional.ofNullable(isBeforeApply ? journals.get(since) : null);
          missing = isBeforeApply ? Optional.empty() : Optional.of(known.getKey() / 2);
          break;
        }
        since = known.getKey() / 2;
      }
      String what = "history.seed=" + seed + ", " + permission + " of " + seen;
      assertThat(past.gift().map(Gift::journal)).as(what).isEqualTo(journal);
      assertThat(past.since()).as(what).isEqualTo(day(since));
      assertThat(past.missingAt()).as(what).isEqualTo(missing.map(HistoryTest::day));
    }
  }
}
