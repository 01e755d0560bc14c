package io.tokenform.plan.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.Retention;
import io.tokenform.finding.Located;
import io.tokenform.live.Live;
import io.tokenform.plan.DatabaseSettings;
import io.tokenform.policy.database.DesiredDatabase;
import io.tokenform.testing.Apis;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What somebody wants of databases, as a policy. */
class DatabaseEditTest {
  private static final ClusterAddress CLUSTER =
      Apis.clustered(ClusterUrl.parse("https://influxdb.example.com"));
  private static final Live LIVE = new Live(CLUSTER, List.of(), List.of("metrics", "logs"));
  private static final DatabaseName LOGS = new DatabaseName("logs");
  private static final DatabaseName NEW = new DatabaseName("new");
  private static final DatabaseSettings MONTH =
      new DatabaseSettings(Optional.of(Retention.parse("30d")), Optional.of(7), Optional.empty());

  private static RefusedVerbException refusal(ThrowingCallable call) {
    return catchThrowableOfType(RefusedVerbException.class, call);
  }

  @Test
  void aCreationWantsItsSettingsAndItsTemplate() throws Exception {
    PartitionTemplate template = new PartitionTemplate(List.of(new PartitionPart.Time("%Y")));

    DesiredDatabase wanted =
        DatabaseEdit.create(LIVE, NEW, MONTH, Optional.of(template)).databases().get(0);

    assertThat(wanted.name()).isEqualTo(NEW);
    assertThat(wanted.retention().map(Located::value)).contains(Retention.parse("30d"));
    assertThat(wanted.maxTables().map(Located::value)).contains(7);
    assertThat(wanted.maxColumnsPerTable()).isEmpty();
    assertThat(wanted.partitionTemplate().map(Located::value)).contains(template);
    assertThat(wanted.isDeleted()).isFalse();
    assertThat(wanted.renamed()).isEmpty();
  }

  @Test
  void anUpdateWantsItsSettingsAlone() throws Exception {
    DesiredDatabase wanted = DatabaseEdit.update(LIVE, LOGS, MONTH).databases().get(0);

    assertThat(wanted.name()).isEqualTo(LOGS);
    assertThat(wanted.maxTables().map(Located::value)).contains(7);
    assertThat(wanted.partitionTemplate()).isEmpty();
  }

  @Test
  void aDeletionWantsEachOnce() throws Exception {
    assertThat(
            DatabaseEdit.delete(LIVE, List.of(LOGS, new DatabaseName("metrics"), LOGS)).databases())
        .allMatch(DesiredDatabase::isDeleted)
        .extracting(database -> database.name().value())
        .containsExactly("logs", "metrics");
  }

  @Test
  void aRenameWantsTheNewNameAndKnowsTheOld() throws Exception {
    DesiredDatabase wanted = DatabaseEdit.rename(LIVE, LOGS, NEW).databases().get(0);

    assertThat(wanted.name()).isEqualTo(NEW);
    assertThat(wanted.renamed().map(Located::value)).contains(LOGS);
  }

  @Test
  void oneThatIsNotThereIsRefusedWithTheNearest() {
    DatabaseName lgs = new DatabaseName("lgs");

    for (RefusedVerbException refusal :
        List.of(
            refusal(() -> DatabaseEdit.update(LIVE, lgs, MONTH)),
            refusal(() -> DatabaseEdit.delete(LIVE, List.of(LOGS, lgs))),
            refusal(() -> DatabaseEdit.rename(LIVE, lgs, NEW)))) {
      assertThat(refusal).hasMessage("the cluster has no database \"lgs\"");
      assertThat(refusal.hint()).hasValue("did you mean \"logs\"?");
    }
  }

  @Test
  void aNameThatIsTakenOrNotAllowedIsRefused() {
    assertThat(
            refusal(() -> DatabaseEdit.create(LIVE, LOGS, DatabaseSettings.NONE, Optional.empty())))
        .hasMessage("the cluster has a database \"logs\" already");
    assertThat(refusal(() -> DatabaseEdit.rename(LIVE, LOGS, new DatabaseName("metrics"))))
        .hasMessage("the cluster has a database \"metrics\" already");
    assertThat(refusal(() -> DatabaseEdit.rename(LIVE, LOGS, new DatabaseName("_x"))))
        .hasMessageContaining("must begin with a letter");
  }
}
