package io.tokenform.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.Location;
import io.tokenform.report.DiagnosticText;
import io.tokenform.report.text.Style;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * What holds for every file, tried on random mutants of a valid policy. Give -Dmutants.seed to
 * repeat a run, and -Dmutants.count for a longer one.
 */
class PolicyMutantsTest {
  private static final int MUTANTS = Integer.getInteger("mutants.count", 2_500);
  private static final long SEED = Long.getLong("mutants.seed", System.nanoTime());

  private static final String POLICY =
      """
      # Our tokens \ud83d\ude00
      version: 1
      cluster:
        product: cloud-dedicated
        accountId: 11111111-1111-4111-8111-111111111111
        clusterId: 33333333-3333-4333-8333-333333333333
        url: "https://console.example.com:443/base"
      tokens:
        grafana:
          id: 55555555-5555-4555-8555-555555555555
          description: &d "Grafana \\u00fc \\ud83d\\ude00 \ud83d\ude00"
          permissions: &p
            read: [metrics, 'logs', "*", &x orders]
        telegraf:
          description: *d
          permissions: *p
          mode: additive
        backup:
          description: >-
            Nightly
            backup
          permissions: [{action: read, resource: *x}]
      """;

  private final Mutants mutants = new Mutants(SEED, List.of(POLICY));

  @Test
  void thePolicyThatTheMutantsComeFromIsValid() throws InvalidPolicyException {
    assertThat(Reading.policy(POLICY).tokens()).hasSize(3);
  }

  @Test
  void everyMutantIsAPolicyOrHasFindingsThatLieInItAndCanBeShown() {
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = mutants.next();
      Assertions.assertTimeoutPreemptively(
          Duration.ofMinutes(15), () -> check(mutant), () -> about(mutant));
    }
  }

  private static void check(byte[] mutant) {
    try {
      PolicyParser.parse(PolicySource.decode("p.yaml", mutant));
    } catch (InvalidPolicyException invalid) {
      assertThat(invalid.findings()).as(() -> about(mutant)).isNotEmpty();
      Location last = null;
      for (Diagnostic finding : invalid.findings()) {
        check(finding.where(), mutant);
        finding.other().ifPresent(other -> check(other, mutant));
        assertThat(last == null || !isBefore(finding.where(), last))
            .as(() -> about(mutant))
            .isTrue();
        last = finding.where();
        for (Style style : Style.values()) {
          String shown = new DiagnosticText(style).render(finding);
          assertThat(shown.codePoints().noneMatch(PolicyMutantsTest::isObeyed))
              .as(() -> about(mutant))
              .isTrue();
          assertThat(shown).as(() -> about(mutant)).doesNotContain("apiv1_0123456789abcdef");
        }
      }
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(about(mutant), e);
    }
  }

  private static void check(Location where, byte[] mutant) {
    String content = where.source().content();
    long lines = content.replace("\r\n", "\n").chars().filter(c -> c == '\n' || c == '\r').count();
    assertThat(where.line()).as(() -> about(mutant)).isLessThanOrEqualTo((int) lines + 1);
    String line = where.source().line(where.line());
    int size = line.codePointCount(0, line.length());
    assertThat(where.column()).as(() -> where + " of " + about(mutant)).isBetween(1, size + 1);
    assertThat(where.column() + where.length() - 1)
        .as(() -> where + " and its length, of " + about(mutant))
        .isLessThanOrEqualTo(Math.max(size, where.column()));
  }

  /** Whether a terminal would obey the character; we break lines and use colours ourselves. */
  private static boolean isObeyed(int c) {
    return c != '\n' && c != '\u001b' && Character.isISOControl(c);
  }

  private static boolean isBefore(Location one, Location other) {
    return one.line() < other.line()
        || (one.line() == other.line() && one.column() < other.column());
  }

  private static String about(byte[] mutant) {
    return "seed " + SEED + ":\n" + new String(mutant, StandardCharsets.UTF_8);
  }
}
