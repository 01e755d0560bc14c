package io.tokenform.cluster;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
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

  private final ClusterAddress address;
  private final ClientOptions options;

  Failures(ClusterAddress address, ClientOptions options) {
    this.address = address;
    this.options = options;
  }

  /** The call took longer than it may. */
  ApiException timedOut(Request request, Throwable cause) {
    return ApiException.of(request, "no complete answer within " + seconds(options.timeout()))
        .hint("try again, or give it longer with --timeout")
        .isTransient(true)
        .causedBy(cause);
  }

  /** There was no answer at all, or not all of it. */
  ApiException connection(Request request, IOException e) {
    if (e instanceof UnknownHostException) {
      return ApiException.of(request, "there is no host " + address.url().host())
          .hint(checkUrl())
          .isTransient(true)
          .causedBy(e);
    }
    if (e instanceof ConnectTimeoutException) {
      return ApiException.of(request, "no connection to " + address.url() + " in time")
          .hint("check the network, a firewall or proxy, and the URL")
          .isTransient(true)
          .causedBy(e);
    }
    if (e instanceof HttpHostConnectException) {
      return ApiException.of(request, "nothing answers at " + address.url())
          .hint("is the server running, and the port right? " + checkUrl())
          .isTransient(true)
          .causedBy(e);
    }
    if (e instanceof SocketTimeoutException) {
      return timedOut(request, e);
    }
    if (e instanceof SSLException) {
      return ApiException.of(request, "no secure connection: " + e.getMessage())
          .hint("check that the URL leads to the cluster and that its certificate is trusted")
          .causedBy(e);
    }
    if (e instanceof NoHttpResponseException) {
      return ApiException.of(request, "the server closed the connection without an answer")
          .hint("try again; if it stays, look at the server or the proxy before it")
          .isTransient(true)
          .causedBy(e);
    }
    return ApiException.of(request, "the connection failed: " + describe(e))
        .hint("try again; if it stays, look at the network between here and the cluster")
        .isTransient(true)
        .causedBy(e);
  }

  /** There was an answer with a status other than 200. */
  ApiException status(Request request, ClassicHttpResponse response, JsonFactory json) {
    int status = response.getCode();
    String problem = status + " " + reason(response, json);
    ApiException.Builder failure = ApiException.of(request, problem.strip()).status(status);
    switch (status) {
      case 401 ->
          failure.hint("the management token is wrong, expired or revoked: give a valid one");
      case 403 -> failure.hint("the management token may not do this: give one of this account");
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
        .hint("a proxy or a login page may stand between here and the cluster; " + checkUrl())
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
          .hint("nothing is concluded from a part of an answer: try again")
          .isTransient(true)
          .causedBy(e);
    }
    if (e instanceof StreamConstraintsException) {
      return ApiException.of(
              request,
              "the answer is beyond the bounds ("
                  + options.longestAnswer()
                  + " characters, 100 levels)")
          .hint("this is hardly a list of tokens: " + checkUrl())
          .causedBy(e);
    }
    if (e instanceof JsonProcessingException malformed) {
      return ApiException.of(
              request,
              "the answer is not valid JSON, at line "
                  + malformed.getLocation().getLineNr()
                  + ", column "
                  + malformed.getLocation().getColumnNr())
          .hint(checkUrl())
          .causedBy(e);
    }
    if (e instanceof UnexpectedAnswerException) {
      return ApiException.of(request, "the answer is not what the API promises: " + e.getMessage())
          .hint(checkUrl())
          .causedBy(e);
    }
    return connection(request, e);
  }

  private String checkUrl() {
    return "check the URL " + address.url();
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
      return "redirect to " + shorten(location.getValue());
    }
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return fallback(response);
    }
    try (InputStream body = new BufferedInputStream(entity.getContent())) {
      if (HtmlPage.is(entity.getContentType(), body)) {
        return fallback(response) + " (an HTML page)";
      }
      try (JsonParser parser = json.createParser(body)) {
        return TokenJson.readMessage(parser).map(Failures::shorten).orElse(fallback(response));
      }
    } catch (IOException e) {
      // The status says enough; its explanation could not be read.
      return fallback(response);
    }
  }

  private static String fallback(ClassicHttpResponse response) {
    return response.getReasonPhrase() == null ? "" : shorten(response.getReasonPhrase());
  }

  private static String shorten(String text) {
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "...";
  }

  /** The wait that {@code Retry-After} asks for in seconds. */
  private static Optional<Duration> retryAfter(ClassicHttpResponse response) {
    Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
    try {
      return header == null
          ? Optional.empty()
          : Optional.of(Duration.ofSeconds(Integer.parseUnsignedInt(header.getValue().strip())));
    } catch (NumberFormatException | DateTimeException e) {
      // Its other form, a date, is not understood yet: our own wait stands in.
      return Optional.empty();
    }
  }

  private static String seconds(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  private static String describe(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
