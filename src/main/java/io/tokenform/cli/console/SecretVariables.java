package io.tokenform.cli.console;

import io.tokenform.access.Secret;
import io.tokenform.sandbox.Sandbox;
import java.util.List;

/** The environment variables that may hold a management token, whichever of them is used. */
public final class SecretVariables {
  /** Tokenform's own, and the vendor's. */
  public static final String MANAGEMENT_TOKEN = "INFLUX_DB_MANAGEMENT_TOKEN";

  /** That of the community's Terraform provider. */
  public static final String TERRAFORM = "INFLUXDB3_TOKEN";

  /** All of them. */
  public static final List<String> ALL = List.of(MANAGEMENT_TOKEN, TERRAFORM);

  private SecretVariables() {}

  /** Whether everybody knows a management token: that of the embedded sandbox is no secret. */
  public static boolean isPublic(Secret token) {
    return token.reveal().equals(Sandbox.PUBLIC_MANAGEMENT_TOKEN);
  }
}
