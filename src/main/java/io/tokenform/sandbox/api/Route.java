package io.tokenform.sandbox.api;

import io.tokenform.access.Product;
import java.util.List;
import java.util.Optional;

/**
 * What a path of the API names. The ids are as the path has them, not looked at yet.
 *
 * @param product whose prefix the path has
 * @param accountId present for Cloud Dedicated alone, as is {@code clusterId}
 * @param item the id of a token, or the name or the id of a database, still percent-encoded;
 *     present where one of them is named
 */
record Route(
    Product product,
    Optional<String> accountId,
    Optional<String> clusterId,
    Resource resource,
    Optional<String> item) {

  /** What the API has, and the methods that it has for it. */
  enum Resource {
    TOKENS("GET, POST", Area.TOKENS),
    TOKEN("GET, PATCH, DELETE", Area.TOKEN),
    DATABASES("GET, POST", Area.DATABASES),
    DATABASE("PATCH, DELETE", Area.DATABASE),
    RENAME("PUT", Area.DATABASE),
    UNDELETE("PUT", Area.DATABASE),
    /** The tables of a database, of which the sandbox has none. */
    TABLES("", Area.DATABASE);

    private final String allowed;
    private final Area area;

    Resource(String allowed, Area area) {
      this.allowed = allowed;
      this.area = area;
    }

    Area area() {
      return area;
    }

    /** The methods, as the header {@code Allow} lists them. */
    String allowed() {
      return allowed;
    }
  }

  private static final String BASE = "/api/v0/";

  /**
   * The same for Clustered, which has neither accounts nor clusters: some clients, the vendor's MCP
   * server among them, put one UUID in the place of both all the same.
   */
  Route ofClustered() {
    return new Route(Product.CLUSTERED, Optional.empty(), Optional.empty(), resource, item);
  }

  /** The route that {@code path} names, if it names one. */
  static Optional<Route> of(String path) {
    if (!path.startsWith(BASE)) {
      return Optional.empty();
    }
    List<String> segments = List.of(path.substring(BASE.length()).split("/", -1));
    if (segments.contains("")) {
      return Optional.empty();
    }
    boolean prefixed =
        segments.size() > 4
            && segments.get(0).equals("accounts")
            && segments.get(2).equals("clusters");
    return prefixed
        ? of(
            Product.CLOUD_DEDICATED,
            Optional.of(segments.get(1)),
            Optional.of(segments.get(3)),
            segments.subList(4, segments.size()))
        : of(Product.CLUSTERED, Optional.empty(), Optional.empty(), segments);
  }

  private static Optional<Route> of(
      Product product,
      Optional<String> accountId,
      Optional<String> clusterId,
      List<String> segments) {
    Optional<String> item = segments.size() > 1 ? Optional.of(segments.get(1)) : Optional.empty();
    return resource(segments)
        .map(resource -> new Route(product, accountId, clusterId, resource, item));
  }

  private static Optional<Resource> resource(List<String> segments) {
    boolean databases = segments.get(0).equals("databases");
    if (!databases && !segments.get(0).equals("tokens")) {
      return Optional.empty();
    }
    return switch (segments.size()) {
      case 1 -> Optional.of(databases ? Resource.DATABASES : Resource.TOKENS);
      case 2 -> Optional.of(databases ? Resource.DATABASE : Resource.TOKEN);
      default -> databases ? ofDatabase(segments) : Optional.empty();
    };
  }

  private static Optional<Resource> ofDatabase(List<String> segments) {
    return switch (segments.get(2)) {
      case "rename" -> segments.size() == 3 ? Optional.of(Resource.RENAME) : Optional.empty();
      case "undelete" -> segments.size() == 3 ? Optional.of(Resource.UNDELETE) : Optional.empty();
      case "tables" -> Optional.of(Resource.TABLES);
      default -> Optional.empty();
    };
  }
}
