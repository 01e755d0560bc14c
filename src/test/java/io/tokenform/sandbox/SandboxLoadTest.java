package io.tokenform.sandbox;

import static io.tokenform.sandbox.SandboxClient.CLUSTERED;
import static io.tokenform.sandbox.SandboxClient.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.access.Token;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SandboxLoadTest {
  private static final int THREADS = 8;

  @TempDir Path directory;

  @Test
  @Timeout(1200)
  void tenThousandTokensTakeThousandsOfChangesWithoutRewritingThemEachTime() throws Exception {
    int tokens = 10_000;
    int patches = 2_000;
    Path seed = Files.writeString(directory.resolve("seed.json"), seed(tokens));
    Path state = directory.resolve("sandbox.json");
    SandboxOptions options = SandboxOptions.builder().seedFile(seed).stateFile(state).build();
    try (Sandbox sandbox = Sandbox.start(options)) {
      SandboxClient client = new SandboxClient(sandbox);
      assertThat(new ObjectMapper().readTree(client.get(CLUSTERED + "/tokens").body()))
          .hasSize(tokens);
      long start = System.nanoTime();
      for (int i = 0; i < patches; i++) {
        int status =
            client
                .patch(CLUSTERED + "/tokens/" + uuid(i), "{\"description\": \"changed " + i + "\"}")
                .statusCode();
        assertThat(status).isEqualTo(200);
      }
      // Rewriting the state for each of them would take minutes.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    }
    try (Sandbox sandbox = Sandbox.start(options)) {
      assertThat(sandbox.startedFrom()).isEqualTo(StartedFrom.STATE);
      assertThat(sandbox.tokens()).hasSize(tokens);
      assertThat(sandbox.tokens().stream().limit(patches).map(Token::description))
          .isEqualTo(IntStream.range(0, patches).mapToObj(i -> "changed " + i).toList());
      assertThat(sandbox.token(id(uuid(patches))).description()).isEqualTo("token " + patches);
    }
  }

  @Test
  @Timeout(1200)
  void noChangeOfManyThreadsIsLost() throws Exception {
    int rounds = 100;
    Path state = directory.resolve("sandbox.json");
    SandboxOptions options =
        SandboxOptions.builder().seedJson(seed(THREADS)).stateFile(state).build();
    List<Token> left;
    try (Sandbox sandbox = Sandbox.start(options)) {
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        List<Future<?>> results = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          int thread = i;
          results.add(threads.submit(() -> work(new SandboxClient(sandbox), thread, rounds)));
        }
        for (Future<?> result : results) {
          result.get();
        }
      } finally {
        threads.shutdownNow();
      }
      left = sandbox.tokens();
    }
    assertThat(left).hasSize(THREADS + THREADS * rounds);
    assertThat(left.stream().limit(THREADS).map(Token::description))
        .containsOnly("changed " + (rounds - 1));
    assertThat(left).extracting(Token::id).doesNotHaveDuplicates();
    try (Sandbox sandbox = Sandbox.start(options)) {
      assertThat(sandbox.tokens()).isEqualTo(left);
    }
  }

  private static void work(SandboxClient client, int thread, int rounds) {
    for (int round = 0; round < rounds; round++) {
      String body = "{\"description\": \"changed " + round + "\"}";
      assertThat(client.patch(CLUSTERED + "/tokens/" + uuid(thread), body).statusCode())
          .isEqualTo(200);
      assertThat(client.post(CLUSTERED + "/tokens", body).statusCode()).isEqualTo(200);
      assertThat(client.get(CLUSTERED + "/tokens").statusCode()).isEqualTo(200);
    }
  }

  private static String seed(int tokens) {
    return IntStream.range(0, tokens)
        .mapToObj(
            i ->
                "{\"id\": \"%s\", \"description\": \"token %d\", \"permissions\": [%s, %s]}"
                    .formatted(
                        uuid(i),
                        i,
                        "{\"action\": \"read\", \"resource\": \"metrics\"}",
                        "{\"action\": \"write\", \"resource\": \"logs\"}"))
        .collect(Collectors.joining(",\n", "{\"tokens\": [\n", "]}"));
  }

  private static String uuid(int number) {
    return "00000000-0000-4000-8000-%012d".formatted(number);
  }
}
