package io.tokenform.sandbox.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.access.Product;
import io.tokenform.access.Secret;
import io.tokenform.access.TokenId;
import io.tokenform.access.Uuids;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The Management API: tokens and databases, under the paths of Cloud Dedicated and those of
 * Clustered; and beside it the little that there is of the {@link DataSide}. It answers each
 * request with a reply, errors included; HTTP itself is not its concern.
 */
public final class Api {
  /** What the answer to a POST, a PATCH or a PUT shows in the place of what it left. */
  public interface Shown {
    /** Shows everything as it is. */
    Shown AS_IT_IS =
        new Shown() {
          @Override
          public StoredToken inPlaceOf(TokenBody asked, StoredToken token) {
            return token;
          }

          @Override
          public StoredDatabase inPlaceOf(DatabaseBody asked, StoredDatabase database) {
            return database;
          }
        };

    /**
     * What to show.
     *
     * @param asked what the request asks for
     * @param token as it is now
     */
    StoredToken inPlaceOf(TokenBody asked, StoredToken token);

    /** The same for a database. */
    StoredDatabase inPlaceOf(DatabaseBody asked, StoredDatabase database);
  }

  private static final String SCHEME = "bearer ";
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

  private final LiveCluster cluster;
  private final Secret managementToken;
  private final Consumer<Secret> secrets;
  private final Duration late;
  private final Shown shown;

  /**
   * @param secrets told of the secret of each new token, and of one that only seems to be new
   */
  public Api(LiveCluster cluster, Secret managementToken, Consumer<Secret> secrets) {
    this(cluster, managementToken, secrets, Duration.ZERO, Shown.AS_IT_IS);
  }

  private Api(
      LiveCluster cluster,
      Secret managementToken,
      Consumer<Secret> secrets,
      Duration late,
      Shown shown) {
    this.cluster = cluster;
    this.managementToken = managementToken;
    this.secrets = secrets;
    this.late = late;
    this.shown = shown;
  }

  public ApiReply answer(ApiRequest request) {
    try {
      return route(request);
    } catch (RequestRefusedException e) {
      return e.reply();
    } catch (InvalidJsonException e) {
      return ApiReply.error(400, Map.of(), e.inBody());
    }
  }

  /** The same API for a copy of the cluster as it was that long ago; what it changes is lost. */
  public Api onCopy(Duration ago) {
    return new Api(cluster.copy(ago), managementToken, secrets, late, shown);
  }

  /** The same API, whose new tokens work on the data side only that long after they are made. */
  public Api withLateTokens(Duration by) {
    return new Api(cluster, managementToken, secrets, by, shown);
  }

  /** The same API, which shows something else than what a POST, a PATCH or a PUT leaves. */
  public Api showing(Shown other) {
    return new Api(cluster, managementToken, secrets, late, other);
  }

  private ApiReply route(ApiRequest request) throws RequestRefusedException, InvalidJsonException {
    if (DataSide.serves(request.path())) {
      return new DataSide(cluster).answer(request);
    }
    Route route =
        Route.of(request.path())
            .orElseThrow(() -> RequestRefusedException.notFound("the API has no such path"));
    authorize(request);
    return answer(request, checked(route));
  }

  private ApiReply answer(ApiRequest request, Route route)
      throws RequestRefusedException, InvalidJsonException {
    return switch (route.resource()) {
      case TOKENS ->
          switch (request.method()) {
            case "GET" -> list(route.product());
            case "POST" -> create(route.product(), json(request));
            default -> throw methodNotAllowed(route);
          };
      case TOKEN ->
          switch (request.method()) {
            case "GET" -> get(route.product(), tokenId(route));
            case "PATCH" -> update(route.product(), tokenId(route), json(request));
            case "DELETE" -> revoke(tokenId(route));
            default -> throw methodNotAllowed(route);
          };
      case DATABASES ->
          switch (request.method()) {
            case "GET" -> databases(route.product());
            case "POST" -> createDatabase(route.product(), json(request));
            default -> throw methodNotAllowed(route);
          };
      case DATABASE ->
          switch (request.method()) {
            case "PATCH" -> updateDatabase(route.product(), databaseName(route), json(request));
            case "DELETE" -> deleteDatabase(databaseName(route));
            default -> throw methodNotAllowed(route);
          };
      case RENAME ->
          switch (request.method()) {
            case "PUT" -> renameDatabase(route.product(), databaseName(route), json(request));
            default -> throw methodNotAllowed(route);
          };
      case UNDELETE ->
          switch (request.method()) {
            case "PUT" -> restoreDatabase(route.product(), databaseId(route));
            default -> throw methodNotAllowed(route);
          };
      case TABLES -> throw RequestRefusedException.notImplemented("the sandbox has no tables");
    };
  }

  /** The answer to a PATCH that would be right if it had changed nothing. */
  public ApiReply unchanged(ApiRequest patch) {
    Optional<Route> route = Route.of(patch.path());
    if (route.isEmpty() || route.get().resource() != Route.Resource.DATABASE) {
      return answer(patch.withMethod("GET"));
    }
    try {
      StoredDatabase database = cluster.database(databaseName(route.get()));
      Product product = checked(route.get()).product();
      return ApiReply.ok(out -> writeDatabase(out, product, database, false));
    } catch (RequestRefusedException e) {
      return e.reply();
    }
  }

  /** A body, for which the vendor's description has one type. */
  private static byte[] json(ApiRequest request) throws RequestRefusedException {
    if (!request.mayBeJson()) {
      throw RequestRefusedException.badRequest("the body must be of the type application/json");
    }
    return request.body();
  }

  private void authorize(ApiRequest request) throws RequestRefusedException {
    String given =
        request
            .authorization()
            .orElseThrow(
                () ->
                    RequestRefusedException.unauthorized(
                        "the header Authorization: Bearer MANAGEMENT_TOKEN is missing"));
    // RFC 9110, 11.1: the scheme's case means nothing.
    boolean bearer = given.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    if (!bearer || !given.substring(SCHEME.length()).strip().equals(managementToken.reveal())) {
      throw RequestRefusedException.unauthorized("this is not the sandbox's management token");
    }
  }

  /** The route, if it leads to this cluster. */
  private Route checked(Route route) throws RequestRefusedException {
    if (route.accountId().isEmpty()) {
      return route;
    }
    UUID account = uuid("account", route.accountId().get());
    UUID named = uuid("cluster", route.clusterId().orElseThrow());
    if (account.equals(named) && !account.equals(cluster.accountId())) {
      return route.ofClustered();
    }
    check("account", account, cluster.accountId());
    check("cluster", named, cluster.clusterId());
    return route;
  }

  private static void check(String what, UUID id, UUID own) throws RequestRefusedException {
    if (!id.equals(own)) {
      throw RequestRefusedException.notFound("there is no " + what + " " + id);
    }
  }

  private static TokenId tokenId(Route route) throws RequestRefusedException {
    return new TokenId(uuid("token", route.item().orElseThrow()));
  }

  /** The name in the path. One that no database can have is the name of none. */
  private static String databaseName(Route route) throws RequestRefusedException {
    try {
      // A plus is a plus in a path, and a blank only in a form.
      String path = route.item().orElseThrow().replace("+", "%2B");
      return URLDecoder.decode(path, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RequestRefusedException.badRequest("the database in the path is not URL-encoded");
    }
  }

  private static long databaseId(Route route) throws RequestRefusedException {
    String text = route.item().orElseThrow();
    if (!NUMBER.matcher(text).matches()) {
      throw RequestRefusedException.badRequest(
          "the database id in the path is not a whole number from 1");
    }
    return Long.parseLong(text);
  }

  private static UUID uuid(String what, String text) throws RequestRefusedException {
    try {
      return Uuids.parse(text);
    } catch (IllegalArgumentException e) {
      throw RequestRefusedException.badRequest("the " + what + " id in the path is not a UUID");
    }
  }

  private static RequestRefusedException methodNotAllowed(Route route) {
    return RequestRefusedException.methodNotAllowed(route.resource().allowed());
  }

  private ApiReply list(Product product) {
    return ApiReply.ok(
        out -> {
          out.writeStartArray();
          for (StoredToken token : cluster.tokens()) {
            writeToken(out, product, token, Optional.empty());
          }
          out.writeEndArray();
        });
  }

  private ApiReply get(Product product, TokenId id) throws RequestRefusedException {
    StoredToken token = cluster.token(id).orElseThrow(() -> LiveCluster.noSuchToken(id));
    return ApiReply.ok(out -> writeToken(out, product, token, Optional.empty()));
  }

  private ApiReply create(Product product, byte[] body) throws InvalidJsonException {
    TokenBody asked = TokenBody.ofPost(body);
    Secret accessToken = AccessTokens.next();
    secrets.accept(accessToken);
    StoredToken created = cluster.create(asked, SecretDigest.of(accessToken), late);
    StoredToken answered = shown.inPlaceOf(asked, created);
    return ApiReply.ok(out -> writeToken(out, product, answered, Optional.of(accessToken)));
  }

  private ApiReply update(Product product, TokenId id, byte[] body)
      throws RequestRefusedException, InvalidJsonException {
    TokenBody asked = TokenBody.ofPatch(body);
    StoredToken answered = shown.inPlaceOf(asked, cluster.update(id, asked));
    return ApiReply.ok(out -> writeToken(out, product, answered, Optional.empty()));
  }

  private ApiReply revoke(TokenId id) throws RequestRefusedException {
    cluster.revoke(id);
    return ApiReply.noContent();
  }

  private ApiReply databases(Product product) {
    return ApiReply.ok(
        out -> {
          out.writeStartArray();
          for (StoredDatabase database : cluster.databases()) {
            writeDatabase(out, product, database, false);
          }
          out.writeEndArray();
        });
  }

  private ApiReply createDatabase(Product product, byte[] body)
      throws RequestRefusedException, InvalidJsonException {
    DatabaseBody asked = DatabaseBody.ofPost(body);
    StoredDatabase answered = shown.inPlaceOf(asked, cluster.createDatabase(asked));
    return ApiReply.ok(out -> writeDatabase(out, product, answered, false));
  }

  private ApiReply updateDatabase(Product product, String name, byte[] body)
      throws RequestRefusedException, InvalidJsonException {
    DatabaseBody asked = DatabaseBody.ofPatch(body);
    StoredDatabase answered = shown.inPlaceOf(asked, cluster.updateDatabase(name, asked));
    return ApiReply.ok(out -> writeDatabase(out, product, answered, false));
  }

  private ApiReply deleteDatabase(String name) throws RequestRefusedException {
    cluster.deleteDatabase(name);
    return ApiReply.noContent();
  }

  private ApiReply renameDatabase(Product product, String name, byte[] body)
      throws RequestRefusedException, InvalidJsonException {
    DatabaseBody asked = DatabaseBody.ofRename(body);
    StoredDatabase renamed = cluster.renameDatabase(name, asked.name().orElseThrow());
    StoredDatabase answered = shown.inPlaceOf(asked, renamed);
    return ApiReply.ok(out -> writeDatabase(out, product, answered, true));
  }

  private ApiReply restoreDatabase(Product product, long id) throws RequestRefusedException {
    StoredDatabase restored = cluster.restoreDatabase(id);
    return ApiReply.ok(out -> writeDatabase(out, product, restored, true));
  }

  /**
   * @param withId only the answers to a rename and an undeletion have it
   */
  private void writeDatabase(
      JsonGenerator out, Product product, StoredDatabase database, boolean withId)
      throws IOException {
    out.writeStartObject();
    writeCluster(out, product);
    if (withId) {
      out.writeNumberField("id", database.id());
    }
    DatabaseJson.writeFields(out, database);
    out.writeEndObject();
  }

  private void writeToken(
      JsonGenerator out, Product product, StoredToken token, Optional<Secret> accessToken)
      throws IOException {
    out.writeStartObject();
    writeCluster(out, product);
    TokenJson.writeFields(out, token);
    if (accessToken.isPresent()) {
      out.writeStringField("accessToken", accessToken.get().reveal());
    }
    out.writeEndObject();
  }

  // Clustered answers for one cluster alone and does not name it.
  private void writeCluster(JsonGenerator out, Product product) throws IOException {
    if (product == Product.CLOUD_DEDICATED) {
      out.writeStringField("accountId", cluster.accountId().toString());
      out.writeStringField("clusterId", cluster.clusterId().toString());
    }
  }
}
