package io.tokenform.plan;

import static io.tokenform.plan.PlanWorld.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The fields that a policy speaks of. */
class ManagedFieldsTest {
  private static final Permissions READS = Permissions.of(Permission.read("metrics"));
  private static final ManagedFields BOTH = fields("Grafana", READS);
  private static final ManagedFields DESCRIPTION =
      new ManagedFields(Optional.of("Grafana"), Optional.empty());
  private static final ManagedFields PERMISSIONS =
      new ManagedFields(Optional.empty(), Optional.of(READS));
  private static final ManagedFields NONE = new ManagedFields(Optional.empty(), Optional.empty());

  private static ManagedFields fields(String description, Permissions permissions) {
    return new ManagedFields(Optional.of(description), Optional.of(permissions));
  }

  @Test
  void aTokenHasValuesForTheSameFieldsAndNoOthers() {
    var live = token(1, "Live", Permission.write("logs"));
    Permissions writes = Permissions.of(Permission.write("logs"));

    assertThat(BOTH.asOf(live)).isEqualTo(fields("Live", writes));
    assertThat(DESCRIPTION.asOf(live))
        .isEqualTo(new ManagedFields(Optional.of("Live"), Optional.empty()));
    assertThat(PERMISSIONS.asOf(live))
        .isEqualTo(new ManagedFields(Optional.empty(), Optional.of(writes)));
    assertThat(NONE.asOf(live)).isEqualTo(NONE);
  }

  @Test
  void onlyWhatDiffersIsLeft() {
    assertThat(BOTH.differingFrom(BOTH)).isEqualTo(NONE);
    assertThat(BOTH.differingFrom(fields("Other", READS))).isEqualTo(DESCRIPTION);
    assertThat(BOTH.differingFrom(fields("Grafana", Permissions.NONE))).isEqualTo(PERMISSIONS);
    assertThat(BOTH.differingFrom(fields("Other", Permissions.NONE))).isEqualTo(BOTH);
    assertThat(BOTH.differingFrom(DESCRIPTION)).isEqualTo(PERMISSIONS);
    assertThat(DESCRIPTION.differingFrom(BOTH)).isEqualTo(NONE);
  }

  @Test
  void theSameFieldsMayHaveOtherValues() {
    assertThat(BOTH.areSameFieldsAs(fields("Other", Permissions.NONE))).isTrue();
    assertThat(NONE.areSameFieldsAs(NONE)).isTrue();
    assertThat(BOTH.areSameFieldsAs(DESCRIPTION)).isFalse();
    assertThat(BOTH.areSameFieldsAs(PERMISSIONS)).isFalse();
    assertThat(DESCRIPTION.areSameFieldsAs(PERMISSIONS)).isFalse();
    assertThat(DESCRIPTION.areSameFieldsAs(NONE)).isFalse();
  }

  @Test
  void equalMeansTheSameValuesOfTheSameFields() {
    assertThat(BOTH).isEqualTo(fields("Grafana", READS));
    assertThat(BOTH).isNotEqualTo(fields("Other", READS));
    assertThat(BOTH).isNotEqualTo(fields("Grafana", Permissions.NONE));
    assertThat(BOTH).isNotEqualTo("Grafana");
  }
}
