package io.tokenform.cluster.transport;

import java.io.IOException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;

/**
 * Keeps what happens to connections that wait in the pool from failing a request. A server may
 * close a connection after any answer, with or without saying so, and only who sends the next
 * request on it finds out (RFC 9112, 9.3.1). Such a request is sent again, once, on a fresh
 * connection. A POST is never sent twice, so it gets a fresh connection from the beginning.
 */
public final class Freshness {
  private static final String SENT = "tokenform.went-out";
  private static final String SENT_TWICE = "tokenform.sent-twice";

  private Freshness() {}

  /** The connections of a client whose requests are made like this; it needs them. */
  public static HttpConnectionFactory<ManagedHttpClientConnection> connections(Http1Config config) {
    return unbound -> new WatchfulConnection(config);
  }

  /**
   * Has all requests of a client made like this, those through a {@link Tunnel} too.
   *
   * @param tunnelled whether the first answer on each connection is a proxy's
   */
  public static void addTo(HttpClientBuilder client, boolean tunnelled) {
    client
        .setRequestExecutor(new Executor(tunnelled ? 1 : 0))
        .addExecInterceptorBefore(ChainElement.PROTOCOL.name(), "fresh", Freshness::around);
  }

  /** Whether a byte of a request may have gone out, to the cluster and not to a proxy alone. */
  public static boolean wasSent(HttpContext context) {
    return context.getAttribute(SENT) != null;
  }

  /** Whether a request went out, was lost with its connection, and went out again. */
  public static boolean sentTwice(HttpContext context) {
    return context.getAttribute(SENT_TWICE) != null;
  }

  private static ClassicHttpResponse around(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    if (Method.POST.isSame(request.getMethod())) {
      takeFresh(scope);
    }
    try {
      return chain.proceed(request, scope);
    } catch (LostConnectionException e) {
      if (scope.execRuntime.isExecutionAborted()) {
        throw e.lost;
      }
      if (e.sent) {
        scope.clientContext.setAttribute(SENT_TWICE, true);
      }
      takeFresh(scope);
      return chain.proceed(ClassicRequestBuilder.copy(scope.originalRequest).build(), scope);
    }
  }

  private static void takeFresh(ExecChain.Scope scope) throws IOException {
    if (!scope.execRuntime.isEndpointAcquired()) {
      scope.execRuntime.acquireEndpoint(
          scope.exchangeId, scope.route, scope.clientContext.getUserToken(), scope.clientContext);
    }
    if (scope.execRuntime.isEndpointConnected()) {
      scope.execRuntime.disconnectEndpoint();
    }
  }

  /** A connection from the pool came to nothing before a byte of the answer. */
  private static final class LostConnectionException extends IOException {
    private static final long serialVersionUID = 1L;

    private final IOException lost;
    private final boolean sent;

    private LostConnectionException(IOException lost, boolean sent) {
      super(lost);
      this.lost = lost;
      this.sent = sent;
    }
  }

  /**
   * Sends a request and reads the head of its answer. The library's own executor reads nothing when
   * sending has failed, although the server may have said why before it closed the connection: with
   * TLS 1.3 it refuses a client's certificate only then.
   */
  private static final class Executor extends HttpRequestExecutor {
    private final int opening;

    /**
     * @param opening how many answers belong to the making of a connection
     */
    private Executor(int opening) {
      this.opening = opening;
    }

    @Override
    public ClassicHttpResponse execute(
        ClassicHttpRequest request,
        HttpClientConnection connection,
        HttpResponseInformationCallback unused,
        HttpContext context)
        throws IOException, HttpException {
      EndpointDetails counts = connection.getEndpointDetails();
      boolean isUsed = counts.getResponseCount() > opening;
      long received = counts.getReceivedBytesCount();
      HttpCoreContext core = HttpCoreContext.castOrCreate(context);
      core.setSSLSession(connection.getSSLSession());
      core.setEndpointDetails(counts);
      boolean isSent = false;
      try {
        if (isUsed && ((WatchfulConnection) connection).hasUnasked()) {
          // What came unasked is no answer to this request: the end of another answer, or a word
          // of farewell.
          throw new LostConnectionException(
              new IOException("the server sent more than it was asked for"), false);
        }
        isSent = true;
        if (!Method.CONNECT.isSame(request.getMethod())) {
          context.setAttribute(SENT, true);
        }
        return exchange(request, connection);
      } catch (LostConnectionException | SocketTimeoutException e) {
        connection.close(CloseMode.IMMEDIATE);
        throw e;
      } catch (IOException e) {
        connection.close(CloseMode.IMMEDIATE);
        if (counts.getReceivedBytesCount() != received) {
          CertificateRequests.settle(context);
        } else if (isUsed) {
          throw new LostConnectionException(e, isSent);
        }
        throw e;
      } catch (HttpException | RuntimeException e) {
        connection.close(CloseMode.IMMEDIATE);
        throw e;
      }
    }

    private static ClassicHttpResponse exchange(
        ClassicHttpRequest request, HttpClientConnection connection)
        throws IOException, HttpException {
      IOException unsent = send(request, connection);
      try {
        ClassicHttpResponse answer = connection.receiveResponseHeader();
        while (answer.getCode() < HttpStatus.SC_SUCCESS) {
          if (answer.getCode() == HttpStatus.SC_SWITCHING_PROTOCOLS) {
            throw new ProtocolException("it goes on in another protocol (101)");
          }
          answer = connection.receiveResponseHeader();
        }
        if (MessageSupport.canResponseHaveBody(request.getMethod(), answer)) {
          connection.receiveResponseEntity(answer);
        }
        return answer;
      } catch (SSLException e) {
        throw e;
      } catch (IOException e) {
        throw unsent == null ? e : unsent;
      }
    }

    /** The failure of sending, which may have a better one to read after it. */
    private static IOException send(ClassicHttpRequest request, HttpClientConnection connection)
        throws HttpException {
      try {
        connection.sendRequestHeader(request);
        if (request.getEntity() != null) {
          connection.sendRequestEntity(request);
        }
        connection.flush();
        return null;
      } catch (IOException e) {
        return e;
      }
    }
  }
}
