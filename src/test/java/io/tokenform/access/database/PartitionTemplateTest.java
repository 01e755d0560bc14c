package io.tokenform.access.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How data is partitioned. */
class PartitionTemplateTest {
  private static List<PartitionPart> tags(int count) {
    return IntStream.range(0, count)
        .<PartitionPart>mapToObj(i -> new PartitionPart.Tag("t" + i))
        .toList();
  }

  @Test
  void withoutATemplateADatabaseIsPartitionedByDay() {
    Optional<PartitionTemplate> byDay =
        Optional.of(new PartitionTemplate(List.of(new PartitionPart.Time("%Y-%m-%d"))));
    Optional<PartitionTemplate> byMonth =
        Optional.of(new PartitionTemplate(List.of(new PartitionPart.Time("%Y-%m"))));

    assertThat(PartitionTemplate.areAlike(byDay, Optional.empty())).isTrue();
    assertThat(PartitionTemplate.areAlike(Optional.empty(), byDay)).isTrue();
    assertThat(PartitionTemplate.areAlike(byMonth, byMonth)).isTrue();
    assertThat(PartitionTemplate.areAlike(byMonth, byDay)).isFalse();
    assertThat(PartitionTemplate.areAlike(byMonth, Optional.empty())).isFalse();
  }

  @Test
  void showsItsPartsInTheirOrder() {
    assertThat(
            new PartitionTemplate(
                List.of(
                    new PartitionPart.Time("%Y"),
                    new PartitionPart.Tag("plátanos"),
                    new PartitionPart.Bucket("c", 10))))
        .hasToString("time %Y | tag plátanos | bucket c,10");
  }

  @Test
  void has1To8Parts() {
    assertThat(new PartitionTemplate(tags(8)).parts()).hasSize(8);
    assertThatThrownBy(() -> new PartitionTemplate(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a partition template must have 1 to 8 parts, not 0");
    assertThatThrownBy(() -> new PartitionTemplate(tags(9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a partition template must have 1 to 8 parts, not 9");
  }

  @Test
  void itsPartsAreDifferent() {
    PartitionPart.Tag tag = new PartitionPart.Tag("%Y");

    assertThatThrownBy(() -> new PartitionTemplate(List.of(tag, new PartitionPart.Tag("%Y"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a partition template must not have two equal parts: tag %Y");
    assertThat(
            new PartitionTemplate(
                    List.of(
                        tag,
                        new PartitionPart.Time("%Y"),
                        new PartitionPart.Bucket("%Y", 1),
                        new PartitionPart.Bucket("%Y", 2)))
                .parts())
        .hasSize(4);
  }

  @Test
  void itsOrderMatters() {
    PartitionPart.Tag a = new PartitionPart.Tag("a");
    PartitionPart.Tag b = new PartitionPart.Tag("b");

    assertThat(new PartitionTemplate(List.of(a, b)))
        .isNotEqualTo(new PartitionTemplate(List.of(b, a)));
  }

  @Test
  void aPartHasAText() {
    assertThatThrownBy(() -> new PartitionPart.Tag(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a partition template's tag must not be empty");
    assertThatThrownBy(() -> new PartitionPart.Time(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a partition template's time format must not be empty");
    assertThatThrownBy(() -> new PartitionPart.Bucket("", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the tag of a partition template's bucket must not be empty");
  }

  @Test
  void thereAre1To100000Buckets() {
    assertThat(new PartitionPart.Bucket("a", 1).numberOfBuckets()).isEqualTo(1);
    assertThat(new PartitionPart.Bucket("a", 100_000).numberOfBuckets()).isEqualTo(100_000);
    assertThatThrownBy(() -> new PartitionPart.Bucket("a", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0");
    assertThatThrownBy(() -> new PartitionPart.Bucket("a", 100_001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a partition template's bucket must have 1 to 100000 buckets, not 100001");
  }
}
