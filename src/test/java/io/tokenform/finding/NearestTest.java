package io.tokenform.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> WORDS = List.of("metrics", "logs", "Logs", "orders");

  @Test
  void theFewestEditsWinAndTheFirstOfEquals() {
    assertThat(Nearest.to("metric", WORDS)).contains("metrics");
    assertThat(Nearest.to("METRICS", WORDS)).contains("metrics");
    assertThat(Nearest.to("log", WORDS)).contains("logs");
    assertThat(Nearest.to("LOGS", WORDS)).contains("logs");
    assertThat(Nearest.hint("oders", WORDS)).contains("did you mean \"orders\"?");
  }

  @Test
  void whatIsFarIsNotSuggested() {
    assertThat(Nearest.to("traces", WORDS)).isEmpty();
    assertThat(Nearest.to("", WORDS)).isEmpty();
    assertThat(Nearest.to("x".repeat(1_000_000), WORDS)).isEmpty();
    assertThat(Nearest.hint("metrics", List.of())).isEmpty();
  }
}
