package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPatternTest {
  @ParameterizedTest
  @CsvSource({
    "https://a.example.com,          https://a.example.com,           true",
    "https://a.example.com,          https://A.example.com:443/path,  true",
    "https://a.example.com/,         https://a.example.com,           true",
    "https://a.example.com,          https://b.example.com,           false",
    "https://a.example.com,          https://a.example.com:8443,      false",
    "https://a.example.com:8443,     https://a.example.com:8443,      true",
    "https://*.example.com,          https://a.example.com,           true",
    "https://*.example.com,          https://a.b.example.com,         true",
    "https://*.Example.com,          https://A.EXAMPLE.com/x,         true",
    "https://*.example.com,          https://example.com,             false",
    "https://*.example.com,          https://aexample.com,            false",
    "https://*.example.com,          https://a.example.com.evil.net,  false",
    "https://*.example.com,          https://a.example.com:8443,      false",
    "https://*.example.com:8443,     https://a.example.com:8443,      true",
    "https://*.example.com:8443,     https://a.example.com,           false",
    "http://localhost:8086,          http://localhost:8086,           true",
    "http://localhost:8086,          https://localhost:8086,          false",
  })
  void aPatternMeansAHostOrThoseBelowADomain(String pattern, String url, boolean matches) {
    assertThat(HostPattern.parse(pattern).matches(ClusterUrl.parse(url))).isEqualTo(matches);
    assertThat(HostPattern.parse(pattern)).hasToString(pattern);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*                          | a * can only be the first part of a host's name",
        "https://*                  | a * can only be the first part of a host's name",
        "https://a*.example.com     | a * can only be the first part of a host's name",
        "https://*.*.example.com    | a * can only be the first part of a host's name",
        "https://a.example.com/*    | a * can only be the first part of a host's name",
        "https://*.com              | a * must stand before a domain of two parts or more",
        "https://a.example.com/path | it has a path, and is about a host",
        "a.example.com              | it starts with neither https:// nor http://",
        "*.example.com              | a * can only be the first part of a host's name",
        "http://*.example.com       | the management token would cross the network unencrypted; use"
            + " https",
      })
  void whatIsNoHostIsRefused(String pattern, String reason) {
    assertThatThrownBy(() -> HostPattern.parse(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(reason);
  }
}
