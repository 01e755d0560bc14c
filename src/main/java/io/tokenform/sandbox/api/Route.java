package io.tokenform.sandbox.api;

import io.tokenform.access.Product;
import java.util.List;
import java.util.Optional;

/**
 * What a path of the API names. The ids are as the path has them, not looked at yet.
 *
 * @param product whose prefix the path has
 * @param accountId present for Cloud Dedicated alone, as is {@code clusterId}
 * @param tokenId present for {@link Resource#TOKEN} alone
 */
record Route(
    Product product,
    Optional<String> accountId,
    Optional<String> clusterId,
    Resource resource,
    Optional<String> tokenId) {

  /** What the API has, and the methods that it has for it. */
  enum Resource {
    TOKENS("GET, POST", Area.TOKENS),
    TOKEN("GET, PATCH, DELETE", Area.TOKEN),
    DATABASES("GET", Area.DATABASES);

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
    return new Route(Product.CLUSTERED, Optional.empty(), Optional.empty(), resource, tokenId);
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
    Optional<String> tokenId =
        segments.size() == 2 ? Optional.of(segments.get(1)) : Optional.empty();
    return resource(segments)
        .map(resource -> new Route(product, accountId, clusterId, resource, tokenId));
  }

  private static Optional<Resource> resource(List<String> segments) {
    if (segments.size() > 2) {
      return Optional.empty();
    }
    boolean one = segments.size() == 2;
    return switch (segments.get(0)) {
      case "tokens" -> Optional.of(one ? Resource.TOKEN : Resource.TOKENS);
      case "databases" -> one ? Optional.empty() : Optional.of(Resource.DATABASES);
      default -> Optional.empty();
    };
  }
}
