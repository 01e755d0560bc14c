package io.tokenform.cli;

import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A running sandbox with tokens of all kinds, and a folder to work in. */
abstract class ReadingTest {
  static final String GRAFANA = "11111111-0000-4000-8000-000000000001";
  static final String TELEGRAF = "22222222-0000-4000-8000-000000000002";
  static final String BACKUP = "33333333-0000-4000-8000-000000000003";
  static final String EXPIRED = "44444444-0000-4000-8000-000000000004";
  static final String REVOKED = "55555555-0000-4000-8000-000000000005";

  private static final String SEED =
      """
      {"databases": ["metrics", "logs"], "tokens": [
        {"id": "%s", "description": "Grafana", "createdAt": "2025-03-01T00:00:00Z",
         "permissions": [{"action": "read", "resource": "metrics"},
                         {"action": "read", "resource": "logs"}]},
        {"id": "%s", "description": "Telegraf", "createdAt": "2025-01-01T00:00:00Z",
         "expiresAt": "2026-06-30T00:00:00Z",
         "permissions": [{"action": "write", "resource": "*"}]},
        {"id": "%s", "description": "=backup()", "createdAt": "2025-02-01T00:00:00Z",
         "permissions": [{"action": "read", "resource": "*"}]},
        {"id": "%s", "description": "Old probe", "createdAt": "2024-01-01T00:00:00Z",
         "expiresAt": "2025-01-01T00:00:00Z",
         "permissions": [{"action": "read", "resource": "metrics"}]},
        {"id": "%s", "description": "Grafana", "createdAt": "2024-01-01T00:00:00Z",
         "revokedAt": "2024-02-01T00:00:00Z",
         "permissions": [{"action": "read", "resource": "*"}]}]}
      """
          .formatted(GRAFANA, TELEGRAF, BACKUP, EXPIRED, REVOKED);

  @TempDir Path folder;
  @TempDir Path configuration;

  Sandbox sandbox;

  @BeforeEach
  final void startSandbox() {
    sandbox = Sandbox.start(SandboxOptions.builder().seedJson(SEED).build());
  }

  @AfterEach
  final void stopSandbox() {
    sandbox.close();
  }

  /** Variables lead to the sandbox as a Clustered cluster; there is no policy. */
  final Cli clustered() {
    return clusteredIn(folder);
  }

  final Cli clusteredIn(Path directory) {
    return Cli.in(directory)
        .withManagementToken()
        .with("INFLUX_DB_PRODUCT_TYPE", "clustered")
        .with("INFLUX_DB_INSTANCE_URL", sandbox.url().toString());
  }

  /** A policy leads to the sandbox as Cloud Dedicated, and names Grafana alone. */
  final Cli dedicated() throws IOException {
    Files.writeString(
        folder.resolve("tokens.yaml"),
        """
        version: 1
        cluster:
          product: cloud-dedicated
          accountId: %s
          clusterId: %s
          url: %s
        tokens:
          dashboards:
            description: Grafana
        """
            .formatted(sandbox.accountId(), sandbox.clusterId(), sandbox.url()));
    return Cli.in(folder).withManagementToken().agreedTo(configuration, sandbox.url());
  }
}
