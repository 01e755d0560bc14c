package io.tokenform.sandbox;

import io.tokenform.access.TokenId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A client that sends what a test tells it to, right or wrong. */
final class SandboxClient {
  static final String ACCOUNT = "aaaaaaaa-0000-4000-8000-000000000001";
  static final String CLUSTER = "cccccccc-0000-4000-8000-000000000001";
  static final String DEDICATED = "/api/v0/accounts/" + ACCOUNT + "/clusters/" + CLUSTER;
  static final String CLUSTERED = "/api/v0";
  static final String GRAFANA = "55555555-5555-4555-8555-555555555555";
  static final String TELEGRAF = "66666666-6666-4666-8666-666666666666";
  static final String RETIRED = "77777777-7777-4777-8777-777777777777";
  static final String UNKNOWN = "99999999-9999-4999-8999-999999999999";

  static final String SEED =
      """
      {
        "databases": ["metrics", "logs"],
        "tokens": [
          {
            "id": "55555555-5555-4555-8555-555555555555",
            "description": "Grafana",
            "permissions": [{"action": "read", "resource": "metrics"}],
            "createdAt": "2023-12-21T17:32:28Z"
          },
          {
            "id": "66666666-6666-4666-8666-666666666666",
            "description": "Telegraf",
            "permissions": [{"action": "write", "resource": "*"}],
            "expiresAt": "2030-01-01T02:00:00+02:00"
          },
          {
            "id": "77777777-7777-4777-8777-777777777777",
            "description": "Retired",
            "permissions": [],
            "revokedAt": "2025-05-05T05:05:05.5Z"
          }
        ]
      }
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Sandbox sandbox;

  SandboxClient(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  static TokenId id(String text) {
    return TokenId.parse(text);
  }

  HttpResponse<String> get(String path) {
    return send("GET", path, "");
  }

  HttpResponse<String> post(String path, String body) {
    return send("POST", path, body);
  }

  HttpResponse<String> patch(String path, String body) {
    return send("PATCH", path, body);
  }

  HttpResponse<String> delete(String path) {
    return send("DELETE", path, "");
  }

  HttpResponse<String> send(String method, String path, String body) {
    return send(
        request(path)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build());
  }

  HttpRequest.Builder request(String path) {
    return anonymousRequest(path)
        .header("Authorization", "Bearer " + sandbox.managementToken().reveal());
  }

  HttpRequest.Builder anonymousRequest(String path) {
    return HttpRequest.newBuilder(URI.create(sandbox.url() + path))
        .header("Accept", "application/json")
        .header("Content-Type", "application/json");
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(request.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
