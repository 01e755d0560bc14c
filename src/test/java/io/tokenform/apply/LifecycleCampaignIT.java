package io.tokenform.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole campaign about the lives of tokens. */
class LifecycleCampaignIT {
  private static final long SEED = Long.getLong("campaign.seed", 1_000);
  private static final int WORLDS = Integer.getInteger("campaign.worlds", 2_000);

  @TempDir Path folder;

  @Test
  void whatTheSinkHoldsWorksAndInTheEndEveryTokenIsThereOnce() throws Exception {
    System.out.printf("Lifecycle campaign: %d worlds from campaign.seed=%d%n", WORLDS, SEED);

    Map<String, Integer> results = new LifecycleCampaign(folder).run(SEED, WORLDS);

    System.out.println("Lifecycle campaign: outcomes " + results);
    // A campaign in which nothing goes wrong, or everything, would show nothing.
    assertThat(results)
        .containsKeys(
            "create applied",
            "create failed",
            "rotate applied",
            "rotate failed",
            "retire applied",
            "revoke applied",
            "clean-up applied",
            "update applied");
  }
}
