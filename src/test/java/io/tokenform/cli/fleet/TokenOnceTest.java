package io.tokenform.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenform.access.Secret;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.options.FoundToken;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TokenOnceTest {
  private final AtomicInteger searches = new AtomicInteger();

  @Test
  void aTokenIsLookedForOnceAtOnce() throws InputException {
    FoundToken token = new FoundToken(Secret.of("a-token"), "somewhere");
    TokenOnce once =
        TokenOnce.of(
            () -> {
              searches.incrementAndGet();
              return token;
            });
    assertThat(searches).hasValue(1);
    assertThat(once.found()).isSameAs(token);
    assertThat(once.found()).isSameAs(token);
    assertThat(searches).hasValue(1);
  }

  @Test
  void whyThereIsNoneIsTheSameEachTimeAndNotLookedForAgain() {
    InputException none = new InputException("the command failed", "run it");
    TokenOnce once =
        TokenOnce.of(
            () -> {
              searches.incrementAndGet();
              throw none;
            });
    assertThatThrownBy(once::found).isSameAs(none);
    assertThatThrownBy(once::found).isSameAs(none);
    assertThat(searches).hasValue(1);
  }
}
