package io.tokenform.cluster;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Masking;
import io.tokenform.access.Secret;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.cluster.transport.CertificateRequests;
import io.tokenform.cluster.transport.Freshness;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;

/**
 * The Management API over HTTP. It follows no redirects, keeps no cookies, and sends the management
 * token to the address it was made for and nowhere else. It may be used by several threads at once.
 */
public final class HttpManagementApi implements ManagementApi {
  /** Of a call whose success has no body (204). */
  private static final Answer<Void> NOTHING =
      body -> {
        throw new UnexpectedAnswerException("there is nothing to read");
      };

  private final ClusterUrl url;
  private final Endpoints endpoints;
  private final Secret managementToken;
  private final ClientOptions options;
  private final Masking masking;
  private final Failures failures;
  private final Calls calls;
  private final JsonFactory json;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor deadlines;
  private final AtomicBoolean closed;

  /**
   * A client for the cluster at that address. Nothing is sent before the first call.
   *
   * @param address the cluster
   * @param managementToken what opens it
   * @param options timeouts, bounds and retries
   */
  public HttpManagementApi(ClusterAddress address, Secret managementToken, ClientOptions options) {
    this.url = address.url();
    this.endpoints = Endpoints.of(address);
    this.managementToken = Objects.requireNonNull(managementToken, "managementToken");
    this.options = options;
    this.masking = options.masking().ofPart();
    masking.keep(managementToken);
    options
        .transport()
        .proxy()
        .ifPresent(
            proxy ->
                proxy
                    .password()
                    .ifPresent(secret -> masking.keepPassword(proxy.user().orElse(""), secret)));
    this.failures = new Failures(address, masking, options);
    this.json =
        JsonFactory.builder()
            // Closing the rest of an answer means reading it, which is not for the parser to
            // decide.
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxDocumentLength(options.longestAnswer())
                    .maxNestingDepth(JsonLimit.DEPTH.most())
                    .maxNumberLength(JsonLimit.NUMBER.most())
                    .maxNameLength(JsonLimit.NAME.most())
                    .maxStringLength(JsonLimit.STRING.most())
                    .build())
            .build();
    this.calls = new Calls(options, new Transcriber(masking, json));
    this.client = Connector.client(url, options).build();
    this.deadlines =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "deadlines");
              thread.setDaemon(true);
              return thread;
            });
    deadlines.setRemoveOnCancelPolicy(true);
    this.closed = new AtomicBoolean();
  }

  /** The same client, whose changes go on when the other one's have been stopped. */
  private HttpManagementApi(HttpManagementApi other) {
    this.url = other.url;
    this.endpoints = other.endpoints;
    this.managementToken = other.managementToken;
    this.options = other.options;
    this.masking = other.masking;
    this.failures = other.failures;
    this.json = other.json;
    this.client = other.client;
    this.deadlines = other.deadlines;
    this.closed = other.closed;
    this.calls = other.calls.finishing();
  }

  @Override
  public ManagementApi finishing() {
    return new HttpManagementApi(this);
  }

  @Override
  public TokenListing listTokens() throws ApiException {
    return send(endpoints.listTokens(), answer -> TokenJson.readTokens(answer, masking));
  }

  @Override
  public DatabaseListing listDatabases() throws ApiException {
    return send(endpoints.listDatabases(), answer -> DatabaseJson.readDatabases(answer, masking));
  }

  @Override
  public Token getToken(TokenId id) throws ApiException {
    return send(endpoints.getToken(id), answer -> TokenJson.readToken(answer, masking));
  }

  @Override
  public Token updateToken(TokenId id, TokenUpdate update, AttemptListener attempts)
      throws ApiException {
    return send(
        endpoints.updateToken(id, update),
        answer -> TokenJson.readToken(answer, masking),
        attempts);
  }

  @Override
  public NewToken createToken(TokenCreation creation, AttemptListener attempts)
      throws ApiException {
    return send(
        endpoints.createToken(creation),
        answer -> TokenJson.readNewToken(answer, masking, options.masking()::keep),
        attempts);
  }

  @Override
  public void forget(Secret secret) {
    options.masking().forget(secret);
  }

  @Override
  public void revokeToken(TokenId id, AttemptListener attempts) throws ApiException {
    send(endpoints.revokeToken(id), NOTHING, attempts);
  }

  @Override
  public Database createDatabase(DatabaseCreation creation, AttemptListener attempts)
      throws ApiException {
    return sendForDatabase(endpoints.createDatabase(creation), attempts);
  }

  @Override
  public Database updateDatabase(DatabaseName name, DatabaseUpdate update, AttemptListener attempts)
      throws ApiException {
    return sendForDatabase(endpoints.updateDatabase(name, update), attempts);
  }

  @Override
  public Database renameDatabase(DatabaseName name, DatabaseName to, AttemptListener attempts)
      throws ApiException {
    return sendForDatabase(endpoints.renameDatabase(name, to), attempts);
  }

  @Override
  public void deleteDatabase(DatabaseName name, AttemptListener attempts) throws ApiException {
    send(endpoints.deleteDatabase(name), NOTHING, attempts);
  }

  private Database sendForDatabase(Request request, AttemptListener attempts) throws ApiException {
    return send(request, answer -> DatabaseJson.readDatabase(answer, masking), attempts);
  }

  @Override
  public void stopChanges() {
    calls.stop();
  }

  /** Ends calls that are under way, which fail, as later ones do. */
  @Override
  public void close() {
    closed.set(true);
    deadlines.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }

  private <T> T send(Request request, Answer<T> answer) throws ApiException {
    return send(request, answer, AttemptListener.NONE);
  }

  private <T> T send(Request request, Answer<T> answer, AttemptListener attempts)
      throws ApiException {
    return calls.make(
        request,
        attempts,
        exchange -> attemptUnlessClosed(request, answer, exchange),
        () -> failures.unsent(request));
  }

  private <T> T attemptUnlessClosed(Request request, Answer<T> answer, Exchange exchange)
      throws ApiException {
    try {
      return attempt(request, answer, exchange);
    } catch (ApiException | RuntimeException e) {
      // The library has an exception of its own for each thing that is missing after closing.
      if (closed.get()) {
        ApiException failure = failures.closed(request, e);
        throw e instanceof ApiException told && !told.mayHaveHappened()
            ? failure.beforeItWasSent()
            : failure;
      }
      throw e;
    }
  }

  private <T> T attempt(Request request, Answer<T> answer, Exchange exchange) throws ApiException {
    HttpUriRequestBase call =
        new HttpUriRequestBase(request.method().name(), url.resolve(request.path()));
    call.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + managementToken.reveal());
    call.setHeader(HttpHeaders.ACCEPT, "application/json");
    call.setHeader(HttpHeaders.ACCEPT_ENCODING, ContentCodings.IDENTITY);
    request
        .body()
        .ifPresent(body -> call.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON)));
    HttpClientContext context = HttpClientContext.create();
    AtomicBoolean late = new AtomicBoolean();
    // Socket timeouts bound each wait; only a clock of our own bounds an answer that trickles.
    Future<?> deadline =
        deadlines.schedule(
            () -> {
              late.set(true);
              call.cancel();
            },
            options.timeout().toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      return client.execute(
          call,
          context,
          response -> {
            ContentCodings.undo(response, options.longestAnswer());
            exchange.answered(response);
            try {
              return read(request, response, answer);
            } catch (ApiException e) {
              exchange.abandoned();
              // Ending a call in order means reading what is left of its answer, which may be
              // without end. An answer that was read whole has given its connection back already.
              call.cancel();
              throw e;
            }
          });
    } catch (ApiException e) {
      // A status says more than the clock that ran out while its explanation trickled in.
      throw seen(context, late.get() && e.status().isEmpty() ? failures.timedOut(request, e) : e);
    } catch (IOException e) {
      throw seen(
          context,
          late.get()
              ? failures.timedOut(request, e)
              : failures.connection(request, e, CertificateRequests.of(context)));
    } finally {
      deadline.cancel(false);
    }
  }

  /**
   * A failure, in whose stead the server may have done what it was asked to the first time, or
   * cannot have done anything.
   */
  private static ApiException seen(HttpClientContext context, ApiException failure) {
    if (!Freshness.wasSent(context)) {
      return failure.beforeItWasSent();
    }
    return Freshness.sentTwice(context) ? failure.afterLostAttempt() : failure;
  }

  private <T> T read(Request request, ClassicHttpResponse response, Answer<T> answer)
      throws ApiException {
    if (!request.method().isDoneWith(response.getCode())) {
      throw failures.status(request, response, json);
    }
    if (answer == NOTHING) {
      return null;
    }
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      throw failures.unexpected(request, new UnexpectedAnswerException("the answer is empty"));
    }
    Optional<String> coding = ContentCodings.unknown(response);
    if (coding.isPresent()) {
      throw failures.unknownCoding(request, coding.get());
    }
    try {
      InputStream body = new BufferedInputStream(entity.getContent());
      Beginning beginning = Beginning.of(entity.getContentType(), body);
      if (beginning == Beginning.PAGE) {
        throw failures.htmlPage(request);
      }
      if (beginning == Beginning.GZIP) {
        throw failures.undeclaredCoding(request);
      }
      try (JsonParser parser = Charsets.parser(json, body, entity.getContentType())) {
        return answer.read(parser);
      }
    } catch (ApiException e) {
      throw e;
    } catch (IOException e) {
      throw failures.unexpected(request, e);
    }
  }

  /** Reads what a successful answer holds. */
  @FunctionalInterface
  private interface Answer<T> {
    T read(JsonParser json) throws IOException;
  }
}
