package io.tokenform.access.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A database, and a listing of some. */
class DatabaseTest {
  private static final DatabaseName ORDERS = new DatabaseName("orders");
  private static final DatabaseName LOGS = new DatabaseName("logs");

  private static Database database(DatabaseName name, int maxTables, int maxColumns) {
    return new Database(name, Retention.INFINITE, maxTables, maxColumns, Optional.empty());
  }

  @Test
  void itsLimitsAreAtLeast1() {
    assertThat(database(ORDERS, 1, 1).maxTables()).isEqualTo(1);
    assertThatThrownBy(() -> database(ORDERS, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxTables must be at least 1, not 0");
    assertThatThrownBy(() -> database(ORDERS, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxColumnsPerTable must be at least 1, not 0");
  }

  @Test
  void eachFieldMakesADifference() {
    Database one = database(ORDERS, 500, 200);

    assertThat(one).isEqualTo(database(ORDERS, 500, 200)).hasSameHashCodeAs(database(ORDERS, 1, 1));
    assertThat(one)
        .isNotEqualTo(database(LOGS, 500, 200))
        .isNotEqualTo(database(ORDERS, 501, 200))
        .isNotEqualTo(database(ORDERS, 500, 201))
        .isNotEqualTo(new Database(ORDERS, Retention.parse("1d"), 500, 200, Optional.empty()))
        .isNotEqualTo(
            new Database(
                ORDERS,
                Retention.INFINITE,
                500,
                200,
                Optional.of(new PartitionTemplate(List.of(new PartitionPart.Tag("a"))))));
  }

  @Test
  void aListingFindsByName() {
    Database orders = database(ORDERS, 500, 200);
    UnreadableDatabase logs = new UnreadableDatabase(2, Optional.of("logs"), "it has no maxTables");
    DatabaseListing listing =
        new DatabaseListing(List.of("orders", "logs"), List.of(orders), List.of(logs));

    assertThat(listing.find(ORDERS)).contains(orders);
    assertThat(listing.find(LOGS)).isEmpty();
    assertThat(listing.findUnreadable(LOGS)).contains(logs);
    assertThat(listing.findUnreadable(ORDERS)).isEmpty();
    assertThat(DatabaseListing.of(List.of(orders)).names()).containsExactly("orders");
  }

  @Test
  void oneThatCannotBeReadIsNamedAsFarAsItHasAName() {
    assertThat(new UnreadableDatabase(2, Optional.of("logs"), "it has no maxTables"))
        .hasToString("logs (it has no maxTables)");
    assertThat(new UnreadableDatabase(2, Optional.empty(), "it is not an object"))
        .hasToString("database 2 of the listing (it is not an object)");
  }
}
