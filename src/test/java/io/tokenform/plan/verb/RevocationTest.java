package io.tokenform.plan.verb;

import static io.tokenform.plan.verb.VerbWorld.NOW;
import static io.tokenform.plan.verb.VerbWorld.id;
import static io.tokenform.plan.verb.VerbWorld.lines;
import static io.tokenform.plan.verb.VerbWorld.named;
import static io.tokenform.plan.verb.VerbWorld.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is revoked, once each and under names of its own. */
class RevocationTest {
  private static final Token GONE =
      new Token(id(9), "Gone", Permissions.NONE, Optional.empty(), Optional.of(NOW));

  @Test
  void eachTokenIsRevokedOnceAndHasANameOfItsOwn() {
    Revocation revocation = new Revocation();
    revocation.add(named(token(1, "Batch")));
    revocation.add(named(token(2, "Batch (tokenform: retiring until 2026-01-05T00:00:00Z)")));
    revocation.add(named(token(1, "Batch")));
    revocation.add(named(GONE));

    assertThat(lines(revocation.policy())).containsExactly("Batch 1 revoked", id(2) + " 2 revoked");
    assertThat(revocation.done()).containsExactly(GONE);
    assertThat(revocation.open()).hasSize(2);
  }
}
