package io.tokenform.cli.console;

import io.tokenform.access.Secret;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.sandbox.Sandbox;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The environment variables that may hold a management token, whichever of them is used. */
public final class SecretVariables {
  /** Tokenform's own, and the vendor's. */
  public static final String MANAGEMENT_TOKEN = "INFLUX_DB_MANAGEMENT_TOKEN";

  /** That of the community's Terraform provider. */
  public static final String TERRAFORM = "INFLUXDB3_TOKEN";

  /** All of them. */
  public static final List<String> ALL = List.of(MANAGEMENT_TOKEN, TERRAFORM);

  /** Begins the names of those that are for one cluster of a fleet. */
  public static final String OF_CLUSTER = ClusterName.VARIABLE;

  /** Ends the names of variables that other tools use for the path of a file. */
  private static final String PATH_ENDING = "_FILE";

  private SecretVariables() {}

  /** Those that an environment has, also of single clusters, whether or not a fleet is given. */
  public static Set<String> in(Map<String, String> environment) {
    Set<String> names = new TreeSet<>(ALL);
    for (String name : environment.keySet()) {
      if (name.startsWith(OF_CLUSTER)) {
        names.add(name);
      }
    }
    return names;
  }

  /** Whether a variable is likely to hold a path, which may stand in a text. */
  static boolean mayBePath(String name) {
    return name.startsWith(OF_CLUSTER) && name.endsWith(PATH_ENDING);
  }

  /** Whether everybody knows a management token: that of the embedded sandbox is no secret. */
  public static boolean isPublic(Secret token) {
    return token.reveal().equals(Sandbox.PUBLIC_MANAGEMENT_TOKEN);
  }
}
