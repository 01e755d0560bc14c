package io.tokenform.apply;

import static io.tokenform.apply.ApplyWorld.HASTY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.apply.journal.ApplyResult;
import io.tokenform.apply.journal.JournalException;
import io.tokenform.apply.journal.Journals;
import io.tokenform.apply.journal.LockWait;
import io.tokenform.cluster.HttpManagementApi;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.live.Live;
import io.tokenform.plan.Plan;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.testing.Apis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two applies at once with one folder of journals, through the real client and the real sandbox:
 * each call of either is held, and they are let go in every possible order. Whatever the order,
 * both together do what they would do one after the other, or one of them finds its plan stale.
 */
@Timeout(1200)
class TwoAppliesTest {
  private static final String SEED =
      """
      {"databases": ["metrics", "logs", "traces"], "tokens": [
        {"id": "00000000-0000-4000-8000-000000000001", "description": "one",
         "permissions": [{"action": "read", "resource": "metrics"}]},
        {"id": "00000000-0000-4000-8000-000000000002", "description": "two",
         "permissions": [{"action": "read", "resource": "metrics"}]}]}
      """;

  private static final String ONE = "  one: {id: 00000000-0000-4000-8000-000000000001, %s}\n";
  private static final String TWO = "  two: {id: 00000000-0000-4000-8000-000000000002, %s}\n";

  @TempDir Path folder;

  /** How an apply ended. */
  private enum End {
    COMPLETE,
    STALE,
    REFUSED
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "the same token    | 'permissions: {read: [metrics, logs]}' | -"
            + " | 'permissions: {read: [metrics, traces]}' | -",
        "additive          | 'mode: additive, permissions: {read: [logs]}' | -"
            + " | 'mode: additive, permissions: {read: [traces]}' | -",
        "the same plan     | 'permissions: {read: [logs]}' | -"
            + " | 'permissions: {read: [logs]}' | -",
        "grant and take    | 'permissions: {read: [metrics, logs]}' | -"
            + " | 'permissions: {}' | -",
        "different fields  | 'description: A' | - | 'permissions: {read: [logs]}' | -",
        "different tokens  | 'permissions: {read: [logs]}' | - | - | 'permissions: {read: [logs]}'",
        "one of two tokens | 'permissions: {read: [metrics, logs]}' | 'description: A'"
            + " | - | 'description: B'",
        "two of two tokens | 'permissions: {read: [metrics, logs]}' | 'permissions: {write:"
            + " [logs]}' | 'permissions: {read: [metrics, traces]}' | 'permissions: {write:"
            + " [traces]}'",
      })
  void inEveryOrderNothingIsLost(String name, String a1, String a2, String b1, String b2)
      throws Exception {
    String a = policy(a1, a2);
    String b = policy(b1, b2);
    List<Map<String, String>> serial =
        List.of(serially(a, b), serially(b, a), serially(a), serially(b));
    int orders = 0;
    int stale = 0;
    List<Integer> prefix = new ArrayList<>();
    while (prefix != null) {
      Race race = new Race(a, b, Duration.ofSeconds(60), prefix);
      orders++;
      assertThat(race.ends).as(race.trace()).doesNotContainNull();
      assertThat(race.state).as(race.trace()).isEqualTo(race.expected(serial));
      assertThat(race.ends).as(race.trace()).contains(End.COMPLETE);
      assertThat(race.ends).as(race.trace()).doesNotContain(End.REFUSED);
      stale += race.ends.contains(End.STALE) ? 1 : 0;
      prefix = next(race.choices, race.widths);
    }
    assertThat(orders).as("orders").isGreaterThanOrEqualTo(20);
    assertThat(stale > 0).isEqualTo(!name.startsWith("different"));
  }

  /** Who does not wait for the lock is refused, and has sent nothing. */
  @Test
  void inEveryOrderWhoDoesNotWaitIsRefusedOrStale() throws Exception {
    String a = policy("permissions: {read: [metrics, logs]}", "-");
    String b = policy("permissions: {read: [metrics, traces]}", "-");
    List<Map<String, String>> serial =
        List.of(serially(a, b), serially(b, a), serially(a), serially(b));
    int refused = 0;
    List<Integer> prefix = new ArrayList<>();
    while (prefix != null) {
      Race race = new Race(a, b, Duration.ZERO, prefix);
      assertThat(race.state).as(race.trace()).isEqualTo(race.expected(serial));
      refused += race.ends.contains(End.REFUSED) ? 1 : 0;
      prefix = next(race.choices, race.widths);
    }
    assertThat(refused).isPositive();
  }

  /** The next order, in which the last choice that can be is another one; null after the last. */
  private static List<Integer> next(List<Integer> choices, List<Integer> widths) {
    for (int i = choices.size() - 1; i >= 0; i--) {
      if (choices.get(i) + 1 < widths.get(i)) {
        List<Integer> prefix = new ArrayList<>(choices.subList(0, i));
        prefix.add(choices.get(i) + 1);
        return prefix;
      }
    }
    return null;
  }

  private static String policy(String one, String two) {
    return "version: 1\ntokens:\n"
        + (one.equals("-") ? "" : ONE.formatted(one))
        + (two.equals("-") ? "" : TWO.formatted(two));
  }

  /** What is left when these are planned and applied one after the other. */
  private Map<String, String> serially(String... policies) throws Exception {
    try (Sandbox sandbox = sandbox()) {
      for (String policy : policies) {
        try (ManagementApi api = api(sandbox)) {
          Path where = Files.createTempDirectory(folder, "serial").resolve("journal");
          apply(sandbox, api, policy, where, LockWait.NONE);
        }
      }
      return state(sandbox);
    }
  }

  private static End apply(
      Sandbox sandbox, ManagementApi api, String policy, Path journals, LockWait wait)
      throws Exception {
    Plan plan =
        ApplyWorld.plan(
            policy, new Live(address(sandbox), api.listTokens(), api.listDatabases().names()));
    try {
      ApplyResult result =
          new Applier(api, new ApplyOptions(1, false, wait), outcome -> {})
              .apply(plan, new Journals(journals, Clock.systemUTC()), ApplyWorld.header(plan));
      return result.isComplete() ? End.COMPLETE : null;
    } catch (StalePlanException e) {
      return End.STALE;
    } catch (JournalException e) {
      return End.REFUSED;
    }
  }

  private static Sandbox sandbox() {
    return Sandbox.start(SandboxOptions.builder().seedJson(SEED).build());
  }

  private static ClusterAddress address(Sandbox sandbox) {
    return Apis.clustered(ClusterUrl.parse(sandbox.url().toString()));
  }

  private static ManagementApi api(Sandbox sandbox) {
    return new HttpManagementApi(
        address(sandbox), sandbox.managementToken(), Apis.patient(HASTY).withParallelism(1));
  }

  private static Map<String, String> state(Sandbox sandbox) {
    Map<String, String> state = new TreeMap<>();
    for (Token token : sandbox.tokens()) {
      Permissions permissions = token.permissions();
      state.put(token.id().toString(), token.description() + " " + permissions);
    }
    return state;
  }

  /** Two applies, each with a client and journals of its own, in one order of their calls. */
  private final class Race {
    final List<Integer> choices = new ArrayList<>();
    final List<Integer> widths = new ArrayList<>();
    final Map<String, String> state;
    List<End> ends = new ArrayList<>();
    int firstToSend = -1;
    private final List<String> trace = new ArrayList<>();
    private final Contender[] contenders;

    /**
     * @param prefix the first choices between those that could go on; the first one later
     */
    Race(String a, String b, Duration limit, List<Integer> prefix) throws Exception {
      Path where = Files.createTempDirectory(folder, "race").resolve("journal");
      try (Sandbox sandbox = sandbox()) {
        contenders =
            new Contender[] {
              new Contender("A", sandbox, a, where, limit),
              new Contender("B", sandbox, b, where, limit)
            };
        while (true) {
          List<Contender> ready = quiescent();
          if (ready.isEmpty()) {
            break;
          }
          int choice = choices.size() < prefix.size() ? prefix.get(choices.size()) : 0;
          choices.add(choice);
          widths.add(ready.size());
          Contender next = ready.get(choice);
          trace.add(next.name + " " + next.held());
          if (firstToSend < 0 && next.held().startsWith("update")) {
            firstToSend = next == contenders[0] ? 0 : 1;
          }
          next.release();
        }
        for (Contender contender : contenders) {
          contender.join();
          ends.add(contender.end);
        }
        state = state(sandbox);
      }
    }

    /** What is left if those that are complete came one after the other. */
    Map<String, String> expected(List<Map<String, String>> serial) {
      if (ends.equals(List.of(End.COMPLETE, End.COMPLETE))) {
        return serial.get(firstToSend);
      }
      return serial.get(ends.get(0) == End.COMPLETE ? 2 : 3);
    }

    String trace() {
      return trace + " " + ends;
    }

    /** Waits until neither goes on by itself, and answers those that are held before a call. */
    private List<Contender> quiescent() throws InterruptedException {
      Contender a = contenders[0];
      Contender b = contenders[1];
      boolean rest = false;
      while (!rest) {
        // Asked first: who ends meanwhile lets the other one go on.
        boolean isAOver = a.isOver;
        boolean isBOver = b.isOver;
        rest = (isAOver || a.rests(isBOver)) && (isBOver || b.rests(isAOver));
        Thread.onSpinWait();
      }
      List<Contender> ready = new ArrayList<>();
      for (Contender contender : contenders) {
        if (contender.held() != null) {
          ready.add(contender);
        }
      }
      return ready;
    }
  }

  /** One of the two applies, on a thread of its own. */
  private static final class Contender {
    private final String name;
    private final Thread thread;
    private volatile boolean waitsForTheLock;
    private volatile boolean isOver;
    private volatile End end;

    // Guarded by this.
    private String held;

    Contender(String name, Sandbox sandbox, String policy, Path journals, Duration limit) {
      this.name = name;
      LockWait wait =
          new LockWait(limit, Duration.ofMillis(1), Duration.ZERO, () -> waitsForTheLock = true);
      thread =
          new Thread(
              () -> {
                try (ManagementApi api = new WatchedApi(api(sandbox), this::hold)) {
                  end = apply(sandbox, api, policy, journals, wait);
                } catch (Exception e) {
                  throw new AssertionError(e);
                } finally {
                  isOver = true;
                }
              },
              name);
      thread.start();
    }

    private synchronized void hold(String call) {
      waitsForTheLock = false;
      held = call;
      try {
        while (held != null) {
          wait();
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    synchronized String held() {
      return held;
    }

    synchronized void release() {
      held = null;
      notifyAll();
    }

    /** Whether it is held, or waits for a lock that the other one has. */
    boolean rests(boolean isOtherOver) {
      return held() != null || (waitsForTheLock && !isOtherOver);
    }

    void join() throws InterruptedException {
      thread.join();
    }
  }
}
