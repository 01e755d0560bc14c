package io.tokenform.cluster.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClusterChoiceTest {
  private static final String ACCOUNT = "11111111-1111-4111-8111-111111111111";
  private static final String CLUSTER = "33333333-3333-4333-8333-333333333333";
  private static final String OTHER = "44444444-4444-4444-8444-444444444444";

  private final List<String> notes = new ArrayList<>();

  private static SettingLayer layer(String... namesAndValues) {
    SettingLayer layer = new SettingLayer();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      layer.with(
          SettingName.valueOf(namesAndValues[i]),
          Optional.of(new Setting(namesAndValues[i + 1], "a test")));
    }
    return layer;
  }

  private static SettingLayer dedicated(String cluster) {
    return layer("PRODUCT", "cloud-dedicated", "ACCOUNT_ID", ACCOUNT, "CLUSTER_ID", cluster);
  }

  private static ClusterChoice.Sources policy(SettingLayer pinned) {
    return new ClusterChoice.Sources(
        new SettingLayer(), pinned, new SettingLayer(), new SettingLayer());
  }

  private static Profile profile(String cluster) {
    return new Profile(
        "profile \"test\"",
        Product.CLOUD_DEDICATED,
        dedicated(cluster),
        Optional.empty(),
        TlsFiles.none());
  }

  private ClusterChoice choose(SettingLayer pinned, ClusterChoice.Profiles profiles)
      throws SettingsException {
    return ClusterChoice.of(policy(pinned), profiles, notes::add);
  }

  private static Optional<UUID> cluster(ClusterChoice choice) {
    return choice.decision().address().clusterId();
  }

  @Test
  void aProfileForTheVeryClusterIsUsed() throws Exception {
    ClusterChoice choice =
        choose(
            dedicated(CLUSTER),
            new ClusterChoice.Profiles(false, false, () -> Optional.of(profile(CLUSTER))));

    assertThat(choice.profile()).isPresent();
    assertThat(cluster(choice)).contains(UUID.fromString(CLUSTER));
    assertThat(notes).isEmpty();
  }

  @Test
  void aProfileForAnotherClusterIsNotUsedAndThatIsSaidWhereItIsMissed() throws Exception {
    ClusterChoice.Profiles withToken =
        new ClusterChoice.Profiles(false, true, () -> Optional.of(profile(OTHER)));
    ClusterChoice choice = choose(dedicated(CLUSTER), withToken);
    assertThat(choice.profile()).isEmpty();
    assertThat(cluster(choice)).contains(UUID.fromString(CLUSTER));
    assertThat(notes).isEmpty();

    ClusterChoice.Profiles withoutToken =
        new ClusterChoice.Profiles(false, false, () -> Optional.of(profile(OTHER)));
    assertThat(choose(dedicated(CLUSTER), withoutToken).profile()).isEmpty();
    assertThat(notes)
        .containsExactly("the profile \"test\" is for another cluster, so it is not used");
  }

  @Test
  void aProfileThatIsNamedFillsInWhatIsMissing() throws Exception {
    ClusterChoice choice =
        choose(
            layer(), new ClusterChoice.Profiles(true, false, () -> Optional.of(profile(CLUSTER))));

    assertThat(cluster(choice)).contains(UUID.fromString(CLUSTER));
    assertThat(choice.profile()).isPresent();
  }

  @Test
  void aProfileThatCannotBeReadMattersOnlyWhereItIsNeeded() throws Exception {
    SettingsException unreadable = new SettingsException("it is broken", "mend it");
    ClusterChoice.Profiles.Finder broken =
        () -> {
          throw unreadable;
        };

    assertThat(
            choose(dedicated(CLUSTER), new ClusterChoice.Profiles(false, true, broken)).profile())
        .isEmpty();
    assertThat(notes).containsExactly("it is broken; no profile is used");

    assertThat(
            catchThrowableOfType(
                SettingsException.class,
                () -> choose(dedicated(CLUSTER), new ClusterChoice.Profiles(false, false, broken))))
        .isSameAs(unreadable);
    assertThat(
            catchThrowableOfType(
                SettingsException.class,
                () -> choose(layer(), new ClusterChoice.Profiles(false, true, broken))))
        .isSameAs(unreadable);
  }

  @Test
  void withoutAClusterNothingIsChosen() {
    SettingsException missing =
        catchThrowableOfType(
            SettingsException.class,
            () -> choose(layer(), new ClusterChoice.Profiles(false, true, Optional::empty)));

    assertThat(missing).isNotNull();
    assertThat(missing.hint()).isPresent();
  }
}
