package io.tokenform.cluster;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.TokenId;
import io.tokenform.access.database.DatabaseName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The requests of the Management API for one cluster; the one place that knows its paths. */
public final class Endpoints {
  private static final String BASE = "/api/v0";
  private static final String HEX = "0123456789ABCDEF";

  private final String prefix;

  private Endpoints(String prefix) {
    this.prefix = prefix;
  }

  /** Those of a cluster. */
  public static Endpoints of(ClusterAddress address) {
    return address.accountId().isPresent()
        ? cloudDedicated(address.accountId().get(), address.clusterId().orElseThrow())
        : clustered();
  }

  static Endpoints cloudDedicated(UUID accountId, UUID clusterId) {
    return new Endpoints(BASE + "/accounts/" + accountId + "/clusters/" + clusterId);
  }

  static Endpoints clustered() {
    return new Endpoints(BASE);
  }

  public Request listTokens() {
    return Request.get(prefix + "/tokens");
  }

  public Request listDatabases() {
    return Request.get(prefix + "/databases");
  }

  public Request createDatabase(DatabaseCreation creation) {
    return new Request(
        Method.POST, prefix + "/databases", Optional.of(DatabaseJson.write(creation)));
  }

  public Request updateDatabase(DatabaseName name, DatabaseUpdate update) {
    return new Request(Method.PATCH, path(name), Optional.of(DatabaseJson.write(update)));
  }

  public Request deleteDatabase(DatabaseName name) {
    return new Request(Method.DELETE, path(name), Optional.empty());
  }

  /**
   * Gives a database another name.
   *
   * @param to the new name
   */
  public Request renameDatabase(DatabaseName name, DatabaseName to) {
    return new Request(Method.PUT, path(name) + "/rename", Optional.of(DatabaseJson.writeName(to)));
  }

  /** The path of a database, whose name may have characters that mean something in a path. */
  private String path(DatabaseName name) {
    StringBuilder path = new StringBuilder(prefix).append("/databases/");
    for (byte b : name.value().getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isUnreserved(c)) {
        path.append(c);
      } else {
        path.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return path.toString();
  }

  /** RFC 3986, 2.3. */
  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  public Request getToken(TokenId id) {
    return Request.get(prefix + "/tokens/" + id);
  }

  /** Makes a token, which has no permissions at first. */
  public Request createToken(TokenCreation creation) {
    return createToken(creation.description(), creation.expiresAt().map(Instant::toString));
  }

  /**
   * The same with texts that stand for what is known only when it is sent.
   *
   * @param expiresAt when it expires; absent for never
   */
  public Request createToken(String description, Optional<String> expiresAt) {
    return new Request(
        Method.POST,
        prefix + "/tokens",
        Optional.of(TokenJson.writeCreation(description, expiresAt)));
  }

  public Request revokeToken(TokenId id) {
    return new Request(Method.DELETE, prefix + "/tokens/" + id, Optional.empty());
  }

  /**
   * The update of a token whose id is known only when it is sent.
   *
   * @param id what stands for it
   */
  public Request updateToken(String id, TokenUpdate update) {
    return new Request(
        Method.PATCH, prefix + "/tokens/" + id, Optional.of(TokenJson.write(update)));
  }

  public Request updateToken(TokenId id, TokenUpdate update) {
    return updateToken(id.toString(), update);
  }
}
