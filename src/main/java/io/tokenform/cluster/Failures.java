package io.tokenform.cluster;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Flag;
import io.tokenform.access.Masking;
import io.tokenform.cluster.transport.CertificateRequest;
import io.tokenform.cluster.transport.HttpProxy;
import io.tokenform.cluster.transport.ProxyRefusedException;
import io.tokenform.cluster.transport.TlsProblem;
import io.tokenform.cluster.transport.Trust;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** Turns what can go wrong with a call into an {@link ApiException} that says what to do. */
final class Failures {
  /** An error's message is shown to a person; more of it than this helps nobody. */
  private static final int LONGEST_MESSAGE = 500;

  /** A shorter wait is over before a hint is read. */
  private static final Duration WORTH_SAYING = Duration.ofSeconds(1);

  /** How the parser quotes what a server says that expects TLS (RFC 8446, 5.1). */
  private static final String TLS_ALERT = "<[0x15][0x03]";

  private static final String SOME_CERTIFICATE =
      "give " + Flag.CLIENT_CERT + " and " + Flag.CLIENT_KEY;

  private static final String OTHER_CERTIFICATE =
      "give a client certificate that is valid, and of a CA that the server trusts, in "
          + Flag.CLIENT_CERT;

  private static final String UNCODED =
      "have the server, or the proxy in front of it, honour Accept-Encoding: identity";

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
    return connection(request, e, CertificateRequest.NONE);
  }

  /**
   * The same, where no byte of an answer came on a connection that was made for the call.
   *
   * @param asked whether the server asked for a client certificate when it was made
   */
  ApiException connection(Request request, IOException e, CertificateRequest asked) {
    if (asked != CertificateRequest.NONE && isEndedByServer(e)) {
      return afterCertificateRequest(request, e, asked);
    }
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
    if (e instanceof MessageConstraintException) {
      return ApiException.of(
              request,
              String.valueOf(e.getMessage()).contains("count")
                  ? "the answer has more than " + Connector.MOST_HEADERS + " headers"
                  : "the answer has a header or another line of more than "
                      + (Connector.LONGEST_HEADER >> 10)
                      + " KiB")
          .hint("this is probably not the Management API: " + checkUrl())
          .causedBy(harmless(e));
    }
    if (e instanceof NoHttpResponseException) {
      return ApiException.of(request, "the server closed the connection without an answer")
          .hint("try again; if it persists, check the server or the proxy in front of it")
          .isTransient(true)
          .causedBy(harmless(e));
    }
    if (e instanceof ClientProtocolException
        && String.valueOf(e.getMessage()).contains(TLS_ALERT)) {
      return ApiException.of(request, "the server speaks TLS at this port, and not plain HTTP")
          .hint("write https:// in the URL " + address.url())
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
            ? logIn(e)
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

  private String logIn(ProxyRefusedException e) {
    if (!e.acceptsPassword()) {
      return "it asks for "
          + String.join(" or ", e.schemes())
          + ", and only Basic is spoken here: have it accept Basic, start a local proxy that speaks"
          + " "
          + e.schemes().get(0)
          + " to it (such as cntlm or px) and name that one in "
          + proxySetting()
          + ", or name "
          + address.url().host()
          + " in NO_PROXY";
    }
    return proxy().flatMap(HttpProxy::user).isPresent()
        ? "it does not accept the user and the password: correct them in " + proxySetting()
        : "it asks for a user and a password: give them in " + proxySetting();
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
                  host
                      + certificate()
                          .map(file -> " refuses the client certificate " + file)
                          .orElse(" asks for a client certificate")
                      + TlsProblem.alert(e).map(alert -> " (" + alert + ")").orElse("");
              case HANDSHAKE -> host + " ended the TLS handshake (handshake_failure)";
              case NO_TLS -> "no secure connection: " + host + " does not speak TLS there";
              case OTHER -> "no secure connection: " + describe(e);
            });
    if (e instanceof SSLHandshakeException) {
      failure.neverSent().isTransient(TlsProblem.isCutOff(e));
    }
    return failure
        .hint(
            switch (problem) {
              case UNKNOWN_CA -> "name a PEM file with that CA in " + Flag.CA_FILE;
              case EXPIRED -> "its owner has to renew it; is the clock of this machine right?";
              case OTHER_HOST -> checkUrl();
              case CLIENT_CERTIFICATE ->
                  certificate().isPresent() ? OTHER_CERTIFICATE : SOME_CERTIFICATE;
              case HANDSHAKE -> "it and Java have no version or cipher of TLS in common";
              case NO_TLS -> checkUrl() + " and its port";
              case OTHER ->
                  "check that the URL leads to the cluster and that its certificate is trusted";
            })
        .causedBy(harmless(e));
  }

  private Optional<String> certificate() {
    return options.transport().trust().flatMap(Trust::certificate);
  }

  /**
   * The server asked for a client certificate, and then ended the connection. Only some alerts say
   * that the certificate is the reason; and an alert is often lost, since the client is still
   * sending when the server hangs up.
   */
  private ApiException afterCertificateRequest(
      Request request, IOException e, CertificateRequest asked) {
    Optional<String> alert =
        e instanceof SSLException ssl ? TlsProblem.alert(ssl) : Optional.empty();
    boolean isReason =
        e instanceof SSLException ssl && TlsProblem.of(ssl) == TlsProblem.CLIENT_CERTIFICATE;
    String file = certificate().orElse("");
    String host = address.url().host();
    String what =
        switch (asked) {
          case NONE, UNMET ->
              isReason
                  ? " asks for a client certificate"
                  : " asked for a client certificate, got none, and ended the connection";
          case UNFIT ->
              isReason
                  ? " asks for another client certificate than " + file
                  : " asked for another client certificate than "
                      + file
                      + ", got none, and ended the connection";
          case MET ->
              isReason
                  ? " refuses the client certificate " + file
                  : " asked for a client certificate, got " + file + ", and ended the connection";
        };
    String mend = asked == CertificateRequest.UNMET ? SOME_CERTIFICATE : OTHER_CERTIFICATE;
    String why =
        asked == CertificateRequest.MET ? "it may not accept that one: " : "it may insist on one: ";
    ApiException.Builder failure =
        ApiException.of(request, host + what + alert.map(name -> " (" + name + ")").orElse(""))
            .hint(
                (isReason ? mend : why + mend)
                    + (alert.isPresent() ? "" : "; or the network failed: try again"))
            .isTransient(alert.isEmpty());
    if (e instanceof SSLHandshakeException) {
      failure.neverSent();
    }
    return failure.causedBy(harmless(e));
  }

  private static boolean isEndedByServer(IOException e) {
    if (e instanceof SSLException ssl) {
      return switch (TlsProblem.of(ssl)) {
        case UNKNOWN_CA, EXPIRED, OTHER_HOST, NO_TLS -> false;
        case CLIENT_CERTIFICATE, HANDSHAKE -> true;
        case OTHER -> TlsProblem.isOfOtherEnd(ssl);
      };
    }
    return e instanceof SocketException
        || e instanceof EOFException
        || e instanceof NoHttpResponseException
        || e instanceof ConnectionClosedException;
  }

  /** There was an answer with a status other than 200. */
  ApiException status(Request request, ClassicHttpResponse response, JsonFactory json) {
    int status = response.getCode();
    String problem = (status + " " + quote(Explanation.of(response, json))).strip();
    Optional<RetryAfter> later = RetryAfter.of(response, options.timing().now());
    boolean tooLate =
        later.filter(it -> it.asked().compareTo(options.retries().deadline()) > 0).isPresent();
    if (tooLate) {
      problem += "; it asks to wait " + later.get().length() + ", until " + later.get().hour();
    }
    return ApiException.of(request, problem)
        .status(status)
        .hint(hint(request, status, later))
        .isTransient(status == 408 || status == 425 || status == 429 || status >= 500)
        .retryAfter(later.map(RetryAfter::asked))
        .build();
  }

  private String hint(Request request, int status, Optional<RetryAfter> later) {
    String when =
        later
            .filter(it -> it.asked().compareTo(WORTH_SAYING) > 0)
            .map(it -> "try again after " + it.hour())
            .orElse("try again");
    return switch (status) {
      case 204, 205, 304 -> "nothing can be read from such an answer: " + checkUrl();
      case 401 ->
          "the management token is wrong, expired or revoked"
              + options
                  .tokenOrigin()
                  .map(origin -> "; it comes from " + origin + ": give a valid one there")
                  .orElse(
                      ": give a valid one in INFLUX_DB_MANAGEMENT_TOKEN or "
                          + Flag.MANAGEMENT_TOKEN_FILE);
      case 403 -> "the management token is not allowed to do this: give one of this account";
      case 404 ->
          request.isOfOneDatabase()
              ? "is the database still there? see tokenform database list; if so, " + checkIds()
              : checkIds();
      case 409 ->
          request.isOfDatabases()
              ? "the name is taken (tokenform database list), or a database of that name was deleted"
                  + " a short while ago: then wait some minutes and try again"
              : null;
      case 429 ->
          "the server asks for fewer calls: "
              + (when.equals("try again") ? "try again later" : when);
      default ->
          status / 100 == 3
              ? "redirects are not followed: give the URL of the cluster itself"
              : status >= 500 ? "the server failed: " + when + ", then ask those who run it" : null;
    };
  }

  /** There was an answer with status 200 that is a web page. */
  ApiException htmlPage(Request request) {
    return ApiException.of(request, "the answer is an HTML page, not the API's JSON")
        .hint("there may be a proxy or a login page between here and the cluster; " + checkUrl())
        .build();
  }

  /** There was an answer with status 200 in a content coding that is not undone here. */
  ApiException unknownCoding(Request request, String coding) {
    return ApiException.of(
            request,
            "the answer is in the content coding " + quote(coding) + ", which cannot be read here")
        .hint(UNCODED)
        .build();
  }

  /** There was an answer with status 200 that somebody compressed and did not say so. */
  ApiException undeclaredCoding(Request request) {
    return ApiException.of(
            request, "the answer is compressed with gzip, and has no Content-Encoding that says so")
        .hint(UNCODED)
        .build();
  }

  /** There was an answer with status 200 that could not be read to its end. */
  ApiException unexpected(Request request, IOException e) {
    if (e instanceof SocketTimeoutException) {
      return timedOut(request, e);
    }
    if (e instanceof JsonEOFException
        || e instanceof EOFException
        || e instanceof ConnectionClosedException
        || e instanceof TruncatedChunkException) {
      return ApiException.of(request, "the answer was cut off in the middle")
          .hint("an incomplete answer is not used: try again")
          .isTransient(true)
          .causedBy(harmless(e));
    }
    if (e instanceof MalformedChunkCodingException) {
      // Which of both it is, the library does not tell.
      return ApiException.of(request, "the answer's chunks are malformed, or it was cut off")
          .hint(
              "an answer that cannot be read whole is not used: try again; if it stays, ask those"
                  + " who run the server, or the proxy in front of it")
          .isTransient(true)
          .causedBy(harmless(e));
    }
    if (e instanceof Inflating.WrongCodingException) {
      return ApiException.of(request, e.getMessage()).hint(UNCODED).causedBy(harmless(e));
    }
    if (e instanceof Inflating.TooLongException) {
      return ApiException.of(request, JsonLimit.DOCUMENT.exceeded(options.longestAnswer()))
          .hint(noListing())
          .causedBy(harmless(e));
    }
    if (e instanceof StreamConstraintsException beyond) {
      return ApiException.of(request, JsonLimit.of(beyond).exceeded(options.longestAnswer()))
          .hint(noListing())
          .causedBy(harmless(e));
    }
    if (Charsets.isNotUnicode(e)) {
      return ApiException.of(request, "the answer is not in " + Charsets.expected(e) + place(e))
          .hint(
              "have the server, or the proxy in front of it, send UTF-8 or name its charset in"
                  + " Content-Type")
          .causedBy(harmless(e));
    }
    if (e instanceof JsonProcessingException) {
      return ApiException.of(request, "the answer is not valid JSON" + place(e))
          .hint(checkUrl())
          .causedBy(harmless(e));
    }
    if (e instanceof UnexpectedAnswerException) {
      return ApiException.of(request, "the answer is not what the API promises: " + e.getMessage())
          .hint(checkUrl())
          .unpromised()
          .causedBy(harmless(e));
    }
    return connection(request, e);
  }

  private static String place(IOException e) {
    return e instanceof JsonProcessingException malformed
        ? ", at line "
            + malformed.getLocation().getLineNr()
            + ", column "
            + malformed.getLocation().getColumnNr()
        : "";
  }

  private String noListing() {
    return "this is probably not a list of tokens: "
        + checkUrl()
        + (options.isBoundByMemory()
            ? "; if it is one, give Java more memory, of which it may take a sixteenth:"
                + " TOKENFORM_JAVA_OPTS=-Xmx4g"
            : "");
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

  private static String seconds(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  private String describe(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : quote(e.getMessage());
  }
}
