package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterUrlTest {
  private static final String UNENCRYPTED =
      "the management token would cross the network unencrypted; use https";

  @Test
  void trailingSlashesAreDropped() {
    ClusterUrl url = ClusterUrl.parse("https://cluster.example.com:8443/base///");
    assertThat(url).hasToString("https://cluster.example.com:8443/base");
    assertThat(url.resolve("/api/v0/x"))
        .hasToString("https://cluster.example.com:8443/base/api/v0/x");
    assertThat(url.host()).isEqualTo("cluster.example.com");
  }

  @Test
  void schemeAndHostAreEqualInAnyCase() {
    ClusterUrl upper = ClusterUrl.parse("HTTPS://Cluster.Example.COM/");
    ClusterUrl lower = ClusterUrl.parse("https://cluster.example.com");
    assertThat(upper).isEqualTo(lower).hasSameHashCodeAs(lower);
    assertThat(upper.isEncrypted()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://cluster.example.com, https://cluster.example.com",
    "HTTPS://Cluster.Example.COM/, https://cluster.example.com",
    "https://cluster.example.com:443/base, https://cluster.example.com",
    "https://cluster.example.com., https://cluster.example.com",
    "https://cluster.example.com.:443, https://cluster.example.com",
    "https://cluster.example.com:8443, https://cluster.example.com:8443",
    "https://cluster.example.com:80, https://cluster.example.com:80",
    "https://XN--BCHER-KVA.example.com, https://xn--bcher-kva.example.com",
    "http://localhost:80, http://localhost",
    "http://localhost:443, http://localhost:443",
    "http://127.000.000.001:8086, http://127.0.0.1:8086",
    "https://[2001:DB8:0:0::1]:443, https://[2001:db8:0:0:0:0:0:1]",
    "https://[2001:db8::1], https://[2001:db8:0:0:0:0:0:1]",
    "https://[::ffff:10.0.0.1], https://10.0.0.1",
    "https://[fe80::1%25nosuch], https://[fe80::1%25nosuch]",
  })
  void aHostHasOneForm(String text, String origin) {
    ClusterUrl url = ClusterUrl.parse(text);
    assertThat(url.origin()).isEqualTo(origin);
    assertThat(ClusterUrl.parse(url.origin()).origin()).isEqualTo(origin);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example.com, https://b.example.com",
    "https://a.example.com, https://a.example.com.evil.example",
    "https://a.example.com, https://a.example.com:8443",
    "https://localhost, http://localhost",
    "https://localhost:443, http://localhost:443",
    "https://127.0.0.1, https://127.0.0.2",
    "https://localhost, https://127.0.0.1",
    "https://xn--bcher-kva.example.com, https://bucher.example.com",
  })
  void otherHostsAreOthers(String one, String other) {
    assertThat(ClusterUrl.parse(one).origin()).isNotEqualTo(ClusterUrl.parse(other).origin());
    assertThat(ClusterUrl.parse(one)).isNotEqualTo(ClusterUrl.parse(other));
  }

  @Test
  void urlsAreEqualWhereTheirHostAndTheirPathAre() {
    ClusterUrl url = ClusterUrl.parse("https://cluster.example.com/a");
    assertThat(ClusterUrl.parse("https://CLUSTER.example.com:443/a/"))
        .isEqualTo(url)
        .hasSameHashCodeAs(url);
    assertThat(ClusterUrl.parse("https://cluster.example.com/A")).isNotEqualTo(url);
    assertThat(ClusterUrl.parse("https://cluster.example.com")).isNotEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost",
        "http://LOCALHOST:8080/",
        "HTTP://localhost",
        "http://127.0.0.1:8080",
        "http://127.255.0.9",
        "http://[::1]:8080",
        "http://[0:0:0:0:0:0:0:1]",
        "http://[::ffff:127.0.0.1]",
        "http://[::ffff:7f00:1]",
      })
  void plainHttpIsForThisMachine(String text) {
    assertThat(ClusterUrl.parse(text).isEncrypted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com",
        "HTTP://example.com",
        "http://127.0.0.1.evil.com",
        "http://localhost.evil.com",
        "http://evil.com/localhost",
        "http://localhost.",
        "http://0.0.0.0",
        "http://128.0.0.1",
        "http://10.0.0.1",
        "http://[::]",
        "http://[::2]",
        "http://[::ffff:10.0.0.1]",
        "http://[fe80::1]",
        "http://[fe80::1%25nosuch]",
        "http://ip6-localhost",
        "http://xn--lclhost-gza",
      })
  void plainHttpToAnyOtherHostIsRefused(String text) {
    assertThatThrownBy(() -> ClusterUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(UNENCRYPTED);
  }

  @ParameterizedTest
  @CsvSource({
    "https://host, 443",
    "http://localhost, 80",
    "https://host:1, 1",
    "https://host:65535, 65535",
  })
  void aPortThatIsNotNamedIsTheOneOfTheScheme(String text, int port) {
    assertThat(ClusterUrl.parse(text).port()).isEqualTo(port);
  }

  @Test
  void aHostIsThisMachineByItsName() {
    assertThat(ClusterUrl.parse("https://localhost").isThisMachine()).isTrue();
    assertThat(ClusterUrl.parse("https://127.0.0.1").isThisMachine()).isTrue();
    assertThat(ClusterUrl.parse("https://influx.example.com").isThisMachine()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // What some parsers take for 127.0.0.1, and none of it is written so by anybody honest.
        "http://0x7f.1",
        "http://0x7f000001",
        "http://2130706433",
        "http://127.1",
        "http://127.0.0.1:80@evil.com",
        "http://localhost@evil.com",
        "http://evil.com@localhost",
        "http://localhost#@evil.com",
        "http://localhost?@evil.com",
        "http://localhost\\@evil.com",
        "http://localhost%00.evil.com",
        "http://loc\u0430lhost",
        "http://\uff4cocalhost",
        "http://\u2460\u2461\u2466.0.0.1",
        "http://localhost\u3002evil.com",
        "http:localhost",
        "http:/localhost",
        "http:///localhost",
        "http://256.0.0.1",
        "http://127.0.0.1.",
        "http://[127.0.0.1]",
      })
  void trickyHostsAreRefused(String text) {
    assertThatThrownBy(() -> ClusterUrl.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                             | it starts with neither https:// nor http://
          ///                            | it starts with neither https:// nor http://
          cluster.example.com            | it starts with neither https:// nor http://
          //cluster.example.com          | it starts with neither https:// nor http://
          ftp://cluster.example.com      | it starts with neither https:// nor http://
          cluster.example.com:443        | it starts with neither https:// nor http://
          https:cluster.example.com      | it has no host
          https:///path                  | it has no host
          https://my_cluster             | its host or its port is malformed
          https://host:port              | its host or its port is malformed
          https://host:99999999999       | its host or its port is malformed
          https://host:0                 | a port must be a number from 1 to 65535
          https://host:65536             | a port must be a number from 1 to 65535
          https://user@host              | it has a user, a query or a fragment
          https://user:word@host         | it has a user, a query or a fragment
          https://@host                  | it has a user, a query or a fragment
          https://host/?                 | it has a user, a query or a fragment
          https://host?a=b               | it has a user, a query or a fragment
          https://host/#                 | it has a user, a query or a fragment
          https://host/api/v0            | leave out /api/v0, which each call adds
          https://host/api/v0//          | leave out /api/v0, which each call adds
          https://host/base/api/%760     | leave out /api/v0, which each call adds
          https://host name              | it is not a URL: Illegal character in authority
          ' https://host'                | it is not a URL: Illegal character in scheme name
          https://                       | it is not a URL: Expected scheme-specific part
          https://[::1                   | it is not a URL: Expected closing bracket for IPv6 address
          """)
  void whatIsWrongIsSaid(String text, String message) {
    assertThatThrownBy(() -> ClusterUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
