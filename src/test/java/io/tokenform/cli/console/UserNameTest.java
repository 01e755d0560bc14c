package io.tokenform.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Who a journal says has applied. */
class UserNameTest {
  @Test
  void aNameIsTakenAndNobodyAsksForTheNumber() {
    assertThat(
            UserName.of(
                "anna",
                () -> {
                  throw new AssertionError("asked");
                }))
        .isEqualTo("anna");
  }

  @Test
  void aUserWithoutANameHasANumber() {
    assertThat(UserName.of("?", () -> OptionalInt.of(12345))).isEqualTo("uid 12345");
    assertThat(UserName.of(null, () -> OptionalInt.of(0))).isEqualTo("uid 0");
    assertThat(UserName.of(" ", OptionalInt::empty)).isEqualTo("?");
  }
}
