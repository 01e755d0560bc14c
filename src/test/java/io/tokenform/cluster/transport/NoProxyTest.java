package io.tokenform.cluster.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Secret;
import io.tokenform.cluster.settings.SettingsException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which proxy a cluster is reached through, as the variables say. */
class NoProxyTest {
  private static final String PROXY = "http://proxy.example.com:3128";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*                             | https://a.example.com",
        "example.com                   | https://example.com",
        "example.com                   | https://a.example.com",
        "EXAMPLE.com                   | https://a.Example.COM",
        ".example.com                  | https://a.b.example.com",
        "*.example.com                 | https://a.example.com",
        "other.org,a.example.com       | https://a.example.com",
        "other.org  a.example.com      | https://a.example.com",
        "other.org, ,a.example.com,    | https://a.example.com",
        "a.example.com.                | https://a.example.com",
        "a.example.com:443             | https://a.example.com",
        "a.example.com:8443            | https://a.example.com:8443",
        "10.0.0.1                      | https://10.0.0.1",
        "10.0.0.1:8443                 | https://10.0.0.1:8443",
        "10.0.0.0/8                    | https://10.200.0.1",
        "10.0.0.0/31                   | https://10.0.0.1",
        "fd00::1                       | https://[fd00::1]",
        "[fd00::1]                     | https://[fd00:0:0::1]",
        "[fd00::1]:443                 | https://[fd00::1]",
        "fd00::/8                      | https://[fd12::1]",
      })
  void anExceptionIsReachedDirectly(String exceptions, String url) throws Exception {
    assertThat(proxy(url, "HTTPS_PROXY", PROXY, "NO_PROXY", exceptions)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "example.com                   | https://notexample.com",
        "example.com                   | https://example.com.evil.org",
        ".example.com                  | https://example.com",
        "a.example.com                 | https://example.com",
        "a.example.com:444             | https://a.example.com",
        "a.example.com:99999999999     | https://a.example.com",
        "10.0.0.1                      | https://10.0.0.11",
        "10.0.0.0/31                   | https://10.0.0.2",
        "10.0.0.0/99                   | https://10.0.0.2",
        "10.0.0.0/x                    | https://10.0.0.2",
        "10.0.0.0/8                    | https://a.example.com",
        "fd00::/8                      | https://10.0.0.1",
        "[                             | https://a.example.com",
        ":443                          | https://a.example.com",
        "999.1.1.1                     | https://a.example.com",
      })
  void everythingElseIsReachedThroughTheProxy(String exceptions, String url) throws Exception {
    assertThat(proxy(url, "HTTPS_PROXY", PROXY, "NO_PROXY", exceptions)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8086",
        "http://127.0.0.1:8086",
        "https://localhost",
        "https://127.0.0.2",
        "https://[::1]:1"
      })
  void thisMachineIsNeverReachedThroughAProxy(String url) throws Exception {
    assertThat(proxy(url, "HTTPS_PROXY", PROXY, "HTTP_PROXY", PROXY)).isEmpty();
  }

  @Test
  void theProxyOfPlainHttpIsNoneOfTls() throws Exception {
    assertThat(proxy("https://a.example.com", "HTTP_PROXY", PROXY, "http_proxy", PROXY)).isEmpty();
  }

  @Test
  void capitalsComeFirst() throws Exception {
    String url = "https://a.example.com";
    assertThat(proxy(url, "https_proxy", PROXY).orElseThrow().origin()).isEqualTo("https_proxy");
    assertThat(proxy(url, "HTTPS_PROXY", PROXY, "https_proxy", "http://x").orElseThrow())
        .hasToString(PROXY);
    assertThat(proxy(url, "HTTPS_PROXY", PROXY, "no_proxy", "*")).isEmpty();
    assertThat(proxy(url, "HTTPS_PROXY", " ", "NO_PROXY", "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "proxy.example.com:3128        | http://proxy.example.com:3128 |      |",
        "http://proxy.example.com      | http://proxy.example.com:80   |      |",
        "http://me:pass@p:1            | http://p:1                    | me   | pass",
        "me:pa:ss@p:1                  | http://p:1                    | me   | pa:ss",
        "http://m%40e:p%2Fa+s%25@p:1   | http://p:1                    | m@e  | p/a+s%",
        "http://me:p/@s%s%@p:1         | http://p:1                    | me   | p/@s%s%",
        "http://me@p:1                 | http://p:1                    | me   | ''",
        "http://[fd00::1]:3128/        | http://[fd00::1]:3128         |      |",
      })
  void aProxyIsAUrlPerhapsWithAUser(String text, String url, String user, String password)
      throws Exception {
    HttpProxy proxy = proxy("https://a.example.com", "HTTPS_PROXY", text).orElseThrow();

    assertThat(proxy).hasToString(url);
    assertThat(proxy.user()).isEqualTo(Optional.ofNullable(user));
    assertThat(proxy.password().map(Secret::reveal)).isEqualTo(Optional.ofNullable(password));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://me:canary@p:1   | HTTPS_PROXY is not the URL of an http:// proxy",
        "socks5://me:canary@p:1  | HTTPS_PROXY is not the URL of an http:// proxy",
        "http://me:canary@p^:1   | HTTPS_PROXY is not a URL",
        "http://me:canary@       | HTTPS_PROXY is not a URL",
        "http://me:canary@p:0    | HTTPS_PROXY has no host and port",
        "http://me:canary@p:99999| HTTPS_PROXY has no host and port",
        "http://me:canary@p_q:x  | HTTPS_PROXY has no host and port",
      })
  void whatIsNoProxyIsNotRepeated(String text, String message) {
    SettingsException refusal =
        catchThrowableOfType(
            SettingsException.class, () -> proxy("https://a.example.com", "HTTPS_PROXY", text));
    assertThat(refusal).hasMessage(message).hasNoCause();
    assertThat(refusal.hint()).isPresent();
    assertThat(refusal.getMessage() + refusal.hint()).doesNotContain("canary");
  }

  private static Optional<HttpProxy> proxy(String url, String... variables)
      throws SettingsException {
    Map<String, String> environment =
        variables.length == 2
            ? Map.of(variables[0], variables[1])
            : Map.of(variables[0], variables[1], variables[2], variables[3]);
    return HttpProxy.of(environment, ClusterUrl.parse(url));
  }
}
