package io.tokenform.apply;

import static io.tokenform.apply.Changes.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.Retention;
import io.tokenform.cluster.Endpoints;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.plan.CreateDatabase;
import io.tokenform.plan.DatabaseSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CreateDatabaseMakerTest {
  private static final DatabaseName FRESH = new DatabaseName("fresh");

  private static Optional<PartitionTemplate> by(String period) {
    return Optional.of(new PartitionTemplate(List.of(new PartitionPart.Time(period))));
  }

  private static boolean isDone(
      Optional<PartitionTemplate> wanted, Optional<PartitionTemplate> live) {
    CreateDatabase change =
        CreateDatabase.of(
            Endpoints.of(CLUSTER),
            FRESH,
            new Location(new SourceText("p.yaml", ""), 3, 3, 5),
            DatabaseSettings.NONE,
            wanted);
    Database database = new Database(FRESH, Retention.INFINITE, 500, 200, live);
    return new CreateDatabaseMaker()
        .isDone(
            change,
            Listing.of(List.of(), DatabaseListing.of(List.of(database)), Instant.EPOCH),
            Optional.empty());
  }

  @Test
  void aClusterMayLeaveOutTheTemplateThatItUsesByItself() {
    assertThat(isDone(by("%Y-%m-%d"), Optional.empty())).isTrue();
    assertThat(isDone(by("%Y-%m-%d"), by("%Y-%m-%d"))).isTrue();
    assertThat(isDone(by("%Y-%m"), by("%Y-%m"))).isTrue();
  }

  @Test
  void anotherTemplateIsNotWhatWasAskedFor() {
    assertThat(isDone(by("%Y-%m"), Optional.empty())).isFalse();
    assertThat(isDone(by("%Y-%m-%d"), by("%Y"))).isFalse();
  }

  @Test
  void withoutATemplateInThePolicyAnyWillDo() {
    assertThat(isDone(Optional.empty(), by("%Y"))).isTrue();
  }
}
