package io.tokenform.cluster;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Flag;
import io.tokenform.access.Masking;
import io.tokenform.cluster.transport.HttpProxy;
import io.tokenform.cluster.transport.ProxyRefusedException;
import io.tokenform.cluster.transport.TlsProblem;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Turns what can go wrong with a call into an {@link ApiException} that says what to do. */
final class Failures {
  /** An error's message is shown to a person; more of it than this helps nobody. */
  private static final int LONGEST_MESSAGE = 500;

  /** An error's body holds that message; what lies beyond these bytes is not read. */
  private static final int LONGEST_EXPLANATION = 64 << 10;

  /** RFC 9110, 10.2.3: one digit or more, and no bound to what they say. */
  private static final Pattern SECONDS = Pattern.compile("[0-9]+");

  private static final BigInteger LONGEST_WAIT = BigInteger.valueOf(Integer.MAX_VALUE);

  private final ClusterAddress address;
  private final Masking masking;
  private final ClientOptions options;

  Failures(ClusterAddress address, Masking masking, ClientOptions options) {
    this.address = address;
    this.masking = masking;
    this.options = options;
  }

  /** The call took longer than it may. */
  ApiException timedOut(Request request, Throwable cause) {
    return ApiException.of(request, "no complete answer within " + seconds(options.timeout()))
        .hint("try again, or give it longer with " + Flag.TIMEOUT)
        .isTransient(true)
        .causedBy(harmless(cause));
  }

  /** The client was closed before the call had its answer. */
  ApiException closed(Request request, Exception cause) {
    return ApiException.of(request, "the client was closed").causedBy(harmless(cause));
  }

  /** The call was not made, since the client was told to make none any more. */
  ApiException unsent(Request request) {
    return ApiException.of(request, "stopped before it was sent").untried().build();
  }

  /** There was no answer at all, or not all of it. */
  ApiException connection(Request request, IOException e) {
    if (e instanceof ProxyRefusedException refusal) {
      return proxyRefused(request, refusal);
    }
    if (e instanceof UnknownHostException) {
      return ApiException.of(
              request,
              "there is no host " + proxy().map(HttpProxy::host).orElse(address.url().host()))
          .neverSent()
          .hint(checkProxyOr(checkUrl()))
          .isTransient(true)
          .causedBy(harmless(e));
    }
    if (e instanceof ConnectTimeoutException) {
      return ApiException.of(request, "no connection to " + firstHop() + " in time")
          .neverSent()
          .hint(checkProxyOr("check the network, a firewall or proxy, and the URL"))
          .isTransient(true)
          .causedBy(harmless(e));
    }
    if (e instanceof ConnectException) {
      return ApiException.of(request, "nothing answers at " + firstHop())
          .neverSent()
          .hint(checkProxyOr("is the server running, and the port right? " + checkUrl()))
          .isTransient(true)
          .causedBy(harmless(e));
    }
    if (e instanceof SocketTimeoutException) {
      return timedOut(request, e);
    }
    if (e instanceof SSLException ssl) {
      return tls(request, ssl);
    }
    if (e instanceof NoHttpResponseException) {
      return ApiException.of(request, "the server closed the connection without an answer")
          .hint("try again; if it persists, check the server or the proxy in front of it")
          .isTransient(true)
          .causedBy(harmless(e));
    }
    if (e instanceof ClientProtocolException) {
      return ApiException.of(request, "the answer is not valid HTTP: " + describe(e))
          .hint(checkUrl())
          .isTransient(true)
          .causedBy(harmless(e));
    }
    return ApiException.of(request, "the connection failed: " + describe(e))
        .hint("try again; if it persists, check the network between here and the cluster")
        .isTransient(true)
        .causedBy(harmless(e));
  }

  /** The proxy is there, and lets nobody through. What it said is not the cluster's word. */
  private ApiException proxyRefused(Request request, ProxyRefusedException e) {
    String hint =
        e.status() == 407
            ? "it asks for a user and a password: give them in " + proxySetting()
            : e.status() >= 500
                ? "it cannot reach the cluster: "
                    + checkUrl()
                    + ", then ask those who run the proxy"
                : "ask those who run it to allow "
                    + address.url().host()
                    + ", or name that host in NO_PROXY";
    return ApiException.of(
            request,
            "the proxy "
                + firstHop()
                + " did not connect to the cluster: it said "
                + quote(said(e)))
        .neverSent()
        .hint(hint)
        .isTransient(e.status() == 429 || e.status() >= 500)
        .causedBy(said(e).equals(toldByProxy(e)) ? harmless(e) : null);
  }

  /** What it said, in which its password is no word, however short. */
  private String said(ProxyRefusedException e) {
    String said = toldByProxy(e);
    return proxy().isPresent() ? proxy().get().mask(said) : said;
  }

  private static String toldByProxy(ProxyRefusedException e) {
    return e.getMessage().replaceFirst("^the proxy answered ", "");
  }

  /** There is somebody, and no trust. */
  private ApiException tls(Request request, SSLException e) {
    TlsProblem problem = TlsProblem.of(e);
    String host = address.url().host();
    ApiException.Builder failure =
        ApiException.of(
            request,
            switch (problem) {
              case UNKNOWN_CA ->
                  "the certificate of " + host + " is not signed by a CA that is trusted here";
              case EXPIRED -> "the certificate of " + host + " has expired, or is not valid yet";
              case OTHER_HOST -> "the certificate of " + host + " is for another host";
              case CLIENT_CERTIFICATE ->
                  host + " refuses the client certificate, or the lack of one";
              case NO_TLS -> "no secure connection: " + host + " does not speak TLS there";
              case OTHER -> "no secure connection: " + describe(e);
            });
    if (e instanceof SSLHandshakeException) {
      failure.neverSent().isTransient(isCutOff(e));
    }
    return failure
        .hint(
            switch (problem) {
              case UNKNOWN_CA -> "name a PEM file with that CA in " + Flag.CA_FILE;
              case EXPIRED -> "its owner has to renew it; is the clock of this machine right?";
              case OTHER_HOST -> checkUrl();
              case CLIENT_CERTIFICATE -> "give " + Flag.CLIENT_CERT + " and " + Flag.CLIENT_KEY;
              case NO_TLS -> checkUrl() + " and its port";
              case OTHER ->
                  "check that the URL leads to the cluster and that its certificate is trusted";
            })
        .causedBy(harmless(e));
  }

  /** Whether the other end went away in the middle, as one that is restarted does. */
  private static boolean isCutOff(SSLException e) {
    return e.getCause() instanceof EOFException || e.getCause() instanceof SocketException;
  }

  /** There was an answer with a status other than 200. */
  ApiException status(Request request, ClassicHttpResponse response, JsonFactory json) {
    int status = response.getCode();
    String problem = status + " " + quote(reason(response, json));
    ApiException.Builder failure = ApiException.of(request, problem.strip()).status(status);
    switch (status) {
      case 401 ->
          failure.hint(
              "the management token is wrong, expired or revoked: give a valid one in"
                  + " INFLUX_DB_MANAGEMENT_TOKEN or "
                  + Flag.MANAGEMENT_TOKEN_FILE);
      case 403 ->
          failure.hint("the management token is not allowed to do this: give one of this account");
      case 404 -> failure.hint(checkIds());
      case 429 -> failure.hint("the server asks for fewer calls: try again later");
      default -> {
        if (status / 100 == 3) {
          failure.hint("redirects are not followed: give the URL of the cluster itself");
        } else if (status >= 500) {
          failure.hint("the server failed: try again, then ask those who run it");
        }
      }
    }
    return failure
        .isTransient(status == 408 || status == 425 || status == 429 || status >= 500)
        .retryAfter(retryAfter(response))
        .build();
  }

  /** There was an answer with status 200 that is a web page. */
  ApiException htmlPage(Request request) {
    return ApiException.of(request, "the answer is an HTML page, not the API's JSON")
        .hint("there may be a proxy or a login page between here and the cluster; " + checkUrl())
        .build();
  }

  /** There was an answer with status 200 that could not be read to its end. */
  ApiException unexpected(Request request, IOException e) {
    if (e instanceof SocketTimeoutException) {
      return timedOut(request, e);
    }
    if (e instanceof JsonEOFException
        || e instanceof ConnectionClosedException
        || e instanceof MalformedChunkCodingException) {
      return ApiException.of(request, "the answer was cut off in the middle")
          .hint("an incomplete answer is not used: try again")
          .isTransient(true)
          .causedBy(harmless(e));
    }
    if (e instanceof StreamConstraintsException) {
      return ApiException.of(
              request,
              "the answer exceeds the limits (" + options.longestAnswer() + " bytes, 100 levels)")
          .hint("this is probably not a list of tokens: " + checkUrl())
          .causedBy(harmless(e));
    }
    if (e instanceof JsonProcessingException malformed) {
      return ApiException.of(
              request,
              "the answer is not valid JSON, at line "
                  + malformed.getLocation().getLineNr()
                  + ", column "
                  + malformed.getLocation().getColumnNr())
          .hint(checkUrl())
          .causedBy(harmless(e));
    }
    if (e instanceof CharConversionException) {
      return ApiException.of(request, "the answer is not valid JSON: it is not in UTF-8")
          .hint(checkUrl())
          .causedBy(harmless(e));
    }
    if (e instanceof UnexpectedAnswerException) {
      return ApiException.of(request, "the answer is not what the API promises: " + e.getMessage())
          .hint(checkUrl())
          .causedBy(harmless(e));
    }
    return connection(request, e);
  }

  private String checkUrl() {
    return "check the URL " + address.url();
  }

  private Optional<HttpProxy> proxy() {
    return options.transport().proxy();
  }

  /** Where a connection goes first, without anything secret. */
  private String firstHop() {
    return proxy().map(HttpProxy::toString).orElse(address.url().toString());
  }

  private String proxySetting() {
    return proxy().map(HttpProxy::origin).orElse("HTTPS_PROXY");
  }

  private String checkProxyOr(String hint) {
    return proxy().map(through -> "this is the proxy: check " + proxySetting()).orElse(hint);
  }

  private String checkIds() {
    return address.accountId().isPresent()
        ? "check the account id "
            + address.accountId().get()
            + " and the cluster id "
            + address.clusterId().orElseThrow()
        : checkUrl();
  }

  private static String reason(ClassicHttpResponse response, JsonFactory json) {
    Header location = response.getFirstHeader(HttpHeaders.LOCATION);
    if (response.getCode() / 100 == 3 && location != null) {
      return "redirect to " + location.getValue();
    }
    String phrase = response.getReasonPhrase() == null ? "" : response.getReasonPhrase();
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return phrase;
    }
    try {
      // Reading a short body to its end also lets the connection be used again.
      InputStream body =
          new ByteArrayInputStream(entity.getContent().readNBytes(LONGEST_EXPLANATION));
      if (HtmlPage.is(entity.getContentType(), body)) {
        return phrase + " (an HTML page)";
      }
      try (JsonParser parser = json.createParser(body)) {
        return TokenJson.readMessage(parser).orElse(phrase);
      }
    } catch (IOException e) {
      // The status says enough; its explanation could not be read.
      return phrase;
    }
  }

  /** The server's words, which may be long, and may repeat what they were told in confidence. */
  private String quote(String text) {
    String masked = masking.mask(text);
    if (masked.length() <= LONGEST_MESSAGE) {
      return masked;
    }
    boolean insideCharacter = Character.isHighSurrogate(masked.charAt(LONGEST_MESSAGE - 1));
    return masked.substring(0, insideCharacter ? LONGEST_MESSAGE - 1 : LONGEST_MESSAGE) + "...";
  }

  /** The cause, or nothing where it quotes one of them who repeats that. */
  private Throwable harmless(Throwable cause) {
    StringWriter trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace));
    return masking.knows(trace.toString()) ? null : cause;
  }

  /**
   * The wait that {@code Retry-After} asks for, in seconds or as a date; a date that is past asks
   * for none (RFC 9110, 10.2.3).
   */
  private Optional<Duration> retryAfter(ClassicHttpResponse response) {
    Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
    if (header == null || header.getValue() == null) {
      return Optional.empty();
    }
    String value = header.getValue().strip();
    if (SECONDS.matcher(value).matches()) {
      return Optional.of(Duration.ofSeconds(new BigInteger(value).min(LONGEST_WAIT).longValue()));
    }
    Instant date = DateUtils.parseStandardDate(value);
    if (date == null) {
      return Optional.empty();
    }
    // The server's own clock says how far that is, where it shows it: ours may be off.
    Instant now = DateUtils.parseStandardDate(response, HttpHeaders.DATE);
    Duration wait = Duration.between(now == null ? options.timing().now() : now, date);
    return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
  }

  private static String seconds(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  private String describe(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : quote(e.getMessage());
  }
}
