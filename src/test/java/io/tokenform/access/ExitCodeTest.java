package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
  @Test
  void ofSeveralTheOrderIs1And3And4And2And0() {
    List<Integer> codes = new ArrayList<>(List.of(1, 3, 4, 2, 0));
    while (!codes.isEmpty()) {
      List<Integer> shuffled = new ArrayList<>(codes);
      Collections.reverse(shuffled);
      assertThat(ExitCode.worst(shuffled)).isEqualTo(codes.get(0));
      codes.remove(0);
    }
    assertThat(ExitCode.worst(Set.of())).isEqualTo(ExitCode.OK);
    // The whole run was interrupted, whatever else there is.
    assertThat(ExitCode.worst(Set.of(0, 1, ExitCode.INTERRUPTED))).isEqualTo(ExitCode.INTERRUPTED);
  }
}
