package io.tokenform.cli.options;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Product;
import io.tokenform.cli.console.World;
import io.tokenform.cluster.settings.Setting;
import io.tokenform.cluster.settings.SettingLayer;
import io.tokenform.cluster.settings.SettingName;
import java.util.Optional;

/**
 * The variables of the community's Terraform provider, which is for Cloud Dedicated. They are the
 * last to be asked, and it is said when they answer.
 */
public final class TerraformNames {
  private static final String PREFIX = "INFLUXDB3_";
  private static final String ACCOUNT_ID = "INFLUXDB3_ACCOUNT_ID";
  private static final String CLUSTER_ID = "INFLUXDB3_CLUSTER_ID";

  private TerraformNames() {}

  /** What they say of the cluster. */
  static SettingLayer settings(World world) {
    return new SettingLayer()
        .with(SettingName.ACCOUNT_ID, Variables.setting(world, ACCOUNT_ID))
        .with(SettingName.CLUSTER_ID, Variables.setting(world, CLUSTER_ID));
  }

  static boolean gave(Setting setting) {
    return setting.origin().startsWith(PREFIX);
  }

  /**
   * Whether their token may be shown to a cluster: one of that provider's, and of their account.
   */
  static boolean mayOpen(World world, ClusterAddress cluster) {
    Optional<Setting> account = Variables.setting(world, ACCOUNT_ID);
    return cluster.product() == Product.CLOUD_DEDICATED
        && (account.isEmpty()
            || account
                .get()
                .value()
                .equalsIgnoreCase(cluster.accountId().orElseThrow().toString()));
  }
}
