package io.tokenform.cluster.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Product;
import io.tokenform.access.Secret;
import io.tokenform.testing.Apis;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What influxctl's configuration says, and what is wrong with it. */
class ProfileFileTest {
  private static final String CANARY = "canary0123456789";

  private static final String FILE =
      """
      # written by hand
      [[profile]]
        name = "default"
        product = "dedicated"
        account_id = "%s"
        cluster_id = "%s"
        mgmt_token = "%s"
        host = "data.example.com"
        port = "443"
        database = "metrics"
        [profile.tls]
          insecure = false
          cert = ""
          key = ""
          ca = ""

      [[profile]]
        name = "on-premises"
        product = "clustered"
        host = "cluster.example.com"
        port = "8443"
        mgmt_token = "another-%s"
        [profile.tls]
          insecure = true
          cert = "me.pem"
          key = "me.key"
          ca = "ca.pem"
      """
          .formatted(Apis.ACCOUNT, Apis.CLUSTER, CANARY, CANARY);

  @Test
  void aDedicatedProfileHasIdsAndNoUrl() throws Exception {
    Profile profile = profile(FILE, "default").orElseThrow();

    assertThat(profile.product()).isEqualTo(Product.CLOUD_DEDICATED);
    assertThat(profile.origin()).isEqualTo("profile \"default\" in config.toml");
    assertThat(profile.settings().get(SettingName.PRODUCT))
        .hasValue(new Setting("cloud-dedicated", "config.toml:4:3"));
    assertThat(profile.settings().get(SettingName.ACCOUNT_ID))
        .hasValue(new Setting(Apis.ACCOUNT.toString(), "config.toml:5:3"));
    assertThat(profile.settings().get(SettingName.CLUSTER_ID))
        .hasValue(new Setting(Apis.CLUSTER.toString(), "config.toml:6:3"));
    assertThat(profile.settings().get(SettingName.URL)).isEmpty();
    assertThat(profile.token().map(Secret::reveal)).hasValue(CANARY);
    assertThat(profile.tls()).isEqualTo(TlsFiles.none());
  }

  @Test
  void aClusteredProfileHasAUrlAndFilesForTls() throws Exception {
    Profile profile = profile(FILE, "on-premises").orElseThrow();

    assertThat(profile.settings().get(SettingName.URL))
        .hasValue(new Setting("https://cluster.example.com:8443", "config.toml:20:3"));
    assertThat(profile.settings().get(SettingName.ACCOUNT_ID)).isEmpty();
    assertThat(profile.tls())
        .isEqualTo(
            new TlsFiles(
                Optional.of(new Setting("ca.pem", "config.toml:27:5")),
                Optional.of(new Setting("me.pem", "config.toml:25:5")),
                Optional.of(new Setting("me.key", "config.toml:26:5")),
                Optional.of(new Setting("true", "config.toml:24:5"))));
  }

  @Test
  void theUsualPortIsNoPartOfTheUrlAndAPortMayBeANumber() throws Exception {
    assertThat(url("host = \"a.example.com\"\nport = \"443\"")).isEqualTo("https://a.example.com");
    assertThat(url("host = \"a.example.com\"\nport = 8443"))
        .isEqualTo("https://a.example.com:8443");
    assertThat(url("host = \"a.example.com\"")).isEqualTo("https://a.example.com");
  }

  @Test
  void theProductHasTwoNames() throws Exception {
    String text = "[[profile]]\nname = \"x\"\nproduct = \"cloud-dedicated\"\n";
    assertThat(profile(text, "x").orElseThrow().product()).isEqualTo(Product.CLOUD_DEDICATED);
  }

  @Test
  void aProfileThatIsNotThereIsNotFound() throws Exception {
    assertThat(profile(FILE, "other")).isEmpty();
    assertThat(profile("", "default")).isEmpty();
    assertThat(ProfileFile.parse("config.toml", FILE).names())
        .containsExactly("default", "on-premises");
  }

  @Test
  void allTokensAreKnownAsSecrets() throws Exception {
    assertThat(ProfileFile.parse("config.toml", FILE).secrets())
        .extracting(Secret::reveal)
        .containsExactly(CANARY, "another-" + CANARY);
  }

  @Test
  void aMistakeInAnotherProfileDoesNotMatter() throws Exception {
    assertThat(profile(FILE + "[[profile]]\nname = 7\nproduct = 8\n", "default")).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "mgmt_token = canary0123456789              | 3:14: this is not valid TOML",
        "mgmt_token = \"canary0123456789            | 3:31: this is not valid TOML",
        "canary0123456789                           | 3:17: this is not valid TOML",
        "product = \"canary0123456789\"             | 3:1: this product is not known",
        "product = 7                                | 3:1: product is not a text",
        "account_id = \"x\"                         | 2:1: this profile has no product",
      })
  void whatIsWrongIsToldWithItsPlaceAndNotRepeated(String line, String message) {
    SettingsException refusal = refusal("[[profile]]\nname = \"x\"\n" + line + "\n");
    assertThat(refusal).hasMessage("config.toml:" + message).hasNoCause();
    assertThat(refusal.hint()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "mgmt_token = 7                             | 4:1: mgmt_token is not a text",
        "account_id = [\"canary0123456789\"]        | 4:1: account_id is not a text",
        "tls = \"canary0123456789\"                 | 4:1: tls is not a table",
        "tls = {insecure = \"true\"}                | 4:1: insecure is neither true nor false",
        "tls = {ca = 7}                             | 4:1: ca is not a text",
      })
  void whatIsWrongInADedicatedProfileIsToldWithItsPlace(String line, String message) {
    assertThat(refusal("[[profile]]\nname = \"x\"\nproduct = \"dedicated\"\n" + line + "\n"))
        .hasMessage(
            "config.toml:"
                + message
                    .replace("4:1: insecure", "1:1: insecure")
                    .replace("4:1: ca ", "1:1: ca "));
  }

  @Test
  void aHostThatIsNoneIsNotRepeated() {
    SettingsException refusal =
        refusal(
            "[[profile]]\nname = \"x\"\nproduct = \"clustered\"\nhost = \"u:" + CANARY + "@h\"\n");
    assertThat(refusal)
        .hasMessage(
            "config.toml:4:1: this host and port cannot be used: it has a user, a query or a"
                + " fragment");
  }

  @Test
  void profilesAreAListAndHaveNamesOfTheirOwn() {
    assertThat(refusal("\n[profile]\nname = \"x\"\n"))
        .hasMessage("config.toml:2:1: the profiles are not a list of tables");
    assertThat(refusal("[[profile]]\nname = \"x\"\n[[profile]]\nname = \"x\"\n"))
        .hasMessage("config.toml:4:1: there is a second profile \"x\"");
  }

  @Test
  void aProfileKnowsItsCluster() throws Exception {
    Profile dedicated = profile(FILE, "default").orElseThrow();
    Profile clustered = profile(FILE, "on-premises").orElseThrow();
    ClusterAddress here = address("https://cluster.example.com:8443");

    assertThat(dedicated.isFor(Apis.dedicated(here.url()))).isTrue();
    assertThat(dedicated.isFor(here)).isFalse();
    assertThat(clustered.isFor(here)).isTrue();
    assertThat(clustered.isFor(address("https://cluster.example.com"))).isFalse();
  }

  private static ClusterAddress address(String url) {
    return Apis.clustered(io.tokenform.access.ClusterUrl.parse(url));
  }

  private static String url(String lines) throws SettingsException {
    return profile("[[profile]]\nname = \"x\"\nproduct = \"clustered\"\n" + lines, "x")
        .flatMap(profile -> profile.settings().get(SettingName.URL))
        .map(Setting::value)
        .orElseThrow();
  }

  private static Optional<Profile> profile(String text, String name) throws SettingsException {
    return ProfileFile.parse("config.toml", text).profile(name);
  }

  private static SettingsException refusal(String text) {
    SettingsException refusal =
        catchThrowableOfType(SettingsException.class, () -> profile(text, "x"));
    assertThat(refusal.getMessage() + refusal.hint()).doesNotContain("canary");
    return refusal;
  }
}
