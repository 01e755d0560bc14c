package io.tokenform.sink;

import static io.tokenform.sink.SinkWorld.MANAGEMENT;
import static io.tokenform.sink.SinkWorld.SECRET;
import static io.tokenform.sink.SinkWorld.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command gets, and what becomes of it. */
@Timeout(900)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it needs a shell, links or modes of Unix")
class CommandSinkTest {
  private static final String FAILED =
      "the sink \"vault\" did not store the secret of \"checkout.v2\": ";

  @TempDir Path folder;

  private SinkWorld world;

  @BeforeEach
  void makeWorld() {
    world = new SinkWorld(folder);
  }

  /** A delivery in a thread of its own, which a test can interrupt. */
  private final class Delivery {
    private final CompletableFuture<SinkException> failure = new CompletableFuture<>();
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final Thread thread;

    Delivery(Sink sink) {
      thread =
          new Thread(
              () -> {
                try {
                  failure.complete(world.deliverFails(sink));
                } catch (Throwable e) {
                  failure.completeExceptionally(e);
                }
                interrupted.set(Thread.currentThread().isInterrupted());
              });
      thread.start();
    }

    SinkException interrupt() throws Exception {
      thread.interrupt();
      thread.join();
      assertThat(interrupted).as("the interrupt is kept").isTrue();
      return failure.get();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SECRET,
        "with blanks and a quote ' \" ` $(id) $HOME \\ %s {name}",
        "two\nlines\r\n",
        "é漢字🔑",
        ""
      })
  void standardInputIsExactlyTheSecret(String secret) throws Exception {
    world.program("store", "cat > got");

    world.command("store").deliver(TARGET, Secret.of(secret));

    assertThat(Files.readAllBytes(folder.resolve("got")))
        .isEqualTo(secret.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void wordsAreArgumentsAndNoShellReadsThem() throws Exception {
    world.program("store", "cat > /dev/null", "cat /proc/$$/cmdline > words");

    world.deliver(
        world.command(
            "store",
            "$HOME `id`",
            "a;b",
            "",
            "influx/{cluster}/{name}",
            "{name}{name}",
            "{ name} {id} {.data}"));

    assertThat(Arrays.asList(world.read("words").split("\0", -1)))
        .containsExactly(
            "/bin/sh",
            folder + "/store",
            "$HOME `id`",
            "a;b",
            "",
            "influx/prod-eu/checkout.v2",
            "checkout.v2checkout.v2",
            "{ name} {id} {.data}",
            "");
  }

  @Test
  void whatAPlaceholderStandsForIsNoPlaceholder() throws Exception {
    world.program("store", "echo \"$1\" > word");
    SinkTarget target =
        new SinkTarget(TARGET.name(), "{name}$1", Optional.empty(), "", Optional.empty());

    world.command("store", "{cluster}").deliver(target, Secret.of(SECRET));

    assertThat(world.read("word")).isEqualTo("{name}$1\n");
  }

  @Test
  void theProgramIsNotChosenByAName() throws Exception {
    world.program("checkout.v2", ": > ran");

    SinkException e = world.deliverFails(world.command("{name}"));

    assertThat(e.getMessage()).contains("there is no program \"{name}\"");
    assertThat(folder.resolve("ran")).doesNotExist();
  }

  @Test
  void theEnvironmentIsTheTokenAndTheRunWithoutItsSecrets() throws Exception {
    world.program("store", "cat > /dev/null", "cat /proc/$$/environ > variables");
    world.environment.put("VAULT_ADDR", "https://vault.example.com");
    world.environment.put("INFLUX_DB_MANAGEMENT_TOKEN", "short");
    world.environment.put("INFLUX_DB_MANAGEMENT_TOKEN_PROD_EU", "of a fleet");
    world.environment.put("INFLUXDB3_TOKEN", MANAGEMENT);
    world.environment.put("COPY", "Bearer " + MANAGEMENT);
    world.environment.put("A_NEW_ONE", SECRET);
    world.environment.put("https_proxy", "http://me:" + MANAGEMENT + "@proxy.example.com:3128");
    world.environment.put("TOKENFORM_TOKEN_ID", "of another run");
    world.environment.put("TOKENFORM_JAVA_OPTS", "-Xmx1g");

    world.deliver(world.command("store"));

    List<String> variables = Arrays.asList(world.read("variables").split("\0", 0));
    assertThat(variables)
        .contains(
            "VAULT_ADDR=https://vault.example.com",
            "TOKENFORM_TOKEN_NAME=checkout.v2",
            "TOKENFORM_TOKEN_ID=55555555-5555-4555-8555-555555555555",
            "TOKENFORM_TOKEN_DESCRIPTION=Checkout, $HOME `id` \"production\"",
            "TOKENFORM_TOKEN_CLUSTER=prod-eu",
            "TOKENFORM_TOKEN_EXPIRES_AT=2026-05-01T00:00:00Z",
            "https_proxy=http://me:" + MANAGEMENT + "@proxy.example.com:3128")
        .hasSize(8);
  }

  @Test
  void whatATokenDoesNotHaveIsNoVariable() throws Exception {
    world.program("store", "cat > /dev/null", "cat /proc/$$/environ > variables");
    world.environment.put("TOKENFORM_TOKEN_EXPIRES_AT", "of another run");

    world
        .command("store")
        .deliver(
            new SinkTarget(TARGET.name(), "c", Optional.empty(), "a\0b", Optional.empty()),
            Secret.of(SECRET));

    assertThat(world.read("variables").split("\0", 0))
        .contains("TOKENFORM_TOKEN_DESCRIPTION=a\uFFFDb")
        .noneMatch(variable -> variable.matches("TOKENFORM_TOKEN_(ID|EXPIRES_AT)=.*"));
  }

  @Test
  void oneThatDoesNotReadIsJudgedByItsExitCode() throws Exception {
    world.program("store", "exec <&-", "exit $1");
    // More than a pipe holds.
    Secret large = Secret.of("0123456789abcdef".repeat(1 << 16));

    world.command("store", "0").deliver(TARGET, large);

    assertThat(world.deliverFails(world.command("store", "7")).getMessage())
        .contains("store exited with 7");
  }

  @Test
  void aFailureSaysWhatItPrintedAndHowOftenItWasTried() throws Exception {
    world.program(
        "store", "echo attempt >> attempts", "echo no route to vault >&2", "echo bye", "exit 2");

    SinkException e = world.deliverFails(world.command("store"));

    assertThat(e)
        .hasMessage(FAILED + "store exited with 2, 3 times; it printed: no route to vault | bye");
    assertThat(e.hint().orElseThrow()).contains("sinks.vault", "tokenform doctor --platform FILE");
    assertThat(e.mayBeStored()).isFalse();
    assertThat(world.read("attempts").lines()).hasSize(3);
    assertThat(world.timer.pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(2));
  }

  @Test
  void anotherAttemptGetsTheSecretAgain() throws Exception {
    world.program("store", "if [ -e tried ]; then cat > got; else cat > tried; exit 1; fi");

    world.deliver(world.command("store"));

    assertThat(world.read("tried")).isEqualTo(SECRET);
    assertThat(world.read("got")).isEqualTo(SECRET);
    assertThat(world.timer.pauses).hasSize(1);
  }

  @Test
  void oneWithoutTimeForAnotherAttemptIsTriedOnce() throws Exception {
    world.program("store", "echo attempt >> attempts", "exit 1");
    world.timer.step = Duration.ofSeconds(15);

    SinkException e = world.deliverFails(world.command("store"));

    assertThat(e).hasMessage(FAILED + "store exited with 1");
    assertThat(world.read("attempts").lines()).hasSize(1);
    assertThat(world.timer.pauses).isEmpty();
  }

  @Test
  void aSecretThatItPrintsIsMasked() throws Exception {
    world.program(
        "store",
        "read -r secret",
        "echo \"got $secret\"",
        "printf '%s' \"$secret\" | base64",
        "printf '\\033[31m%s\\033[0m%s\\n' \"${secret%?????????????????}\" \"${secret#"
            + "?".repeat(30)
            + "}\"",
        "exit 1");

    SinkException e = world.deliverFails(world.command("store"));

    assertThat(e.getMessage()).contains("it printed: got [secret] | ");
    for (int i = 0; i + 12 <= SECRET.length(); i++) {
      assertThat(e.getMessage()).doesNotContain(SECRET.substring(i, i + 12));
    }
  }

  @Test
  void ofMuchOutputTheEndIsKept() throws Exception {
    world.program(
        "store",
        "cat > /dev/null",
        "yes 0123456789 | head -c 5000000",
        "echo; echo the end",
        "exit 1");

    SinkException e = world.deliverFails(world.command("store"));

    assertThat(e.getMessage()).endsWith(" | the end").hasSizeLessThan(700);
  }

  @Test
  void oneThatHangsIsStopped() throws Exception {
    world.program("store", "echo waiting for godot", "exec sleep 1000");
    Sink sink = world.command(Duration.ofSeconds(2), List.of(), "store");

    SinkException e = world.deliverFails(sink);

    assertThat(e.getMessage()).startsWith(FAILED + "store did not end within 2s and was stopped");
    assertThat(e.mayBeStored()).isFalse();
    assertThat(world.timer.pauses).isEmpty();
  }

  @Test
  void oneThatPrintsWithoutEndIsStopped() throws Exception {
    world.program("store", "exec yes \"$(cat)\"");
    Sink sink = world.command(Duration.ofSeconds(2), List.of(), "store");

    SinkException e = world.deliverFails(sink);

    assertThat(e.getMessage()).contains("did not end within 2s").hasSizeLessThan(700);
  }

  @Test
  void anInterruptEndsItWithAllThatItStarted() throws Exception {
    world.program(
        "stubborn", "trap '' TERM HUP INT", "echo $$ > \"$1\"", "while :; do sleep 0.1; done");
    // The second one's parent has ended by then.
    world.program("store", "stubborn child &", "(stubborn orphan &)", "echo $$ > self", "wait");
    Delivery delivery = new Delivery(world.command("store"));
    List<String> pids = List.of(world.await("self"), world.await("child"), world.await("orphan"));
    assertThat(pids).allMatch(SinkWorld::runs);

    SinkException e = delivery.interrupt();

    assertThat(e).hasMessage(FAILED + "store was stopped, because the run was interrupted");
    assertThat(e.mayBeStored()).isFalse();
    assertThat(pids).noneMatch(SinkWorld::runs);
  }

  @Test
  void oneThatEndsWhenAskedMayCleanUp() throws Exception {
    world.program(
        "store",
        "trap 'echo cleaned > end; exit 0' TERM",
        "echo > ready",
        "while :; do sleep 0.1; done");
    Delivery delivery = new Delivery(world.command("store"));
    world.await("ready");

    delivery.interrupt();

    assertThat(world.read("end")).isEqualTo("cleaned\n");
  }

  @Test
  void nothingIsStartedAfterAnInterrupt() throws Exception {
    world.program("store", ": > ran");
    Thread.currentThread().interrupt();
    SinkException e;
    try {
      e = world.deliverFails(world.command("store"));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(e.getMessage()).contains("was not started: the run was interrupted");
    assertThat(e.mayBeStored()).isFalse();
    assertThat(folder.resolve("ran")).doesNotExist();
  }

  @Test
  void whatASuccessLeavesRunningIsNotWaitedFor() throws Exception {
    world.program("store", "sleep 1000 &", "echo $! > background");

    world.deliver(world.command("store"));

    String pid = world.await("background");
    assertThat(SinkWorld.runs(pid)).isTrue();
    ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void whatAFailureLeavesRunningEnds() throws Exception {
    world.program("store", "sleep 1000 &", "echo $! > background", "echo no", "exit 1");
    world.timer.step = Duration.ofSeconds(15);

    SinkException e = world.deliverFails(world.command("store"));

    assertThat(e.getMessage()).endsWith("store exited with 1; it printed: no");
    assertThat(SinkWorld.runs(world.await("background"))).isFalse();
  }

  @Test
  void aProgramThatIsNotThereIsNamed() throws Exception {
    Files.writeString(folder.resolve("data"), "no program");

    SinkException none = world.deliverFails(world.command("vauldt", "kv"));
    SinkException data = world.deliverFails(world.command("./data"));

    assertThat(none).hasMessage(FAILED + "there is no program \"vauldt\" in the folders of PATH");
    assertThat(none.hint().orElseThrow())
        .isEqualTo(
            "install it, or correct sinks.vault.command in the platform file, and try: tokenform"
                + " doctor --platform FILE");
    assertThat(none.mayBeStored()).isFalse();
    assertThat(data).hasMessage(FAILED + "\"./data\" is not a file that this user may execute");
  }

  @Test
  void aRelativeFolderOfPathDoesNotCount() throws Exception {
    world.program("store", ": > ran");
    world.environment.put("PATH", ":.:/nowhere:");

    assertThat(world.deliverFails(world.command("store")).getMessage())
        .contains("there is no program \"store\"");
    world.deliver(world.command("./store"));
  }

  @Test
  void oneThatTheSystemDoesNotStartSaysWhy() throws Exception {
    Path file = world.program("store");
    Files.writeString(file, "#!/no/such/interpreter\n");

    SinkException e = world.deliverFails(world.command("store"));

    assertThat(e.getMessage()).containsIgnoringCase("no such file or directory");
    assertThat(e.mayBeStored()).isFalse();
  }

  @Test
  void withoutACheckTheProgramHasToBeThere() throws Exception {
    world.program("store", ": > ran");

    world.command("store").check(TARGET);

    assertThat(folder.resolve("ran")).doesNotExist();
    SinkException e = SinkWorld.fails(() -> world.command("none").check(TARGET));
    assertThat(e)
        .hasMessage(
            "the sink \"vault\" cannot be used: there is no program \"none\" in the folders of"
                + " PATH");
  }

  @Test
  void theCheckRunsWithoutInputInTheSameEnvironment() throws Exception {
    world.program("store", ": > ran");
    world.program("look", "cat > input", "echo \"$TOKENFORM_TOKEN_NAME $1\" > named");

    world.command(Duration.ofMinutes(1), List.of("look", "{cluster}"), "store").check(TARGET);

    assertThat(world.read("input")).isEmpty();
    assertThat(world.read("named")).isEqualTo("checkout.v2 prod-eu\n");
    assertThat(folder.resolve("ran")).doesNotExist();
  }

  @Test
  void aCheckThatFailsIsMadeOnceAndCanBePasted() throws Exception {
    world.program("store");
    world.program("look", "echo attempt >> attempts", "echo permission denied", "exit 2");
    Sink sink = world.command(Duration.ofMinutes(1), List.of("look", "a b", "{name}"), "store");

    SinkException e = SinkWorld.fails(() -> sink.check(TARGET));

    assertThat(e)
        .hasMessage(
            "the sink \"vault\" cannot be used: its check look exited with 2; it printed:"
                + " permission denied");
    assertThat(e.hint().orElseThrow())
        .isEqualTo("run the check by hand, and mend what it says: look 'a b' checkout.v2");
    assertThat(world.read("attempts").lines()).hasSize(1);
  }

  @Test
  void aCheckDoesNotHideThatTheProgramIsMissing() throws Exception {
    world.program("look");
    Sink sink = world.command(Duration.ofMinutes(1), List.of("look"), "none");

    assertThat(SinkWorld.fails(() -> sink.check(TARGET)).getMessage())
        .contains("there is no program \"none\"");
  }

  @Test
  void theCheckOfACheckIsNamed() throws Exception {
    world.program("store");
    Sink sink = world.command(Duration.ofMinutes(1), List.of("none"), "store");

    SinkException e = SinkWorld.fails(() -> sink.check(TARGET));

    assertThat(e.hint().orElseThrow()).contains("sinks.vault.check");
  }
}
