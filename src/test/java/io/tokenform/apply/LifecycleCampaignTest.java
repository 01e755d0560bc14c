package io.tokenform.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small part of the campaign about the lives of tokens. One world is run again with {@code
 * -Dcampaign.seed=N -Dcampaign.worlds=1}.
 */
class LifecycleCampaignTest {
  private static final long SEED = Long.getLong("campaign.seed", 1);
  private static final int WORLDS = Integer.getInteger("campaign.worlds", 150);

  @TempDir Path folder;

  @Test
  void whatTheSinkHoldsWorksAndInTheEndEveryTokenIsThereOnce() throws Exception {
    assertThat(new LifecycleCampaign(folder).run(SEED, WORLDS)).isNotEmpty();
  }
}
