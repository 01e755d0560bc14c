package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.cli.complete.CommandWords;
import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Completer;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.cli.console.Interrupts;
import io.tokenform.cli.console.Terminals;
import io.tokenform.cli.console.World;
import io.tokenform.cli.manual.ManPages;
import io.tokenform.policy.placement.ClusterName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;

/** What comes next on a command line that is still being typed. */
class CompletionTest {
  @TempDir Path folder;

  @BeforeEach
  void twoPolicies() throws IOException {
    policy("tokens.yaml", "grafana", "grafana cloud", "telegraf");
    policy("edge.yaml", "edge-1", "edge-2");
    Files.writeString(
        folder.resolve("data.yaml"),
        """
        version: 1
        roles: {a: {read: [logs, '*', orders]}}
        databases: {orders: {}, metrics: 1}
        """);
    // What is wrong with a fleet file does not hide its clusters.
    Files.writeString(
        folder.resolve("fleet.yaml"),
        "version: 7\nclusters: {dev-eu: {labels: {env: dev}}, prod-eu: {labels: {env: prod}}}");
    Files.writeString(
        folder.resolve("other.yaml"),
        "version: 1\nclusters: {lab: {product: sandbox, files: [tokens.yaml]}}");
  }

  private void policy(String file, String... names) throws IOException {
    StringBuilder text = new StringBuilder("version: 1\ntokens:\n");
    for (String name : names) {
      text.append("  \"");
      name.chars().forEach(c -> text.append("\\u%04x".formatted(c)));
      text.append("\": {description: x}\n");
    }
    Files.writeString(folder.resolve(file), text);
  }

  /** The whole answer to the words, of which the last is the one that is typed. */
  private String answer(String... words) {
    List<String> args = new ArrayList<>(List.of(Completer.NAME, "zsh"));
    args.addAll(Arrays.asList(words));
    Cli.Run run = Cli.in(folder).run(args.toArray(String[]::new));
    Cli.assertThat(run).exited(0).complainedOfNothing();
    return run.out();
  }

  /** The words that can come next. */
  private List<String> words(String... words) {
    List<String> lines = answer(words).lines().toList();
    assertThat(lines).first().isEqualTo("words");
    return lines.stream().skip(1).map(line -> line.replaceFirst("\t.*", "")).toList();
  }

  private static String[] split(String line) {
    return line.split(" ", -1);
  }

  @Test
  void aCommandComesWithWhatItDoes() {
    assertThat(answer("pl")).isEqualTo("words\nplan\tShow what apply would change\n");
  }

  @Test
  void aRuleAboutDatabasesComesWithTheirNames() throws IOException {
    Files.writeString(
        folder.resolve("databases.yaml"), "version: 1\ndatabases: {orders: {}, logs: {}}\n");

    assertThat(words("plan", "-f", "databases.yaml", "--allow", "data-loss:"))
        .containsExactlyInAnyOrder("data-loss:orders", "data-loss:logs");
    assertThat(words("plan", "-f", "databases.yaml", "--allow", "stranded:o"))
        .containsExactly("stranded:orders");
  }

  @Test
  void anOptionComesWithWhatItIsFor() {
    assertThat(answer("plan", "--det"))
        .isEqualTo(
            "words\n--detailed-exitcode\tExit with 2 if there are changes, and with 0 only if"
                + " there are none\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "nothing",
      value = {
        "pl                           | plan",
        "xyz                          | nothing",
        "token                        | token",
        "'token '                     | list,get",
        "token li                     | list",
        "'journal '                   | list,show",
        "'help '                      | init,validate,plan",
        "help pl                      | plan",
        "'help journal '              | list,show",
        "'plan --format '             | text,json,markdown,diff,github",
        "plan --format ma             | markdown",
        "plan --plat                  | --platform",
        "plan --format=               | --format=text,--format=json",
        "plan --format=g              | --format=github",
        "'validate --format '         | text,json,github",
        "'doctor --format '           | text,json",
        "'journal list --format '     | text,json",
        "'token list --format '       | table,json,csv",
        "'token get --format '        | table,json",
        "'who-can --format '          | text,json,csv",
        "'report --format '           | html,csv,json",
        "'report --by '               | token,grant",
        "'token list --sort '         | id,description,created,expires",
        "'apply --order '             | grant-first,revoke-first",
        "rollback --order r           | revoke-first",
        "'who-can '                   | read,write",
        "'completion '                | bash,zsh,fish",
        "explain unknown-k            | unknown-key",
        "'plan --allow '              | wildcard-write,wildcard-read,lockout",
        "plan --allow lockout:g       | lockout:grafana,lockout:grafana cloud",
        "plan --allow max-changes:    | nothing",
        "plan --allow nonsense:       | nothing",
        "'plan --target '             | grafana,grafana cloud,telegraf",
        "plan --target t              | telegraf",
        "plan --exclude=gr            | --exclude=grafana,--exclude=grafana cloud",
        "'plan --target --exclude '   | --account",
        "in                           | init",
        "'init --o'                   | --output",
        "plan --target gra            | grafana,grafana cloud",
        "plan --target g*             | g*",
        "plan --target=*a*            | --target=*a*",
        "plan --target x*             | nothing",
        "plan -f edge.yaml --exclude e| edge-1,edge-2,edge-*",
        "apply -f edge.yaml --target=e| --target=edge-1,--target=edge-2,--target=edge-*",
        "token park x --reason=-h     | nothing",
        "'token get '                 | grafana,grafana cloud,telegraf",
        "'token park '                | grafana,grafana cloud,telegraf",
        "'token park gr'              | grafana,grafana cloud",
        "'plan -f edge.yaml --target '| edge-1,edge-2",
        "'plan -fedge.yaml --target ' | edge-1,edge-2",
        "'plan --file=edge.yaml --target '      | edge-1,edge-2",
        "'plan -f ~/edge.yaml --target '        | edge-1,edge-2",
        "'plan -f edge.yaml -f tokens.yaml --target e' | edge-1,edge-2",
        "'plan -f . --target '        | edge-1,edge-2,grafana",
        "'plan -f - --target '        | nothing",
        "'plan -f no.yaml --target '  | nothing",
        "'who-can read -f data.yaml ' | orders,metrics,logs",
        "who-can read -f data.yaml l  | logs",
        "'fleet '                     | list,matrix,merge,diff",
        "'fleet matrix --format '     | github,gitlab",
        "'fleet diff '                | dev-eu,prod-eu",
        "'fleet diff dev-eu p'        | prod-eu",
        "fleet merge --shard          | nothing",
        "'fleet list --format '       | text,json",
        "'fleet list --only '         | dev-eu,prod-eu,env=dev,env=prod",
        "fleet list --only e          | env=dev,env=prod",
        "fleet list --only !p         | !prod-eu",
        "fleet list --only=prod       | --only=prod-eu",
        "'fleet list --fleet other.yaml --only ' | lab",
        "'validate --only '           | dev-eu,prod-eu,env=dev,env=prod",
        "'snapshot --only p'          | prod-eu",
        "doctor --fleet other.yaml --only l | lab",
        "'who-can read x --only env=d' | env=dev",
        "'fleet list --fleet ~/other.yaml --only ' | lab",
        "'fleet list --fleet no.yaml --only ' | nothing",
        "'fleet list --fleet . --only '| nothing",
        "fleet list --ur              | nothing",
        "'plan --url '                | nothing",
        "'plan --timeout '            | nothing",
        "plan --nonsense=             | nothing",
        "plan x                       | nothing",
        "plan --targ                  | --target",
        "plan --target a --targ       | --target",
        "plan --out a --ou            | nothing",
        "plan -f                      | -f",
        "plan --quiet                 | nothing",
        "apply --quiet                | --quiet",
        "'plan -- --ta'               | nothing",
        "'nonsense '                  | nothing",
        "__comp                       | nothing",
      })
  void whatComesNextIs(String line, String expected) {
    List<String> known = expected == null ? List.of() : List.of(expected.split(",", -1));
    Cli cli = Cli.in(folder).with("HOME", folder.toString());
    List<String> args = new ArrayList<>(List.of(Completer.NAME, "zsh"));
    args.addAll(List.of(split(line.replace("'", ""))));

    Cli.Run run = cli.run(args.toArray(String[]::new));

    List<String> found =
        run.out().lines().skip(1).map(next -> next.replaceFirst("\t.*", "")).toList();
    Cli.assertThat(run).exited(0).complainedOfNothing().printed("words\n");
    if (known.isEmpty()) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found).startsWith(known.toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'plan -f '                    | files",
        "plan --file=to                | files\t--file=",
        "plan -fto                     | files\t-f",
        "'fleet list --fleet '         | files",
        "fleet list --fleet=fl         | files\t--fleet=",
        "'fleet merge '                | files",
        "'plan --out '                 | files",
        "plan --format markdown=pl     | files\tmarkdown=",
        "plan --format=markdown=pl     | files\t--format=markdown=",
        "'plan --ca-file '             | files",
        "'apply '                      | files",
        "'show '                       | files",
        "'fmt a.yaml '                 | files",
        "'rollback '                   | files",
        "'plan --policy-guardrails '   | files",
        "'sandbox --seed '             | files",
        "'plan --management-token-file ' | files",
        "'export --output '            | files",
        "'export --names-from '        | files",
        "'journal list --journal-dir ' | directories",
      })
  void filesAreLeftToTheShell(String line, String expected) {
    assertThat(answer(split(line.replace("'", "")))).isEqualTo(expected + "\n");
  }

  @Test
  void whereNoWordCanComeOptionsAreShownOnceUnlessTheyMayRepeat() {
    assertThat(words(split("journal list --format json ")))
        .containsExactly(
            "--debug", "--help", "--journal-dir", "--no-color", "--only", "--trace", "--verbose");
    assertThat(words("plan", "--target", "x", "--out", "y", ""))
        .contains("--target", "--format")
        .doesNotContain("--out");
  }

  @Test
  void journalsAreNewestFirst() throws IOException {
    Path journals = Files.createDirectories(folder.resolve(".tokenform/journal"));
    Files.createFile(journals.resolve("20260101T000000Z-a.jsonl"));
    Files.createFile(journals.resolve("20260201T000000Z-b.jsonl"));
    Files.createFile(journals.resolve("20260301T000000Z-\n\u001b[2J.jsonl"));
    Files.createDirectories(folder.resolve("other"));
    Files.createFile(folder.resolve("other/20260401T000000Z-c.jsonl"));

    assertThat(words("rollback", ""))
        .containsExactly("latest", "20260201T000000Z-b.jsonl", "20260101T000000Z-a.jsonl");
    assertThat(words("journal", "show", "la")).containsExactly("latest");
    assertThat(words(split("journal show --journal-dir other ")))
        .containsExactly("latest", "20260401T000000Z-c.jsonl");
    Files.createDirectories(journals.resolve("prod-eu"));
    Files.createFile(journals.resolve("prod-eu/20260501T000000Z-d.jsonl"));
    assertThat(words(split("rollback --only prod-eu ")))
        .containsExactly("latest", "20260501T000000Z-d.jsonl");
    assertThat(answer(split("journal show --only nowhere "))).isEqualTo("files\n");
    assertThat(answer("rollback", "./x")).isEqualTo("files\n");
  }

  @Test
  void namesThatNoCommandLineCanHoldOrNobodyCouldReadAreLeftOut() throws IOException {
    policy("tokens.yaml", "a\nb", "\u202etxt", "\u001b[2J", "a\tb", "-x", "good");

    assertThat(words("plan", "--target", "")).as("-x would be an option").containsExactly("good");
    assertThat(words("plan", "--target=")).containsExactly("--target=-x", "--target=good");
    assertThat(words("token", "get", "")).as("-x would be an option").containsExactly("good");
    assertThat(words("token", "get", "--", "")).containsExactly("-x", "good");
  }

  @Test
  void whatIsWrongWithAPolicyDoesNotHideItsNames() throws IOException {
    Files.writeString(
        folder.resolve("tokens.yaml"), "version: 7\ntokens: {a: {id: 3, x: y}, b: {roles: [c]}}");
    assertThat(words("plan", "--target", "")).containsExactly("a", "b");

    Files.writeString(folder.resolve("tokens.yaml"), "tokens: {a: [");
    assertThat(words("plan", "--target", "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bash", "zsh", "bash x", "tcsh", "bash  x", "zsh  "})
  @DisabledOnOs(OS.WINDOWS)
  void nothingIsEverComplainedOf(String asked) {
    String[] args = (Completer.NAME + (asked.isEmpty() ? "" : " " + asked)).split(" ", -1);
    Cli.assertThat(Cli.in(folder).run(args)).exited(0).complainedOfNothing();
  }

  @Test
  void namesAreReadyForBash() throws IOException {
    policy("tokens.yaml", "it's $(id); `id`", "a:b=c d", "a:b=e");
    assertThat(bash("tokenform plan --target i"))
        .isEqualTo("words\nit\\'s\\ \\$\\(id\\)\\;\\ \\`id\\`\n");
    assertThat(bash("tokenform plan --target a:b"))
        .as("readline replaces what is behind the colon")
        .isEqualTo("words\nb=c\\ d\nb=e\n");
    assertThat(bash("tokenform plan --target=\"a:b")).isEqualTo("words\na:b=c d\na:b=e\n");
    assertThat(bash("tokenform plan --out >")).isEqualTo("files\n");
    assertThat(bash("tokenform plan --out=")).isEqualTo("files\n");
    assertThat(bash("tokenform plan -fto")).as("a file named -fto...").isEqualTo("words\n");
  }

  private String bash(String line) {
    return Cli.in(folder).run(Completer.NAME, "bash", line, " \t\n\"'@><=;|&(:").out();
  }

  /** Each word that a converter offers is one that it reads, and that the help tells of. */
  @TestFactory
  Stream<DynamicTest> whatIsOfferedIsRead() {
    return everyCommand(ManPages.tree())
        .flatMap(
            command ->
                Stream.concat(
                    command.getCommandSpec().options().stream(),
                    command.getCommandSpec().positionalParameters().stream()))
        .flatMap(
            argument ->
                Stream.of(argument.converters())
                    .filter(Completable.class::isInstance)
                    .map(
                        converter ->
                            DynamicTest.dynamicTest(
                                argument.command().qualifiedName() + " " + argument.paramLabel(),
                                () -> checkWords(argument, converter))));
  }

  private void checkWords(ArgSpec argument, ITypeConverter<?> converter) throws Exception {
    CommandWords none = CommandWords.of(argument.command(), List.of());
    Surroundings surroundings = new Surroundings(world(), none, "");
    // Those that are free to be anything are read as they are; clusters, the fleet file names.
    boolean isClosed =
        !Set.of(String.class, ClusterName.class).contains(argument.type())
            && !argument.isMultiValue();
    for (String word : ((Completable) converter).words(surroundings)) {
      converter.convert(word);
      if (isClosed) {
        assertThat(String.join(" ", argument.description())).contains(word);
      }
    }
  }

  private World world() {
    return new World(
        InputStream.nullInputStream(),
        OutputStream.nullOutputStream(),
        OutputStream.nullOutputStream(),
        Terminals.none(),
        Map.of(),
        folder,
        Clock.fixed(Cli.NOW, ZoneOffset.UTC),
        Interrupts.NONE);
  }

  static Stream<CommandLine> everyCommand(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(CompletionTest::everyCommand));
  }
}
