package io.tokenform.cluster.settings;

import static io.tokenform.cluster.settings.SettingName.ACCOUNT_ID;
import static io.tokenform.cluster.settings.SettingName.CLUSTER_ID;
import static io.tokenform.cluster.settings.SettingName.PRODUCT;
import static io.tokenform.cluster.settings.SettingName.URL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Product;
import io.tokenform.cluster.settings.ConnectionSettings.Decision;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which cluster is meant when a flag, the policy and the environment speak of it. */
class ConnectionSettingsTest {
  private static final String ACCOUNT = "aaaaaaaa-1111-4111-8111-111111111111";
  private static final String CLUSTER = "cccccccc-3333-4333-8333-333333333333";
  private static final String OTHER = "eeeeeeee-3333-4333-8333-333333333333";

  private final SettingLayer flags = new SettingLayer();
  private final SettingLayer policy = new SettingLayer();
  private final SettingLayer environment = new SettingLayer();
  private final SettingLayer sandbox =
      new SettingLayer()
          .with(ACCOUNT_ID, Optional.of(new Setting(ACCOUNT, "the sandbox")))
          .with(CLUSTER_ID, Optional.of(new Setting(CLUSTER, "the sandbox")));

  @Test
  void thePolicyAloneIsEnough() throws Exception {
    policyIsDedicated();

    assertThat(decide())
        .isEqualTo(
            new Decision(
                new ClusterAddress(
                    Product.CLOUD_DEDICATED,
                    ClusterUrl.parse("https://console.influxdata.com"),
                    Optional.of(UUID.fromString(ACCOUNT)),
                    Optional.of(UUID.fromString(CLUSTER))),
                List.of(),
                Map.of(
                    PRODUCT, new Setting("cloud-dedicated", "policy product"),
                    URL, new Setting("https://console.influxdata.com", "the default"),
                    ACCOUNT_ID, new Setting(ACCOUNT, "policy account id"),
                    CLUSTER_ID, new Setting(CLUSTER, "policy cluster id")),
                Optional.of(new Setting("https://console.influxdata.com", "the default"))));
  }

  @Test
  void theEnvironmentAloneIsEnough() throws Exception {
    env(PRODUCT, "cloud-dedicated");
    env(ACCOUNT_ID, ACCOUNT);
    env(CLUSTER_ID, CLUSTER);

    ClusterAddress address = decide().address();
    assertThat(address.url()).hasToString("https://console.influxdata.com");
    assertThat(address.accountId()).hasValue(UUID.fromString(ACCOUNT));
    assertThat(address.clusterId()).hasValue(UUID.fromString(CLUSTER));
  }

  @Test
  void whatThePolicyLeavesOutTheEnvironmentOrAFlagGives() throws Exception {
    policy(PRODUCT, "cloud-dedicated");
    env(ACCOUNT_ID, ACCOUNT);
    flag(CLUSTER_ID, CLUSTER);

    Decision decision = decide();
    assertThat(decision.address().accountId()).hasValue(UUID.fromString(ACCOUNT));
    assertThat(decision.address().clusterId()).hasValue(UUID.fromString(CLUSTER));
    assertThat(decision.overrides()).isEmpty();
  }

  @Test
  void theyMayAgree() throws Exception {
    policyIsDedicated();
    policy(URL, "https://console.example.com");
    flag(URL, "https://console.example.com/");
    flag(ACCOUNT_ID, ACCOUNT.toUpperCase(Locale.ROOT));
    env(PRODUCT, "cloud-dedicated");
    env(CLUSTER_ID, CLUSTER.toUpperCase(Locale.ROOT));

    Decision decision = decide();
    assertThat(decision.overrides()).isEmpty();
    assertThat(decision.address().accountId()).hasValue(UUID.fromString(ACCOUNT));
    assertThat(decision.address().url()).hasToString("https://console.example.com");
  }

  @Test
  void aFlagOverridesThePolicyAndTheDecisionSaysSo() throws Exception {
    policyIsDedicated();
    policy(URL, "https://console.example.com");
    flag(URL, "http://localhost:8086");
    flag(ACCOUNT_ID, OTHER);
    flag(CLUSTER_ID, OTHER);

    Decision decision = decide();
    assertThat(decision.address().url()).hasToString("http://localhost:8086");
    assertThat(decision.address().accountId()).hasValue(UUID.fromString(OTHER));
    assertThat(decision.address().clusterId()).hasValue(UUID.fromString(OTHER));
    assertThat(decision.overrides())
        .containsExactly(
            "flag URL http://localhost:8086 overrides the URL https://console.example.com"
                + " (policy URL)",
            "flag account id "
                + OTHER
                + " overrides the account id "
                + ACCOUNT
                + " (policy account id)",
            "flag cluster id "
                + OTHER
                + " overrides the cluster id "
                + CLUSTER
                + " (policy cluster id)");
  }

  @Test
  void aFlagOverridesTheEnvironmentSilently() throws Exception {
    policy(PRODUCT, "cloud-dedicated");
    env(ACCOUNT_ID, ACCOUNT);
    env(CLUSTER_ID, "not even a UUID");
    flag(ACCOUNT_ID, OTHER);
    flag(CLUSTER_ID, CLUSTER);

    Decision decision = decide();
    assertThat(decision.address().accountId()).hasValue(UUID.fromString(OTHER));
    assertThat(decision.overrides()).isEmpty();
  }

  @Test
  void aFlagSettlesWhatPolicyAndEnvironmentContradict() throws Exception {
    policyIsDedicated();
    env(ACCOUNT_ID, OTHER);
    flag(ACCOUNT_ID, OTHER);

    assertThat(decide().overrides())
        .containsExactly(
            "flag account id "
                + OTHER
                + " overrides the account id "
                + ACCOUNT
                + " (policy account id)");
  }

  @Test
  void thePolicyAndTheEnvironmentDoNotContradict() {
    policyIsDedicated();
    env(CLUSTER_ID, OTHER);

    refused(
        "env cluster id names the cluster id "
            + OTHER
            + ", and the policy is for "
            + CLUSTER
            + " (policy cluster id)",
        "unset env cluster id, or use the policy of that cluster");
  }

  @Test
  void theProductIsNotContradictedEither() {
    policyIsDedicated();
    env(PRODUCT, "clustered");

    refused(
        "env product names the product clustered, and the policy is for cloud-dedicated"
            + " (policy product)",
        "unset env product, or use the policy of that cluster");
  }

  @Test
  void aMalformedIdInTheEnvironmentContradictsToo() {
    policyIsDedicated();
    env(ACCOUNT_ID, "mine");

    refused(
        "env account id names the account id mine, and the policy is for "
            + ACCOUNT
            + " (policy account id)",
        "unset env account id, or use the policy of that cluster");
  }

  @ParameterizedTest
  @CsvSource({
    "https://cluster.example.com, https://cluster.example.com/",
    "https://cluster.example.com//, https://cluster.example.com",
    "https://cluster.example.com, https://CLUSTER.example.com",
    "https://cluster.example.com, HTTPS://cluster.example.com",
    "https://cluster.example.com/a, https://cluster.example.com/a/"
  })
  void urlsThatMeanTheSameDoNotContradict(String ours, String theirs) throws Exception {
    policy(PRODUCT, "clustered");
    policy(URL, ours);
    env(URL, theirs);

    assertThat(decide().address().product()).isEqualTo(Product.CLUSTERED);

    flag(URL, theirs);
    assertThat(decide().overrides()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://other.example.com",
        "https://cluster.example.com:8443",
        "https://cluster.example.com/A",
        "https://cluster.example.com/a/b",
        "http://localhost",
        "nonsense"
      })
  void urlsThatDifferContradict(String theirs) {
    policy(PRODUCT, "clustered");
    policy(URL, "https://cluster.example.com/a");
    env(URL, theirs);

    refused(
        "env URL names the URL "
            + theirs
            + ", and the policy is for https://cluster.example.com/a (policy URL)",
        "unset env URL, or use the policy of that cluster");
  }

  @Test
  void aFlagThatClusteredHasNoUseForIsNotIgnored() {
    policy(PRODUCT, "clustered");
    policy(URL, "https://cluster.example.com");
    flag(ACCOUNT_ID, ACCOUNT);

    refused(
        "the product clustered does not use flag account id",
        "leave it out; a Clustered cluster is known by its URL alone");
  }

  @Test
  void theVariableForTheUrlIsNotForCloudDedicated() throws Exception {
    policyIsDedicated();
    env(URL, "https://data.example.com");
    assertThat(decide().address().url()).hasToString("https://console.influxdata.com");

    policy(URL, "https://console.example.com");
    assertThat(decide().address().url()).hasToString("https://console.example.com");
  }

  @Test
  void aClusteredClusterHasItsUrlAndNoIds() throws Exception {
    env(PRODUCT, "clustered");
    env(URL, "https://cluster.example.com/");
    env(ACCOUNT_ID, "left over from elsewhere");

    ClusterAddress address = decide().address();
    assertThat(address.url()).hasToString("https://cluster.example.com");
    assertThat(address.accountId()).isEmpty();
    assertThat(address.clusterId()).isEmpty();
  }

  @Test
  void aSandboxBringsItsIds() throws Exception {
    policy(PRODUCT, "sandbox");
    flag(URL, "http://127.0.0.1:1234");
    env(URL, "https://data.example.com");
    env(ACCOUNT_ID, OTHER);

    ClusterAddress address = decide().address();
    assertThat(address.product()).isEqualTo(Product.SANDBOX);
    assertThat(address.url()).hasToString("http://127.0.0.1:1234");
    assertThat(address.accountId()).hasValue(UUID.fromString(ACCOUNT));
    assertThat(address.clusterId()).hasValue(UUID.fromString(CLUSTER));
  }

  @Test
  void whatIsMissingIsNamed() {
    refused(
        "nothing says which cluster to use",
        "add a cluster section to the policy, name a profile of influxctl with --profile, or set"
            + " INFLUX_DB_PRODUCT_TYPE and the ids or the URL of the cluster");

    policy(PRODUCT, "cloud-dedicated");
    String hint = "add it to the policy's cluster section, or give --account and --cluster";
    refused("no account id is given", hint);
    policy(ACCOUNT_ID, ACCOUNT);
    refused("no cluster id is given", hint);
  }

  @Test
  void aClusteredClusterNeedsAUrl() {
    policy(PRODUCT, "clustered");

    refused(
        "no URL is given for the clustered product",
        "add url to the policy's cluster section, or give --url or INFLUX_DB_INSTANCE_URL");
  }

  @Test
  void aSandboxNeedsAUrl() {
    policy(PRODUCT, "sandbox");

    assertThat(catchThrowableOfType(SettingsException.class, this::decide))
        .hasMessage("the sandbox has no URL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serverless", "Clustered", "CLOUD_DEDICATED", "cloud dedicated"})
  void aProductIsOneOfThree(String word) {
    env(PRODUCT, word);

    refused(
        "env product: there is no product \"" + word + "\"",
        "the products are cloud-dedicated, clustered, sandbox");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mine", "1-1-1-1-1", "aaaaaaaa11114111811111111111111111111111"})
  void anIdIsAUuid(String text) {
    policy(PRODUCT, "cloud-dedicated");
    env(ACCOUNT_ID, text);

    refused(
        "env account id: \"" + text + "\" is not a UUID",
        "an account id has the form 01234567-89ab-4cde-8f01-23456789abcd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cluster.example.com                | it starts with neither https:// nor http://
          ftp://cluster.example.com          | it starts with neither https:// nor http://
          https:///path                      | it has no host
          https://user@cluster.example.com   | it has a user, a query or a fragment
          https://cluster.example.com/?a=b   | it has a user, a query or a fragment
          https://cluster.example.com/#a     | it has a user, a query or a fragment
          https://cluster.example.com/api/v0 | leave out /api/v0, which each call adds
          http://cluster.example.com         | the management token would cross the network unencrypted; use https
          http://127.0.0.1.example.com       | the management token would cross the network unencrypted; use https
          http://10.0.0.1                    | the management token would cross the network unencrypted; use https
          http://0.0.0.0                     | the management token would cross the network unencrypted; use https
          """)
  void aUrlThatCannotBeUsedIsRefused(String url, String reason) {
    env(PRODUCT, "clustered");
    env(URL, url);

    SettingsException refusal = catchThrowableOfType(SettingsException.class, this::decide);
    assertThat(refusal).hasMessage("env URL: \"" + url + "\" cannot be used: " + reason);
    assertThat(refusal.hint())
        .hasValue("write https:// and the host, as in https://cluster.example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://cluster.example.com:99999", "https://cluster.example.com:65536"})
  void aPortIsNoLargerThanPortsAre(String url) {
    env(PRODUCT, "clustered");
    env(URL, url);

    refused(
        "env URL: \"" + url + "\" cannot be used: a port must be a number from 1 to 65535",
        "write https:// and the host, as in https://cluster.example.com");
  }

  @Test
  void aPolicyAloneNamesNoHostForAToken() throws Exception {
    clusteredPolicy("https://cluster.example.com");

    assertThat(decide().hostOfFileAlone())
        .hasValue(new Setting("https://cluster.example.com", "policy URL"));
  }

  @Test
  void aFlagVouchesForTheHost() throws Exception {
    clusteredPolicy("https://cluster.example.com");
    flag(URL, "https://cluster.example.com");
    assertThat(decide().hostOfFileAlone()).isEmpty();

    flag(URL, "https://other.example.com");
    assertThat(decide().hostOfFileAlone()).isEmpty();
    assertThat(decide().hostNamedBy())
        .hasValue(new Setting("https://other.example.com", "flag URL"));
  }

  @Test
  void aVariableThatNamesTheSameUrlVouchesForTheHost() throws Exception {
    clusteredPolicy("https://cluster.example.com");
    env(URL, "https://CLUSTER.example.com:443/");

    assertThat(decide().hostOfFileAlone()).isEmpty();
    assertThat(decide().hostNamedBy())
        .hasValue(new Setting("https://CLUSTER.example.com:443/", "env URL"));
  }

  @Test
  void aProfileThatNamesTheSameUrlVouchesForTheHost() throws Exception {
    clusteredPolicy("https://cluster.example.com");
    SettingLayer profile =
        SettingLayer.ofProfile()
            .with(PRODUCT, Optional.of(new Setting("clustered", "profile product")));
    assertThat(decideWith(profile).hostOfFileAlone()).isPresent();

    profile.with(URL, Optional.of(new Setting("https://cluster.example.com", "profile host")));
    assertThat(decideWith(profile).hostOfFileAlone()).isEmpty();
  }

  @Test
  void whereNoFileNamesAHostTheUserDoes() throws Exception {
    env(PRODUCT, "clustered");
    env(URL, "https://cluster.example.com");

    assertThat(decide().hostOfFileAlone()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://console.influxdata.com",
        "https://CONSOLE.influxdata.com:443",
        "https://console.influxdata.com./"
      })
  void cloudDedicatedsOwnHostNeedsNobodyToVouch(String url) throws Exception {
    policyIsDedicated();
    assertThat(decide().hostOfFileAlone()).isEmpty();

    policy(URL, url);
    assertThat(decide().hostOfFileAlone()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://console.influxdata.com:8443",
        "https://console.influxdata.com.evil.example",
        "https://console-influxdata.com",
        "https://xn--console-influxdata.com",
        "http://127.0.0.1:8086",
        "http://localhost",
        "https://[::1]"
      })
  void anyOtherHostOfCloudDedicatedTakesAFlag(String url) throws Exception {
    policyIsDedicated();
    policy(URL, url);
    // The variable names the host of the data, which is another one.
    env(URL, url);
    assertThat(decide().hostOfFileAlone()).hasValue(new Setting(url, "policy URL"));

    flag(URL, url);
    assertThat(decide().hostOfFileAlone()).isEmpty();
  }

  @Test
  void cloudDedicatedsHostIsNoPlaceForTheTokenOfAnotherProduct() throws Exception {
    clusteredPolicy("https://console.influxdata.com");

    assertThat(decide().hostOfFileAlone()).isPresent();
  }

  @Test
  void aFileAloneGivesNoConsent() throws Exception {
    clusteredPolicy("https://Cluster.example.com:443/a");
    Set<String> nothing = Set.of();
    Set<String> remembered = Set.of("https://cluster.example.com");

    assertThat(HostConsent.of(decide(), nothing, false, true)).isEqualTo(HostConsent.ASK);
    assertThat(HostConsent.of(decide(), nothing, false, false)).isEqualTo(HostConsent.REFUSED);
    assertThat(HostConsent.of(decide(), remembered, false, true)).isEqualTo(HostConsent.GIVEN);
    assertThat(HostConsent.of(decide(), remembered, false, false)).isEqualTo(HostConsent.GIVEN);
    Set<String> others =
        Set.of(
            "https://cluster.example.com:8443",
            "http://cluster.example.com",
            "https://example.com");
    assertThat(HostConsent.of(decide(), others, false, false)).isEqualTo(HostConsent.REFUSED);
  }

  @Test
  void inACiNobodyIsAskedAndNoAnswerCounts() throws Exception {
    clusteredPolicy("https://cluster.example.com");
    Set<String> remembered = Set.of("https://cluster.example.com");
    assertThat(HostConsent.of(decide(), remembered, true, true)).isEqualTo(HostConsent.REFUSED);
    assertThat(HostConsent.of(decide(), Set.of(), true, true)).isEqualTo(HostConsent.REFUSED);

    env(URL, "https://cluster.example.com");
    assertThat(HostConsent.of(decide(), Set.of(), true, false)).isEqualTo(HostConsent.GIVEN);
  }

  @Test
  void aPlatformFileVouchesForNobodyAndPinsWhatItSays() throws Exception {
    clusteredPolicy("https://cluster.example.com");
    SettingLayer platform = new SettingLayer();
    decide().requireCluster(platform);

    platform.with(PRODUCT, Optional.of(new Setting("clustered", "platform product")));
    platform.with(URL, Optional.of(new Setting("https://CLUSTER.example.com/", "platform URL")));
    decide().requireCluster(platform);
    assertThat(decide().hostOfFileAlone()).isPresent();

    flag(URL, "https://other.example.com");
    Decision elsewhere = decide();
    SettingsException refusal =
        catchThrowableOfType(SettingsException.class, () -> elsewhere.requireCluster(platform));
    assertThat(refusal)
        .hasMessage(
            "the URL is https://other.example.com (flag URL), and the platform file says"
                + " https://CLUSTER.example.com/ (platform URL)");
    assertThat(refusal.hint())
        .hasValue(
            "nothing was sent; use the policy of that cluster, or the platform file of this one");
  }

  @Test
  void aPlatformFilePinsProductAndIds() throws Exception {
    policyIsDedicated();
    for (SettingName name : List.of(PRODUCT, ACCOUNT_ID, CLUSTER_ID)) {
      String other = name == PRODUCT ? "clustered" : OTHER;
      SettingLayer platform =
          new SettingLayer().with(name, Optional.of(new Setting(other, "platform")));
      Decision decision = decide();
      assertThat(
              catchThrowableOfType(
                  SettingsException.class, () -> decision.requireCluster(platform)))
          .hasMessageStartingWith("the " + name + " is ")
          .hasMessageContaining(" (policy " + name + "), and the platform file says " + other);
    }
    decide()
        .requireCluster(
            new SettingLayer()
                .with(
                    CLUSTER_ID, Optional.of(new Setting(CLUSTER.toUpperCase(Locale.ROOT), "it"))));
  }

  @Test
  void theProductOfThePlatformIsRequiredBeforeThereIsACluster() throws Exception {
    policy(PRODUCT, "sandbox");
    SettingLayer platform =
        new SettingLayer().with(PRODUCT, Optional.of(new Setting("clustered", "platform")));

    assertThat(
            catchThrowableOfType(
                SettingsException.class,
                () -> ConnectionSettings.requireProduct(policy, environment, platform)))
        .hasMessage(
            "the product is sandbox (policy product), and the platform file says clustered"
                + " (platform)");
    ConnectionSettings.requireProduct(policy, environment, new SettingLayer());
  }

  @Test
  void theProductAloneIsKnownBeforeTheRest() throws Exception {
    policy(PRODUCT, "sandbox");

    assertThat(ConnectionSettings.product(policy, environment)).hasValue(Product.SANDBOX);
    assertThat(ConnectionSettings.product(new SettingLayer(), policy)).hasValue(Product.SANDBOX);
  }

  @Test
  void anAbsentSettingChangesNothing() {
    SettingLayer layer =
        new SettingLayer()
            .with(URL, Optional.of(new Setting("https://a", "here")))
            .with(URL, Optional.empty());

    assertThat(layer.get(URL)).hasValue(new Setting("https://a", "here"));
    assertThat(layer.get(PRODUCT)).isEmpty();
  }

  private void policyIsDedicated() {
    policy(PRODUCT, "cloud-dedicated");
    policy(ACCOUNT_ID, ACCOUNT);
    policy(CLUSTER_ID, CLUSTER);
  }

  private void clusteredPolicy(String url) {
    policy(PRODUCT, "clustered");
    policy(URL, url);
  }

  private Decision decideWith(SettingLayer profile) throws SettingsException {
    return ConnectionSettings.decide(flags, policy, List.of(environment, profile), sandbox);
  }

  private void flag(SettingName name, String value) {
    flags.with(name, Optional.of(new Setting(value, "flag " + name)));
  }

  private void policy(SettingName name, String value) {
    policy.with(name, Optional.of(new Setting(value, "policy " + name)));
  }

  private void env(SettingName name, String value) {
    environment.with(name, Optional.of(new Setting(value, "env " + name)));
  }

  private Decision decide() throws SettingsException {
    return ConnectionSettings.decide(flags, policy, List.of(environment), sandbox);
  }

  private void refused(String message, String hint) {
    SettingsException refusal = catchThrowableOfType(SettingsException.class, this::decide);
    assertThat(refusal).hasMessage(message);
    assertThat(refusal.hint()).hasValue(hint);
  }
}
