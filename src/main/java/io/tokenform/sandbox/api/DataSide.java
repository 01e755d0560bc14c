package io.tokenform.sandbox.api;

import io.tokenform.access.Permission;
import io.tokenform.access.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * As much of InfluxDB's data side as it takes to try a secret: {@code GET /query?db=NAME} and
 * {@code POST /api/v2/write?bucket=NAME}. No data is kept, queries are not read and find nothing.
 *
 * <p>The answers, the first that fits: 401 for a secret that is unknown, revoked, expired or not
 * active yet; 400 where no database is named; 403 without the permission; 404 for a database that
 * the cluster does not have, where the permission is that on {@code *}, and for one that was
 * deleted or renamed; 200 or 204. Otherwise a permission that names the database is enough, even if
 * the cluster has none of that name: a sandbox that started from nothing has no databases, and
 * secrets are to be tried there too.
 */
final class DataSide {
  private static final String QUERY = "/query";
  private static final String WRITE = "/api/v2/write";
  private static final List<String> SCHEMES = List.of("bearer ", "token ");

  private final LiveCluster cluster;

  DataSide(LiveCluster cluster) {
    this.cluster = cluster;
  }

  /** Whether a path is one of the data side's. */
  static boolean serves(String path) {
    return path.equals(QUERY) || path.equals(WRITE);
  }

  /** Answers a request whose path is one of these. */
  ApiReply answer(ApiRequest request) throws RequestRefusedException {
    boolean reads = request.path().equals(QUERY);
    String method = reads ? "GET" : "POST";
    if (!request.method().equals(method)) {
      throw RequestRefusedException.methodNotAllowed(method);
    }
    StoredToken token = token(request);
    String database = reads ? parameter(request, "db") : database(parameter(request, "bucket"));
    check(token, reads ? Permission.read(database) : Permission.write(database));
    return reads ? emptyResult() : ApiReply.noContent();
  }

  private StoredToken token(ApiRequest request) throws RequestRefusedException {
    Secret secret =
        secret(request)
            .orElseThrow(
                () ->
                    RequestRefusedException.unauthorized(
                        "the header Authorization: Bearer SECRET is missing"));
    StoredToken token =
        cluster
            .tokenOf(secret)
            .orElseThrow(() -> RequestRefusedException.unauthorized("no token has this secret"));
    if (token.isRevoked()) {
      throw refused(token, "is revoked");
    }
    if (token.isExpired(cluster.now())) {
      throw refused(token, "has expired");
    }
    if (!token.isActive(cluster.now())) {
      throw refused(token, "is not active yet");
    }
    return token;
  }

  // A real cluster does not say which token it was. Here, whoever has the secret may know.
  private static RequestRefusedException refused(StoredToken token, String reason) {
    return RequestRefusedException.unauthorized("token " + token.id() + " " + reason);
  }

  private static Optional<Secret> secret(ApiRequest request) {
    String given = request.authorization().orElse("");
    // RFC 9110, 11.1: the scheme's case means nothing.
    String lower = given.toLowerCase(Locale.ROOT);
    for (String scheme : SCHEMES) {
      if (lower.startsWith(scheme)) {
        return Optional.of(Secret.of(given.substring(scheme.length()).strip()));
      }
    }
    return Optional.empty();
  }

  private void check(StoredToken token, Permission wanted) throws RequestRefusedException {
    if (!token.allows(wanted)) {
      throw RequestRefusedException.forbidden(
          "token " + token.id() + " may not " + wanted.action() + " this database");
    }
    boolean named = token.permissions().contains(wanted);
    if (cluster.isGone(wanted.resource()) || (!named && !cluster.hasDatabase(wanted.resource()))) {
      throw RequestRefusedException.notFound("there is no such database");
    }
  }

  /** The first value of a parameter of the query, which must be there and not empty. */
  private static String parameter(ApiRequest request, String name) throws RequestRefusedException {
    for (String pair : request.query().split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals >= 0 && pair.substring(0, equals).equals(name)) {
        String value = decoded(name, pair.substring(equals + 1));
        if (!value.isEmpty()) {
          return value;
        }
      }
    }
    throw RequestRefusedException.badRequest("the parameter " + name + " is missing");
  }

  private static String decoded(String name, String value) throws RequestRefusedException {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RequestRefusedException.badRequest("the parameter " + name + " is not URL-encoded");
    }
  }

  /**
   * The database that a bucket means: the one of that name where there is one, since a database may
   * have a slash in its name; else what stands before the slash and the retention policy.
   */
  private String database(String bucket) throws RequestRefusedException {
    int slash = bucket.indexOf('/');
    if (slash < 0 || cluster.hasDatabase(bucket)) {
      return bucket;
    }
    if (slash == 0) {
      throw RequestRefusedException.badRequest("the bucket names no database before the slash");
    }
    return bucket.substring(0, slash);
  }

  /** The result of an InfluxQL statement that finds nothing. */
  private static ApiReply emptyResult() {
    return ApiReply.ok(
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("results");
          out.writeStartObject();
          out.writeNumberField("statement_id", 0);
          out.writeEndObject();
          out.writeEndArray();
          out.writeEndObject();
        });
  }
}
