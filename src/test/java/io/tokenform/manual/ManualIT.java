package io.tokenform.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the README and the manual show is what the built distribution prints: a shell for each page
 * runs the page's commands one after the other, in a folder with the examples. {@link ManualPage}
 * says how a page is written.
 */
@Timeout(900)
final class ManualIT {
  private static final Path DISTRIBUTION = Path.of("target", "tokenform").toAbsolutePath();

  /** Where the pages and the examples say that a sandbox listens. */
  private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:8[01]8\\d\\b");

  /** The name of a journal, which has the time in it. */
  private static final Pattern JOURNAL = Pattern.compile("\\b\\d{8}T\\d{6}Z-[0-9a-f]{12}\\b");

  /**
   * A sandbox goes on in the background once it listens, until the page is at its end. With {@code
   * cluster SEED} it is also the cluster that the variables name.
   */
  private static final String PRELUDE =
      """
      trap 'kill $(jobs -p) 2>/dev/null' EXIT
      tokenform() {
        [[ ${1-} == sandbox ]] || { command tokenform "$@"; return; }
        local log=$STEPS/sandbox.$((++sandboxes)) listen=()
        [[ " $* " == *" --listen "* ]] || listen=(--listen 127.0.0.1:8086)
        command tokenform "$@" "${listen[@]}" >"$log" 2>&1 &
        until grep -qs Ctrl-C "$log"; do kill -0 $! || return; sleep 0.05; done
        cat "$log"
      }
      cluster() {
        tokenform sandbox --seed "$1"
        export INFLUX_DB_PRODUCT_TYPE=clustered INFLUX_DB_INSTANCE_URL=http://127.0.0.1:8086
        export INFLUX_DB_MANAGEMENT_TOKEN=sandbox-management-token
      }
      """;

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> whatIsShownIsPrinted() {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash");
    return ManualPage.all().stream()
        .filter(page -> page.toString().contains(System.getProperty("manual.page", "")))
        .filter(page -> !page.steps(ManualPage.Command.class).isEmpty())
        .map(page -> DynamicTest.dynamicTest(page.toString(), () -> run(page)));
  }

  @Test
  void fewBlocksAreNotRun() {
    List<String> reasons =
        ManualPage.all().stream()
            .flatMap(page -> page.steps(ManualPage.LeftOut.class).stream())
            .map(ManualPage.LeftOut::reason)
            .toList();
    assertThat(reasons).hasSizeLessThan(4).allSatisfy(reason -> assertThat(reason).isNotBlank());
  }

  /** In the distribution the README and the manual lie as here, with all that they lead to. */
  @Test
  void theDistributionHasWhatThePagesLeadTo() {
    for (ManualPage page : ManualPage.all()) {
      Path there = DISTRIBUTION.resolve(page.file());
      assertThat(there).hasSameTextualContentAs(page.file());
      assertThat(ManualLinks.of(page))
          .allSatisfy(link -> assertThat(there.resolveSibling(link.path())).exists());
    }
  }

  private void run(ManualPage page) throws Exception {
    Path work = Files.createDirectories(folder.resolve(page.file().getFileName()).resolve("work"));
    Path steps = Files.createDirectory(work.resolveSibling("steps"));
    Map<String, String> addresses = new LinkedHashMap<>();
    address("127.0.0.1:8086", addresses);
    copy(
        DISTRIBUTION.resolve("examples"),
        work.resolve("examples"),
        text -> replaced(ADDRESS, text, shown -> address(shown, addresses)));
    // The README calls tokenform as somebody does who has just built it.
    Path built = work.resolve("target/tokenform/bin/tokenform");
    Files.createDirectories(built.getParent());
    Files.writeString(built, "#!/bin/sh\nexec '" + DISTRIBUTION + "/bin/tokenform' \"$@\"\n");
    Files.setPosixFilePermissions(built, PosixFilePermissions.fromString("rwxr-xr-x"));

    List<ManualPage.Step> todo = page.steps();
    StringBuilder script = new StringBuilder(PRELUDE);
    for (int i = 0; i < todo.size(); i++) {
      script.append(todo.get(i).script("$STEPS/" + i));
    }
    Path log = steps.resolve("log");
    Process shell =
        shell(
                work,
                steps,
                log,
                replaced(ADDRESS, script.toString(), shown -> address(shown, addresses)))
            .start();
    shell.getOutputStream().close();
    try {
      assertThat(shell.waitFor(14, TimeUnit.MINUTES)).isTrue();
    } finally {
      shell.destroy();
    }

    String said = Files.readString(log);
    for (ManualPage.Command command : page.steps(ManualPage.Command.class)) {
      Path printed = steps.resolve(String.valueOf(todo.indexOf(command)));
      String place = page.place(command) + ": " + command.shell();
      assertThat(printed).as("%s%n%s", place, said).exists();
      String text = asShown(Files.readString(printed), addresses);
      assertThat(steps.resolve(printed.getFileName() + ".exit"))
          .as("%s%n%s", place, text)
          .hasContent(String.valueOf(command.exit()));
      if (command.shown().isPresent()
          && !pattern(command.shown().get()).matcher(withoutJournals(text)).matches()) {
        assertThat(text).as(place).isEqualTo(String.join("\n", command.shown().get()) + "\n");
      }
    }
  }

  /** With the addresses that the page has. */
  private static String asShown(String text, Map<String, String> addresses) {
    String shown = text;
    for (Map.Entry<String, String> address : addresses.entrySet()) {
      shown = shown.replaceAll(address.getValue() + "\\b", address.getKey());
    }
    return shown;
  }

  private static String withoutJournals(String text) {
    return JOURNAL.matcher(text).replaceAll("JOURNAL");
  }

  private static ProcessBuilder shell(Path work, Path steps, Path log, String script)
      throws IOException {
    Path file = Files.writeString(steps.resolve("script.sh"), script);
    ProcessBuilder shell =
        new ProcessBuilder("/bin/bash", file.toString())
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // Nothing of this machine, and of its CI, is in what is printed.
    shell.environment().keySet().retainAll(List.of("PATH"));
    shell.environment().merge("PATH", DISTRIBUTION + "/bin", (path, bin) -> bin + ":" + path);
    shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
    shell.environment().put("HOME", work.toString());
    shell.environment().put("LC_ALL", "C.UTF-8");
    shell.environment().put("TZ", "UTC");
    shell.environment().put("STEPS", steps.toString());
    shell.environment().put("SAMPLES", Path.of("src/test/resources").toAbsolutePath().toString());
    return shell;
  }

  /** Each line as it stands, but for what an ellipsis stands for. */
  private static Pattern pattern(List<String> shown) {
    return Pattern.compile(
        shown.stream()
            .map(
                line ->
                    line.equals("...") || line.equals("…")
                        ? "(?:.*\n)*"
                        : Stream.of(withoutJournals(line).split("…", -1))
                            .map(Pattern::quote)
                            .collect(Collectors.joining(".*", "", "\n")))
            .collect(Collectors.joining()));
  }

  private static String replaced(Pattern pattern, String text, UnaryOperator<String> by) {
    return pattern
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(by.apply(found.group())));
  }

  /** What is free in the place of an address that is shown, as long as that one. */
  private static String address(String shown, Map<String, String> addresses) {
    return addresses.computeIfAbsent(shown, any -> freeAddress(addresses.values()));
  }

  private static String freeAddress(Collection<String> taken) {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(2000, 8000);
      String address = "127.0.0.1:" + port;
      if (!taken.contains(address) && isFree(port)) {
        return address;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static void copy(Path from, Path to, UnaryOperator<String> content) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.writeString(target, content.apply(Files.readString(file)));
          Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(file));
        }
      }
    }
  }
}
