package io.tokenform.export.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.export.terraform.StateToken.SecretKept;
import io.tokenform.testing.Apis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class HandoverTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final UUID OTHER = UUID.fromString("99999999-0000-4000-8000-000000000000");

  private static final ClusterAddress DEDICATED =
      Apis.dedicated(ClusterUrl.parse("https://console.influxdata.com"));

  private static final ClusterAddress CLUSTERED =
      Apis.clustered(ClusterUrl.parse("https://cluster.example.com"));

  private final List<Token> live = new ArrayList<>();
  private final List<StateToken> state = new ArrayList<>();
  private ClusterAddress cluster = DEDICATED;
  private boolean isOpenTofu;
  private UnaryOperator<String> mask = UnaryOperator.identity();

  @Test
  void workingTokensAreNamedAfterTheirAddresses() {
    live(1, "A");
    live(2, "B");
    live(3, "C");
    inState("influxdb3_token.edge[\"berlin\"]", 1);
    inState("module.orders.influxdb3_token.writer", 2);

    assertThat(handover().names()).isEqualTo(Map.of(id(1), "edge-berlin", id(2), "orders-writer"));
    assertThat(text().remarks()).isEmpty();
  }

  @Test
  void whatNoPolicyCanTakeOverIsSaid() {
    live.add(token(1, "Revoked", Optional.empty(), Optional.of(NOW)));
    live.add(token(2, "Expired", Optional.of(NOW), Optional.empty()));
    live(3, "Parked (tokenform: parked 2025-12-31T00:00:00Z leaked)");
    inState("influxdb3_token.revoked", 1);
    inState("influxdb3_token.expired", 2);
    inState("influxdb3_token.parked", 3);
    inState("influxdb3_token.gone", 4);
    add("influxdb3_token.other", true, Optional.of(id(5)), Optional.of(OTHER), false);
    add("influxdb3_core_token.odd", true, Optional.empty(), Optional.empty(), false);

    assertThat(handover().names()).isEmpty();
    assertThat(text().remarks())
        .containsExactly(
            "not exported: influxdb3_core_token.odd has no id of a database token in the state",
            "not exported: influxdb3_token.expired (00000002-0000-4000-8000-000000000000) has"
                + " expired",
            "not exported: influxdb3_token.gone (00000004-0000-4000-8000-000000000000) is not on"
                + " this cluster: it is gone, or is another cluster's",
            "not exported: influxdb3_token.other (00000005-0000-4000-8000-000000000000) is of"
                + " another cluster, 99999999-0000-4000-8000-000000000000, and not on this one",
            "not exported: influxdb3_token.parked (00000003-0000-4000-8000-000000000000) has a"
                + " label of tokenform's",
            "not exported: influxdb3_token.revoked (00000001-0000-4000-8000-000000000000) is"
                + " revoked");
    assertThat(commands())
        .containsExactly(
            "terraform state rm influxdb3_token.expired",
            "terraform state rm influxdb3_token.parked",
            "terraform state rm influxdb3_token.revoked");
  }

  @Test
  void aClusterWithoutAnIdCannotTellThatATokenIsAnothers() {
    cluster = CLUSTERED;
    add("influxdb3_token.other", true, Optional.of(id(5)), Optional.of(OTHER), false);
    assertThat(handover().others())
        .extracting(Handover.Other::why)
        .containsExactly(Handover.Why.NOT_LIVE);
    assertThat(commands()).isEmpty();
  }

  @Test
  void aLiveIdCountsWhateverTheStateSaysOfTheCluster() {
    live(5, "A");
    add("influxdb3_token.a", true, Optional.of(id(5)), Optional.of(OTHER), false);
    assertThat(handover().names()).isEqualTo(Map.of(id(5), "a"));
  }

  @Test
  void aResourceOfAnotherTypeCountsOnlyWithTheIdOfALiveToken() {
    live(1, "A");
    live(2, "B");
    add("restapi_object.copy", false, Optional.of(id(1)), Optional.empty(), false);
    add("restapi_object.own", false, Optional.of(id(2)), Optional.empty(), false);
    add("random_uuid.x", false, Optional.of(id(3)), Optional.empty(), false);
    inState("influxdb3_token.z", 1);

    assertThat(handover().names()).isEqualTo(Map.of(id(1), "z", id(2), "own"));
    assertThat(handover().others()).isEmpty();
    assertThat(text().remarks())
        .containsExactly(
            "restapi_object.copy is the same token as influxdb3_token.z"
                + " (00000001-0000-4000-8000-000000000000)");
  }

  @Test
  void aDeposedObjectNeverTakesTheNameOfItsSuccessor() {
    live(1, "Old");
    live(2, "New");
    add("influxdb3_token.a", true, Optional.of(id(1)), Optional.empty(), true);
    inState("influxdb3_token.a", 2);

    assertThat(handover().names()).isEqualTo(Map.of(id(1), "a-deposed", id(2), "a"));
    assertThat(text().remarks())
        .containsExactly(
            "influxdb3_token.a (00000001-0000-4000-8000-000000000000) is deposed: Terraform has"
                + " made a successor, and would revoke it");
    assertThat(commands()).containsExactly("terraform state rm influxdb3_token.a");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its quotes are those of sh")
  void commandsAreForTheShell() {
    live(1, "A");
    live(2, "B");
    live(3, "C");
    inState("influxdb3_token.edge[\"it's $HOME\"]", 1);
    inState("influxdb3_token.plain", 2);
    inState("influxdb3_token.left", 3);

    assertThat(commands(id(1), id(2)))
        .containsExactly(
            "terraform state rm 'influxdb3_token.edge[\"it'\\''s $HOME\"]'",
            "terraform state rm influxdb3_token.plain");
    isOpenTofu = true;
    assertThat(commands(id(2))).containsExactly("tofu state rm influxdb3_token.plain");
    assertThat(text().commands(Set.of(id(2))))
        .contains("# OpenTofu 1.7 and later", "from = influxdb3_token.plain");
    assertThat(text().commands(Set.of())).isEmpty();
  }

  /** Nobody can see what such a command does. */
  @Test
  void anAddressThatCannotBeShownIsNoPartOfACommand() {
    live(1, "A");
    live(2, "B");
    live(3, "C");
    inState("influxdb3_token.edge[\"a\u202eb\"]", 1);
    inState("influxdb3_token.edge[\"a\nterraform destroy\"]", 2);
    inState("influxdb3_token.edge[\"hush-hush\"]", 3);
    mask = text -> text.replace("hush-hush", "[secret]");

    String text = text().commands(Set.of(id(1), id(2), id(3)));
    assertThat(text)
        .contains(
            "# An address cannot be shown here; this finds it: terraform state list"
                + " -id=00000001-0000-4000-8000-000000000000",
            "-id=00000002-0000-4000-8000-000000000000",
            "-id=00000003-0000-4000-8000-000000000000")
        .doesNotContain("state rm", "\u202e", "terraform destroy", "hush");
    assertThat(handover().names()).containsEntry(id(3), "edge-secret");
  }

  @Test
  void secretsAndTheirPlacesAreSaid() {
    inState("influxdb3_token.a", 1);
    assertThat(text().secrets())
        .contains(
            "the secrets of 1 token are in state.json, and wherever Terraform keeps its state");
  }

  @Test
  void aStateWithoutTokensIsSaid() {
    live(1, "A");
    add("random_uuid.x", false, Optional.of(id(3)), Optional.empty(), false);
    assertThat(text().emptiness())
        .contains("there are no tokens in state.json: all are named after descriptions");
    assertThat(text().count(Set.of(id(1)))).isEmpty();
    inState("influxdb3_token.a", 1);
    assertThat(text().emptiness()).isEmpty();
    assertThat(text().count(Set.of(id(1))))
        .contains("1 of 1 token is named after addresses in state.json");
  }

  private Handover handover() {
    return Handover.of(new TerraformState(state, isOpenTofu), live, NOW, cluster, mask);
  }

  private HandoverText text() {
    return new HandoverText("state.json", new TerraformState(state, isOpenTofu), handover(), mask);
  }

  /** The lines that a shell would run. */
  private List<String> commands(TokenId... exported) {
    Set<TokenId> ids = exported.length == 0 ? handover().names().keySet() : Set.of(exported);
    return text()
        .commands(ids)
        .lines()
        .filter(line -> !line.startsWith("#") && !line.isEmpty())
        .toList();
  }

  private void live(int number, String description) {
    live.add(token(number, description, Optional.empty(), Optional.empty()));
  }

  private static Token token(
      int number, String description, Optional<Instant> expires, Optional<Instant> revoked) {
    return new Token(id(number), description, Permissions.NONE, expires, revoked);
  }

  private void inState(String address, int number) {
    add(address, true, Optional.of(id(number)), Optional.of(Apis.CLUSTER), false);
  }

  private void add(
      String address,
      boolean isToken,
      Optional<TokenId> id,
      Optional<UUID> clusterId,
      boolean isDeposed) {
    state.add(
        new StateToken(
            new TerraformAddress(address),
            isToken,
            id,
            clusterId,
            isToken ? SecretKept.SHOWN : SecretKept.NONE,
            isDeposed));
  }

  private static TokenId id(int number) {
    return TokenId.parse("0000000" + number + "-0000-4000-8000-000000000000");
  }
}
