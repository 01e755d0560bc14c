package io.tokenform.policy;

import static io.tokenform.policy.DescriptionPattern.Answer.DOES_NOT_FIT;
import static io.tokenform.policy.DescriptionPattern.Answer.FITS;
import static io.tokenform.policy.DescriptionPattern.Answer.UNKNOWN;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DescriptionPatternTest {
  private static DescriptionPattern.Answer answer(String pattern, String description) {
    return DescriptionPattern.compile(pattern).answer(description);
  }

  @Test
  void theWholeDescriptionHasToMatch() {
    assertThat(answer("[a-z]+: .*", "edge: Telegraf")).isEqualTo(FITS);
    assertThat(answer("[a-z]+: .*", "Edge: Telegraf")).isEqualTo(DOES_NOT_FIT);
    assertThat(answer("[a-z]+", "edge: Telegraf")).isEqualTo(DOES_NOT_FIT);
    assertThat(answer("(?i)(?u)\\p{L}+", "\u00c9DGE")).isEqualTo(FITS);
    assertThat(answer(".", "\ud83d\ude00")).isEqualTo(FITS);
  }

  @Test
  void aLongDescriptionIsChecked() {
    assertThat(answer("[a-z ]+", "a ".repeat(50_000))).isEqualTo(FITS);
    assertThat(answer("[a-z ]+", "a ".repeat(50_000) + "A")).isEqualTo(DOES_NOT_FIT);
  }

  @Test
  @Timeout(value = 900, unit = SECONDS)
  void whatWouldTakeTheStackOrTheTimeIsNotFoundOut() {
    assertThat(answer("([a-z]| )+", "a ".repeat(500_000))).isEqualTo(UNKNOWN);
    assertThat(answer("(a+)(a+)(a+)(a+)(a+)\\1b", "a".repeat(200))).isEqualTo(UNKNOWN);
  }

  @Test
  void whatIsNoExpressionIsRefused() {
    assertThatThrownBy(() -> DescriptionPattern.compile("["))
        .isInstanceOf(PatternSyntaxException.class);
    assertThatThrownBy(() -> DescriptionPattern.compile("(".repeat(200_000)))
        .isInstanceOf(PatternSyntaxException.class);
  }
}
