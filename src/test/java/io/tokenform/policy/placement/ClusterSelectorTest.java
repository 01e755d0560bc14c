package io.tokenform.policy.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterSelectorTest {
  private static final Place DEV = place("dev-eu", Map.of("env", "dev"));
  private static final Place EU = place("prod-eu", Map.of("env", "prod", "region", "eu"));
  private static final Place US = place("prod-us", Map.of("env", "prod", "region", "us"));
  private static final Place BARE = place("lab", Map.of());
  private static final List<Place> ALL = List.of(DEV, EU, US, BARE);

  private static Place place(String name, Map<String, String> labels) {
    return new Place(new ClusterName(name), new TreeMap<>(labels));
  }

  private static String selected(ClusterSelector selector) {
    return String.join(
        " ", ALL.stream().filter(selector::selects).map(place -> place.name().value()).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prod-eu              | prod-eu",
        "prod-*               | prod-eu prod-us",
        "*-eu                 | dev-eu prod-eu",
        "*                    | dev-eu prod-eu prod-us lab",
        "Prod-eu              | ''",
        "prod                 | ''",
        "env=prod             | prod-eu prod-us",
        "env=p*               | prod-eu prod-us",
        "env=*                | dev-eu prod-eu prod-us",
        "env!=prod            | dev-eu lab",
        "env!=*               | lab",
        "region=eu            | prod-eu",
        "env=prod,region!=eu  | prod-us",
        "' env = prod , *-us '| prod-us",
        "prod-*,dev-*         | ''",
        "!prod-eu             | dev-eu prod-us lab",
        "!prod-*              | dev-eu lab",
        "!prod-eu,!lab        | dev-eu prod-us",
        "env=prod,!*-eu       | prod-us",
      })
  void aSelectorMeansTheClustersForWhichAllTermsHold(String text, String names) {
    assertThat(selected(ClusterSelector.parse(text))).isEqualTo(names);
  }

  @Test
  void aMapOfLabelsMeansThoseThatHaveAllOfThem() {
    assertThat(selected(ClusterSelector.of(new TreeMap<>(Map.of("env", "prod", "region", "u*")))))
        .isEqualTo("prod-us");
  }

  @Test
  void ofSeveralSelectorsOneIsEnoughAndOfNoneEveryClusterIsMeant() {
    List<ClusterSelector> two =
        List.of(ClusterSelector.parse("lab"), ClusterSelector.parse("region=us"));
    assertThat(ALL.stream().filter(place -> ClusterSelector.anySelects(two, place)))
        .containsExactly(US, BARE);
    assertThat(ALL).allMatch(place -> ClusterSelector.anySelects(List.of(), place));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''        | it is empty",
        "a,        | it is empty",
        "a b       | \"a b\" is no cluster's name",
        "=prod     | there is no label before =",
        "!=prod    | there is no label before =",
        "env=      | the label \"env\" has no value",
        "env==prod | \"=prod\" is no value of a label",
        "env=a b   | \"a b\" is no value of a label",
        "!env=prod | \"!env\" is no label",
        "env! =prod| \"env!\" is no label",
        "e*=prod   | \"e*\" is no label",
        "!         | \"!\" is no cluster's name",
        "!!a       | \"!!a\" is no cluster's name",
      })
  void whatSaysNothingIsRefused(String text, String reason) {
    assertThatThrownBy(() -> ClusterSelector.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(reason);
  }

  @Test
  void aSelectorIsWrittenAsItIsRead() {
    for (String text :
        List.of("prod-*", "env=prod", "env!=prod", "env=prod,region!=eu", "!prod-*")) {
      assertThat(ClusterSelector.parse(text)).hasToString(text);
      assertThat(ClusterSelector.parse(text)).isEqualTo(ClusterSelector.parse(" " + text + " "));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prod-ue         | the fleet has no cluster \"prod-ue\" | did you mean \"prod-eu\"?",
        "xyz             | the fleet has no cluster \"xyz\" | the clusters are dev-eu, prod-eu,"
            + " prod-us, lab",
        "stage-*         | no cluster of the fleet is meant by \"stage-*\" | correct it, or remove"
            + " it; the clusters are dev-eu, prod-eu, prod-us, lab",
        "evn=prod        | no cluster of the fleet has the label \"evn\" | did you mean \"env\"?",
        "evn!=prod       | no cluster of the fleet has the label \"evn\" | did you mean \"env\"?",
        "team=a          | no cluster of the fleet has the label \"team\" | the labels are env,"
            + " region",
        "env=prdo        | no cluster of the fleet has env=prdo | did you mean \"prod\"?",
        "env!=prdo       | no cluster of the fleet has env=prdo | did you mean \"prod\"?",
        "dev             | the fleet has no cluster \"dev\" | did you mean env=dev?",
        "!prod           | the fleet has no cluster \"prod\" | did you mean env!=prod?",
        "!prod-ue        | the fleet has no cluster \"prod-ue\" | did you mean \"prod-eu\"?",
        "!stage-*        | no cluster of the fleet is meant by \"stage-*\" | correct it, or remove"
            + " it; the clusters are dev-eu, prod-eu, prod-us, lab",
        "env=stage       | no cluster of the fleet has env=stage | the values of env are dev,"
            + " prod",
        "env=dev,region=us | no cluster of the fleet is meant by \"env=dev,region=us\" | correct"
            + " it, or remove it; the clusters are dev-eu, prod-eu, prod-us, lab",
      })
  void whatMeansNoClusterIsAMistake(String text, String message, String hint) {
    assertThat(new Places(ALL).mistake(ClusterSelector.parse(text)))
        .contains(new Places.Mistake(message, hint));
  }

  @ParameterizedTest
  @CsvSource({"prod-eu", "env=prod", "env!=prod", "env!=stage", "region!=eu", "*", "env=d*"})
  void whatMeansAClusterIsNone(String text) {
    assertThat(new Places(ALL).mistake(ClusterSelector.parse(text))).isEmpty();
  }
}
