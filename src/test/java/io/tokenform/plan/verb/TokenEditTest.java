package io.tokenform.plan.verb;

import static io.tokenform.plan.verb.VerbWorld.id;
import static io.tokenform.plan.verb.VerbWorld.named;
import static io.tokenform.plan.verb.VerbWorld.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.finding.Located;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Mode;
import io.tokenform.policy.Policy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What somebody wants of one token on the command line. */
class TokenEditTest {
  private static final Permission METRICS = Permission.read("metrics");
  private static final Permission LOGS = Permission.read("logs");
  private static final Permission ALL = Permission.read("*");
  private static final Token LIVE = token(1, "Grafana", METRICS, LOGS);

  private static DesiredToken desired(Token live, TokenEdit edit) {
    Policy policy = edit.policy(named(live));
    assertThat(policy.tokens()).hasSize(1);
    return policy.tokens().get(0);
  }

  private static TokenEdit edit(TokenEdit.Manner manner, Permission... named) {
    return new TokenEdit(Optional.empty(), Permissions.of(named), manner);
  }

  @Test
  void thePolicyMeansThatTokenByItsIdAndIsWrittenNowhere() {
    DesiredToken desired = desired(LIVE, edit(TokenEdit.Manner.REPLACE, METRICS));

    assertThat(desired.name().value()).isEqualTo("Grafana");
    assertThat(desired.id().map(Located::value)).contains(id(1));
    assertThat(desired.mode()).isEqualTo(Mode.AUTHORITATIVE);
    assertThat(desired.where()).hasToString("command line:1:1");
  }

  @Test
  void replacingTakesThePlaceOfAllThatItHas() {
    assertThat(desired(LIVE, edit(TokenEdit.Manner.REPLACE, ALL)).permissions())
        .contains(Permissions.of(ALL));
  }

  @Test
  void addingKeepsWhatItHas() {
    assertThat(desired(LIVE, edit(TokenEdit.Manner.ADD, ALL)).permissions())
        .contains(Permissions.of(METRICS, LOGS, ALL));
  }

  @Test
  void removingLeavesTheOthers() {
    assertThat(desired(LIVE, edit(TokenEdit.Manner.REMOVE, LOGS, ALL)).permissions())
        .contains(Permissions.of(METRICS));
  }

  @Test
  void withoutPermissionsOnlyTheDescriptionChanges() {
    DesiredToken desired =
        desired(
            LIVE, new TokenEdit(Optional.of("Other"), Permissions.NONE, TokenEdit.Manner.REPLACE));

    assertThat(desired.permissions()).isEmpty();
    assertThat(desired.description().map(Located::value)).contains("Other");
    assertThat(desired(LIVE, edit(TokenEdit.Manner.ADD, ALL)).description()).isEmpty();
  }

  @Test
  void whatIsRemovedStaysPossibleWhereTheTokenHasTheSameOnAllDatabases() {
    Token all = token(1, "Grafana", LOGS, METRICS, ALL);

    assertThat(edit(TokenEdit.Manner.REMOVE, METRICS).stillCovered(all)).contains(METRICS);
    assertThat(edit(TokenEdit.Manner.REMOVE, METRICS, ALL).stillCovered(all)).isEmpty();
    assertThat(edit(TokenEdit.Manner.REMOVE, Permission.write("logs")).stillCovered(all)).isEmpty();
    assertThat(edit(TokenEdit.Manner.REMOVE, METRICS).stillCovered(LIVE)).isEmpty();
  }

  @Test
  void aLabelStaysWhateverTheDescription() {
    Token parked = token(1, "Grafana (tokenform: parked 2026-01-01T00:00:00Z INC-42)", METRICS);

    assertThat(
            desired(
                    parked,
                    new TokenEdit(Optional.of("Other"), Permissions.NONE, TokenEdit.Manner.REPLACE))
                .description()
                .map(Located::value))
        .contains("Other (tokenform: parked 2026-01-01T00:00:00Z INC-42)");
  }

  @Test
  void whatARemovalLeavesIsSaid() {
    Token token = token(1, "Orders", ALL, Permission.write("*"), Permission.write("orders"));

    assertThat(edit(TokenEdit.Manner.REMOVE, ALL, Permission.write("*")).left(token))
        .contains(Permissions.of(Permission.write("orders")));
    assertThat(edit(TokenEdit.Manner.REPLACE, ALL).left(token)).isEmpty();
  }

  @Test
  void onlyARemovalIsHeldAgainstAllDatabases() {
    Token all = token(1, "Grafana", ALL);

    assertThat(edit(TokenEdit.Manner.REPLACE, METRICS).stillCovered(all)).isEmpty();
    assertThat(edit(TokenEdit.Manner.ADD, METRICS).stillCovered(all)).isEmpty();
  }
}
