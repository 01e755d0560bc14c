package io.tokenform.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.report.DiagnosticText;
import io.tokenform.report.DiagnosticsJson;
import io.tokenform.report.GithubAnnotations;
import io.tokenform.report.text.Style;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A campaign of mutants of every valid policy of the fixtures and examples: whatever is read, the
 * outcome is a policy or diagnostics, soon, and no memory is kept. Give -Dfuzz.seed to repeat a
 * run, and -Dfuzz.count for a longer one.
 */
class PolicyFuzzIT {
  private static final int MUTANTS = Integer.getInteger("fuzz.count", 100_000);
  private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());

  /** Reading one takes far less than a millisecond of this thread's own time. */
  private static final Duration LONGEST = Duration.ofSeconds(2);

  /** Heap that may be in use after the campaign beyond what was after its first part, in bytes. */
  private static final long MOST_GROWTH = 16L << 20;

  @Test
  @Timeout(900)
  void noMutantGivesAnythingButAPolicyOrDiagnostics() throws IOException {
    List<String> originals = originals();
    Mutants mutants = new Mutants(SEED, originals);
    int valid = 0;
    long usedAtFirst = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = mutants.next();
      long start = busy();
      valid += isValid(mutant) ? 1 : 0;
      assertThat(busy() - start).as(() -> about(mutant)).isLessThan(LONGEST.toNanos());
      if (i == MUTANTS / 10) {
        usedAtFirst = usedHeap();
      }
    }
    assertThat(usedHeap() - usedAtFirst).as("growth of the heap").isLessThan(MOST_GROWTH);
    // Otherwise the mutants are too tame or too wild to find anything.
    assertThat(valid).as("valid mutants of seed " + SEED).isBetween(MUTANTS / 50, MUTANTS / 2);
  }

  /** How long this thread has been running, in nanoseconds; what waits for a processor is not. */
  private static long busy() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static boolean isValid(byte[] mutant) {
    try {
      PolicyParser.merge(List.of(PolicyFile.parse("p.yaml", mutant)));
      return true;
    } catch (InvalidPolicyException invalid) {
      List<Diagnostic> findings = invalid.findings();
      assertThat(findings).as(() -> about(mutant)).isNotEmpty();
      findings.forEach(finding -> new DiagnosticText(Style.PLAIN).render(finding));
      DiagnosticsJson.render(findings);
      GithubAnnotations.render(findings, "all", UnaryOperator.identity());
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(about(mutant), e);
    }
  }

  /** Every policy file of the fixtures and examples that is valid on its own. */
  private static List<String> originals() throws IOException {
    List<String> originals = new ArrayList<>();
    for (Path root : List.of(Path.of("tests-fixtures"), Path.of("examples"))) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file :
            files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
          byte[] bytes = Files.readAllBytes(file);
          if (isValid(bytes)) {
            originals.add(new String(bytes, StandardCharsets.UTF_8));
          }
        }
      }
    }
    assertThat(originals).hasSizeGreaterThan(20);
    return originals;
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private static String about(byte[] mutant) {
    return "seed " + SEED + ":\n" + new String(mutant, StandardCharsets.UTF_8);
  }
}
