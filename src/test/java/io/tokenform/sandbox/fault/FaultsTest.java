package io.tokenform.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.tokenform.sandbox.api.Area;
import io.tokenform.sandbox.api.Printable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  private static final String KEYS = "on, at, rate, first, skip, every";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | a term is missing; a rule is KIND[=VALUE][,KEY=VALUE...]",
        "reset, | a term is missing; a rule is KIND[=VALUE][,KEY=VALUE...]",
        "=3 | a term is missing; a rule is KIND[=VALUE][,KEY=VALUE...]",
        "dely=3s | there is no kind \"dely\"; the kinds are delay, status, reset, half,"
            + " content-type, stale, late, wrong, ignored, random",
        "a\u001b[2J | there is no kind \"a\\u001b[2J\"; the kinds are delay, status, reset, half,"
            + " content-type, stale, late, wrong, ignored, random",
        "half,acts | half has no key \"acts\"; it has " + KEYS,
        "reset,retry-after=2 | reset has no key \"retry-after\"; it has acts, " + KEYS,
        "status=429,Acts | status has no key \"Acts\"; it has acts, retry-after, " + KEYS,
        "random=20%,rate=3% | random has no key \"rate\"; it has on, at, first, skip, every",
        "reset,on=GET,on=PATCH | on appears twice",
        "reset=5 | reset has no value",
        "wrong=5 | wrong needs no value, or permissions, description, expiresAt or"
            + " retentionPeriod, as wrong=description; \"5\" is not",
        "wrong= | wrong needs no value, or permissions, description, expiresAt or"
            + " retentionPeriod, as wrong=description; \"\" is not",
        "late | late needs a duration, as late=30s",
        "late=1d | \"1d\" is not a duration; write 20ms or 2s, an hour (3600s) at most",
        "late=1s,on=GET | on needs the method of a request that late can happen to, POST; \"GET\""
            + " is not",
        "stale=1s,at=list | at needs a part of what the sandbox serves, tokens or token or"
            + " databases or database or data, as at=tokens; \"list\" is not",
        "reset,at=nowhere | at needs a part of what the sandbox serves, tokens or token or"
            + " databases or database or data, as at=tokens; \"nowhere\" is not",
        "reset,at | at needs a part of what the sandbox serves, tokens or token or databases or"
            + " database or data, as at=tokens",
        "wrong,on=DELETE | on needs the method of a request that wrong can happen to, POST or PATCH"
            + " or PUT; \"DELETE\" is not",
        "reset,acts=yes | acts has no value",
        "delay | delay needs a duration, as delay=20ms, delay=10ms..200ms or delay=exp:50ms",
        "delay=20 | \"20\" is not a duration; write 20ms or 2s, an hour (3600s) at most",
        "delay=3601s | \"3601s\" is not a duration; write 20ms or 2s, an hour (3600s) at most",
        "delay=1ms.. | \"\" is not a duration; write 20ms or 2s, an hour (3600s) at most",
        "delay=exp:fast | \"fast\" is not a duration; write 20ms or 2s, an hour (3600s) at most",
        "delay=2s..20ms | the shorter delay comes first, as in delay=10ms..200ms",
        "stale | stale needs a duration, as stale=500ms",
        "status | status needs an error's status from 400 to 599, as status=429",
        "status=302 | status needs an error's status from 400 to 599, as status=429; \"302\" is"
            + " not",
        "status=429,retry-after=soon | retry-after needs whole seconds, as retry-after=2, or how"
            + " far ahead its date lies, as retry-after=date:2s; \"soon\" is neither",
        "status=429,retry-after=date:2 | \"2\" is not a duration; write 20ms or 2s, an hour (3600s)"
            + " at most",
        "content-type=html | content-type needs a media type, as content-type=text/html; \"html\""
            + " is not",
        "reset,on=HEAD | on needs the method of a request that reset can happen to, GET or POST or"
            + " PATCH or PUT or DELETE; \"HEAD\" is not",
        "wrong,on=GET | on needs the method of a request that wrong can happen to, POST or PATCH"
            + " or PUT; \"GET\" is not",
        "reset,rate | rate needs a percentage above 0, as rate=30%",
        "reset,rate=0% | rate needs a percentage above 0, as rate=30%; \"0%\" is not",
        "reset,rate=101% | rate needs a percentage above 0, as rate=30%; \"101%\" is not",
        "reset,rate=0.3 | rate needs a percentage above 0, as rate=30%; \"0.3\" is not",
        "random | random needs a percentage above 0, as random=30%",
        "reset,first=0 | first needs a whole number from 1, as first=3; \"0\" is not",
        "reset,every=-1 | every needs a whole number from 1, as every=3; \"-1\" is not",
        "reset,skip=2,first=2 | first, skip and every leave no request; each counts from the first"
            + " one, so skip=2,first=3 is only the third",
        "reset,first=5,every=6 | first, skip and every leave no request; each counts from the first"
            + " one, so skip=2,first=3 is only the third",
      })
  void whatIsNoRuleIsExplained(String rule, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Faults.parse(List.of("half", rule), 0))
        .withMessage("fault \"" + Printable.of(rule) + "\": " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"delay=1ms..2ms", "delay=exp:1ms", "random=100%", "reset,rate=99.5%,on=GET"})
  void someRulesDrawLots(String rule) {
    assertThat(Faults.parse(List.of("half", rule), 0).drawLots()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delay=0ms",
        "delay=3600s",
        "reset,rate=100%,skip=1,first=9,every=3",
        "status=599,acts,retry-after=date:0s"
      })
  void othersDoNot(String rule) {
    assertThat(Faults.parse(List.of(rule), 0).drawLots()).isFalse();
    assertThat(Faults.NONE.drawLots()).isFalse();
  }

  @Test
  void aRuleDecidesTheSameWhateverItsNeighboursAre() {
    FaultSchedule alone = schedule(5, "reset,rate=30%");
    FaultSchedule behind = schedule(5, "delay=exp:9ms,rate=50%", "reset,rate=30%");

    assertThat(IntStream.range(0, 200).mapToObj(i -> alone.decide("GET", Area.TOKENS).fault()))
        .isEqualTo(
            IntStream.range(0, 200)
                .mapToObj(i -> behind.decide("GET", Area.TOKENS).fault())
                .toList());
  }

  @Test
  void aRuleCountsEvenWhereAnotherOneDecides() {
    FaultSchedule schedule = schedule(0, "reset,first=2", "half,first=3");

    assertThat(
            IntStream.range(0, 4)
                .mapToObj(i -> schedule.decide("GET", Area.TOKENS).name().orElse("")))
        .containsExactly("reset before acting", "reset before acting", "half", "");
  }

  @Test
  void aRuleForOnePartPassesTheOthersByAndDoesNotCountThem() {
    FaultSchedule schedule = schedule(0, "stale=1s,at=tokens,first=2");

    assertThat(
            Stream.of(Area.TOKENS, Area.TOKEN, Area.DATABASES, Area.DATA, Area.TOKENS, Area.TOKENS)
                .map(area -> schedule.decide("GET", area).name().orElse("")))
        .containsExactly("stale", "", "", "", "stale", "");
  }

  @Test
  void theDataSideIsHitOnlyByRulesThatNameIt() {
    FaultSchedule unnamed = schedule(0, "reset");
    FaultSchedule named = schedule(0, "reset,at=data");

    assertThat(unnamed.decide("GET", Area.DATA)).isEqualTo(Decision.NONE);
    assertThat(unnamed.decide("GET", Area.NOWHERE).name()).contains("reset before acting");
    assertThat(named.decide("GET", Area.DATA).name()).contains("reset before acting");
    assertThat(named.decide("GET", Area.TOKENS)).isEqualTo(Decision.NONE);
  }

  @Test
  void latenessAddsUpAndGoesTogetherWithOtherFaults() {
    FaultSchedule schedule = schedule(0, "late=2s", "reset,acts,first=1", "late=3s");

    assertThat(schedule.decide("POST", Area.TOKENS))
        .isEqualTo(
            new Decision(Duration.ZERO, Duration.ofSeconds(5), Optional.of(new Fault.Reset(true))));
    assertThat(schedule.decide("POST", Area.TOKENS).name()).contains("late");
    assertThat(schedule.decide("PATCH", Area.TOKEN)).isEqualTo(Decision.NONE);
  }

  @Test
  void aRateIsMetOnTheWhole() {
    FaultSchedule schedule = schedule(3, "reset,rate=30%");

    long hit =
        IntStream.range(0, 10_000)
            .filter(i -> schedule.decide("GET", Area.TOKENS).fault().isPresent())
            .count();

    assertThat(hit).isCloseTo(3_000L, within(150L));
  }

  @Test
  void aDrawNeverChangesFromOneReleaseToTheNext() {
    FaultSchedule schedule = schedule(42, "random=60%");

    assertThat(
            IntStream.range(0, 12)
                .mapToObj(i -> schedule.decide("PATCH", Area.TOKEN).name().orElse("-"))
                .collect(Collectors.joining(", ")))
        .isEqualTo(
            "-, 429, -, delay, reset before acting, reset before acting, half, 503,"
                + " reset before acting, -, reset after acting, -");
  }

  @Test
  void theMixtureHasAllKinds() {
    FaultSchedule schedule = schedule(1, "random=100%");

    assertThat(
            IntStream.range(0, 300)
                .mapToObj(i -> schedule.decide("GET", Area.TOKENS).name())
                .flatMap(Optional::stream)
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "429",
            "503",
            "503 after acting",
            "reset before acting",
            "reset after acting",
            "half",
            "delay");
  }

  @Test
  void delaysAreAsLongAsTheyShouldBe() {
    Random lots = new Random(1);
    Delay uniform = new Delay.Uniform(Duration.ofMillis(10), Duration.ofMillis(20));
    Delay exponential = new Delay.Exponential(Duration.ofMillis(50));

    assertThat(IntStream.range(0, 10_000).mapToObj(i -> uniform.draw(lots)))
        .allSatisfy(
            delay -> assertThat(delay).isBetween(Duration.ofMillis(10), Duration.ofMillis(20)));
    assertThat(
            IntStream.range(0, 10_000)
                .mapToLong(i -> exponential.draw(lots).toNanos())
                .average()
                .orElseThrow())
        .isCloseTo(50e6, within(2e6));
    assertThat(exponential.draw(new AlmostOne())).isEqualTo(Duration.ofSeconds(1));
  }

  /** Draws the largest number that there is. */
  private static final class AlmostOne extends Random {
    private static final long serialVersionUID = 1L;

    @Override
    public double nextDouble() {
      return Math.nextDown(1.0);
    }
  }

  private static FaultSchedule schedule(long seed, String... rules) {
    return Faults.parse(List.of(rules), seed).schedule();
  }
}
