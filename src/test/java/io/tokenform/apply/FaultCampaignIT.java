package io.tokenform.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.apply.journal.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole fault campaign. */
class FaultCampaignIT {
  private static final long SEED = Long.getLong("campaign.seed", 1_000);
  private static final int WORLDS = Integer.getInteger("campaign.worlds", 2_000);

  @TempDir Path folder;

  @Test
  void whateverGoesWrongTheJournalAgreesAndOneMoreApplyFinishes() throws Exception {
    System.out.printf("Fault campaign: %d worlds from campaign.seed=%d%n", WORLDS, SEED);

    Map<Result, Integer> results = new FaultCampaign(folder).run(SEED, WORLDS);

    System.out.println("Fault campaign: outcomes " + results);
    // A campaign in which nothing goes wrong, or everything, would show nothing.
    assertThat(results)
        .containsKeys(Result.APPLIED, Result.FAILED, Result.UNKNOWN, Result.NOT_ATTEMPTED);
  }
}
