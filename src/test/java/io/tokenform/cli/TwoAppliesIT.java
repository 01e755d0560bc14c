package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.sandbox.RecordedRequest;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two processes of the built distribution apply to one token at once, with one folder of journals.
 * The sandbox holds back each answer, and gives them in a given order: each process asks its next
 * question only when it has the answer to the one before. {@code -Dtwo.applies.orders=N} runs more
 * random orders, {@code -Dtwo.applies.seed=N} others.
 */
@Timeout(1500)
class TwoAppliesIT {
  private static final Path TOKENFORM =
      Path.of("target", "tokenform", "bin", "tokenform").toAbsolutePath();
  private static final TokenId TOKEN = TokenId.parse("00000000-0000-4000-8000-000000000001");

  /** Each asks for tokens and databases, for tokens once more, and sends one change. */
  private static final int CALLS = 4;

  @TempDir Path folder;

  // Guarded by this.
  private final Map<String, RecordedRequest> held = new HashMap<>();

  private final List<String> sent = new ArrayList<>();

  /** That of the issue, both at the same pace, and random ones. */
  static List<String> orders() {
    long seed = Long.getLong("two.applies.seed", 11);
    System.out.println("two.applies.seed=" + seed);
    Random random = new Random(seed);
    List<String> orders = new ArrayList<>(List.of("BBAAAABB", "ABABABAB", "AAABBBBA"));
    for (int i = 0; i < Integer.getInteger("two.applies.orders", 3); i++) {
      StringBuilder order = new StringBuilder();
      for (int call = 0; call < 2 * CALLS; call++) {
        order.append(random.nextBoolean() ? 'A' : 'B');
      }
      orders.add(order.toString());
    }
    return orders;
  }

  @ParameterizedTest
  @MethodSource("orders")
  void nothingIsLost(String order) throws Exception {
    try (Sandbox sandbox =
        Sandbox.start(
            SandboxOptions.builder()
                .seedJson(
                    """
                    {"databases": ["metrics", "logs", "traces"], "tokens": [
                      {"id": "%s", "description": "one",
                       "permissions": [{"action": "read", "resource": "metrics"}]}]}
                    """
                        .formatted(TOKEN))
                .listener(this::hold)
                .build())) {
      // The sandbox is both products, and so tells by the path who asks.
      String dedicated =
          "product: cloud-dedicated, accountId: %s, clusterId: %s, "
              .formatted(sandbox.accountId(), sandbox.clusterId());
      Process a = start(sandbox, "A", dedicated, "logs");
      Process b = start(sandbox, "B", "product: clustered, ", "traces");
      try {
        for (int i = 0; i < order.length(); i++) {
          step(order.substring(i, i + 1), a, b);
        }
        while (a.isAlive() || b.isAlive()) {
          step("A", a, b);
          step("B", a, b);
        }
      } finally {
        a.destroyForcibly();
        b.destroyForcibly();
      }
      List<Integer> exits = List.of(a.exitValue(), b.exitValue());
      String story = order + " " + sent + " " + exits + "\n" + output("A") + output("B");

      assertThat(exits).as(story).isSubsetOf(0, 4).contains(0);
      List<Permission> expected = new ArrayList<>(List.of(Permission.read("metrics")));
      if (exits.equals(List.of(0, 0))) {
        // One has planned on what the other had left, and took it away with open eyes.
        expected.add(Permission.read(sent.get(sent.size() - 1).equals("A") ? "logs" : "traces"));
        assertThat(sent).as(story).hasSize(2);
      } else {
        expected.add(Permission.read(exits.get(0) == 0 ? "logs" : "traces"));
        assertThat(sent).as(story).hasSize(1);
      }
      assertThat(sandbox.token(TOKEN).permissions()).as(story).isEqualTo(Permissions.of(expected));
      assertNoneWasLost(story, exits);
    }
  }

  /** Both complete is right only where the second has shown in its plan that it takes. */
  private void assertNoneWasLost(String story, List<Integer> exits) throws IOException {
    if (exits.equals(List.of(0, 0))) {
      boolean wasALast = sent.get(sent.size() - 1).equals("A");
      assertThat(output(wasALast ? "A" : "B"))
          .as(story)
          .contains("- read  " + (wasALast ? "traces" : "logs"));
    }
  }

  private Process start(Sandbox sandbox, String name, String cluster, String database)
      throws IOException {
    Files.writeString(
        folder.resolve(name + ".yaml"),
        "version: 1\ncluster: {%surl: \"%s\"}\ntokens:\n  one: {id: %s, permissions: {read: [metrics, %s]}}\n"
            .formatted(cluster, sandbox.url(), TOKEN, database));
    ProcessBuilder builder =
        new ProcessBuilder(
                TOKENFORM.toString(),
                "apply",
                "--auto-approve",
                "-f",
                name + ".yaml",
                "--url",
                sandbox.url().toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".out").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("INFLUX_DB_MANAGEMENT_TOKEN", Sandbox.PUBLIC_MANAGEMENT_TOKEN);
    return builder.start();
  }

  /** Answers that process, once it asks; it may be over, or wait for the other one. */
  private void step(String name, Process a, Process b) throws Exception {
    Process process = name.equals("A") ? a : b;
    while (process.isAlive() && !isHeld(name) && !output(name).contains("waiting up to ")) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    synchronized (this) {
      held.remove(name);
      notifyAll();
    }
  }

  private synchronized boolean isHeld(String name) {
    return held.containsKey(name);
  }

  /** Waits until this very request is let go; one that is equal to it may be held after it. */
  @SuppressWarnings("ReferenceEquality")
  private synchronized void hold(RecordedRequest request) {
    String name = request.path().contains("/accounts/") ? "A" : "B";
    if (request.method().equals("PATCH")) {
      sent.add(name);
    }
    held.put(name, request);
    try {
      while (held.get(name) == request) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String output(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".out"));
  }
}
