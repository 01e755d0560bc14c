package io.tokenform.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenform.cli.model.CommandModels;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What picocli's annotations say is said in plain calls, or the build fails. */
class ModelClassesTest {
  private static final String SMALL =
      """
      import java.util.List;
      import picocli.CommandLine.*;
      import picocli.CommandLine.Model.CommandSpec;

      @Command(name = "small", aliases = "tiny", description = {"One", "two."}, footer = {})
      public class Small implements Runnable {
        @Parameters(index = "1", arity = "0..1", description = "The second.") private String second;
        @Parameters(index = "0") private boolean first;
        @Option(names = {"-c", "--count"}, defaultValue = "5") private int count;
        @Option(names = "--size", required = true) long size;
        @Option(names = "--box") protected Long box;
        @Option(names = "--on") public boolean on = true;
        @Option(names = "--maybe") private Boolean maybe;
        @Option(names = "--word", converter = Upper.class) private List<String> words = List.of("A");
        @Mixin private Mixed mixed = new Mixed();
        @Spec CommandSpec spec;
        private int own = 7;

        private static class Upper implements ITypeConverter<String> {
          private Upper() {}
          @Override public String convert(String text) { return text.toUpperCase(); }
        }

        static class Mixed {
          @Option(names = "--path", arity = "0..1", fallbackValue = "here") private java.nio.file.Path path;
          @Spec(Spec.Target.MIXEE) private CommandSpec mixee;
        }

        @Override public void run() {
          System.setProperty("small", first + " " + second + " " + count + " " + size + " " + box
              + " " + on + " " + maybe + " " + words + " " + mixed.path + " " + own + " "
              + (spec == mixed.mixee) + " " + spec.name());
        }
      }
      """;

  private final Path folder;

  ModelClassesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theModelParsesIntoPrivateFieldsWithoutAnnotations() throws Exception {
    compile("Small", SMALL);
    ModelClasses.makeIn(folder);
    assertThat(names())
        .containsExactly(
            "Small$$Model.class",
            "Small$Mixed$$Model.class",
            "Small$Mixed.class",
            "Small$Upper.class",
            "Small.class");

    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, CommandModels.class.getClassLoader())) {
      Object small = loader.loadClass("Small").getConstructor().newInstance();
      CommandLine line = CommandModels.line(small);
      CommandLine annotated = new CommandLine(CommandSpec.forAnnotatedObject(small));
      assertThat(line.getUsageMessage()).isEqualTo(annotated.getUsageMessage()).contains("--path");
      assertThat(line.getCommandSpec().args())
          .extracting(Object::toString)
          .containsExactlyElementsOf(
              annotated.getCommandSpec().args().stream().map(Object::toString).toList());
      assertThat(line.getCommandSpec().args()).noneMatch(arg -> arg.userObject() instanceof Field);

      line = CommandModels.line(small);
      run(
          line,
          "true",
          "b",
          "-c6",
          "--size=8",
          "--box=9",
          "--on",
          "--maybe",
          "--word=x",
          "--word=y",
          "--path");
      assertThat(System.getProperty("small"))
          .isEqualTo("true b 6 8 9 false true [X, Y] here 7 true small");
      run(line, "false", "--size=1");
      assertThat(System.getProperty("small"))
          .isEqualTo("false null 5 1 null true null [A] null 7 true small");
      assertThatThrownBy(() -> CommandModels.line(small).parseArgs("true"))
          .hasMessage("Missing required option: '--size=<size>'");
    } finally {
      System.clearProperty("small");
    }
  }

  private static void run(CommandLine line, String... words) {
    assertThat(line.execute(words)).isZero();
  }

  @Test
  void theSameClassesGiveTheSameBytesAndTwiceIsOnce() throws Exception {
    compile("Small", SMALL);
    ModelClasses.makeIn(folder);
    Map<String, String> once = bytes();

    ModelClasses.makeIn(folder);

    assertThat(bytes()).isEqualTo(once);

    compile("Small", SMALL);
    ModelClasses.makeIn(folder);

    assertThat(bytes()).isEqualTo(once);
  }

  @Test
  void whatAnEarlierBuildMadeGoesWithItsAnnotations() throws Exception {
    compile("Few", "class Few { @picocli.CommandLine.Option(names = \"-x\") int x; }");
    compile("Gone", "class Gone { @picocli.CommandLine.Option(names = \"-x\") int x; }");
    ModelClasses.makeIn(folder);
    assertThat(names())
        .containsExactly("Few$$Model.class", "Few.class", "Gone$$Model.class", "Gone.class");

    compile("Few", "class Few { int x; }");
    Files.delete(folder.resolve("Gone.class"));
    ModelClasses.makeIn(folder);

    assertThat(names()).containsExactly("Few.class");
  }

  @Test
  void lambdasAndModelsOfTheSameClassDoNotMindEachOther() throws Exception {
    String both =
        "class Both { @picocli.CommandLine.Option(names = \"-x\") int x; Runnable y = () -> x++; }";
    compile("Both", both);
    ModelClasses.makeIn(folder);
    LambdaClasses.makeIn(folder);
    Map<String, String> once = bytes();
    assertThat(once.keySet())
        .containsExactly("Both$$Lambda$1.class", "Both$$Model.class", "Both.class");

    ModelClasses.makeIn(folder);
    LambdaClasses.makeIn(folder);

    assertThat(bytes()).isEqualTo(once);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          @Command(header = "x") class C {} | C: header of @Command would be lost
          class C { @Option(names = "-x", hidden = true) int x; } | C.x: hidden of @Option would be lost
          class C { @Parameters(split = ",") List<String> x; } | C.x: split of @Parameters would be lost
          class C { @Mixin(name = "y") M x; static class M { @Option(names = "-x") int x; } } | C.x: name of @Mixin would be lost
          class C { @Mixin String x; } | C.x: its class has no annotation of picocli's
          class C { @Option(names = "-x") void x(String x) {} } | C: an annotation of picocli's on the method x; use a field
          class C { @Command void x(@Option(names = "-x") String x) {} } | C: an annotation of picocli's on the method x; use a field
          class C { void x(@Option(names = "-x") String x) {} } | C: an annotation of picocli's on the method x; use a field
          class C { @ArgGroup C x; } | C.x: @ArgGroup is not supported
          class C { @Unmatched List<String> x; } | C.x: @Unmatched is not supported
          class C { @Option(names = "-x") @Parameters int x; } | C.x: has two annotations of picocli's
          class C { @Option(names = "-x", defaultValue = "_NULL_") String x; } | C.x: the value that stands for null is not supported
          class C { @Option(names = "-x") final Integer x = null; } | C.x: a field that picocli fills cannot be static or final
          class C { @Option(names = "-x") static int x; } | C.x: a field that picocli fills cannot be static or final
          class C { @Option(names = "-x") int[] x; } | C.x: of the types that hold values, only a List of a class is supported
          class C { @Option(names = "-x") Map<String, String> x; } | C.x: of the types that hold values, only a List of a class is supported
          class C { @Option(names = "-x") List<? extends String> x; } | C.x: of the types that hold values, only a List of a class is supported
          class C { @Option(names = "-x") List<List<String>> x; } | C.x: of the types that hold values, only a List of a class is supported
          class C { @Option(names = "-x") List x; } | C.x: of the types that hold values, only a List of a class is supported
          class C { @Option(names = "-x") float x; } | C.x: float is no type of an option here
          class C { @Spec Model.CommandSpec x; } | C.x: a command's is its own, and a mixin's that of the mixee
          @Command class C { @Spec(Spec.Target.MIXEE) Model.CommandSpec x; } | C.x: a command's is its own, and a mixin's that of the mixee
          class C extends Exception { @Option(names = "-x") int x; } | C: a class with picocli's annotations cannot extend another
          class C { @Option(names = "-x") int x; static class D extends C {} } | C$D: a class with picocli's annotations cannot be extended
          """)
  void whatWouldBeLostIsRefused(String source, String message) throws Exception {
    compile("C", "import java.util.*; import picocli.CommandLine.*; " + source);

    assertThatThrownBy(() -> ModelClasses.makeIn(folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(message);
    assertThat(names()).doesNotContain("C$$Model.class");
  }

  private void compile(String name, String text) throws Exception {
    Path picocli =
        Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path source = folder.resolveSibling(folder.getFileName() + "-sources").resolve(name + ".java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, text);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-nowarn",
                "-proc:none",
                "-cp",
                picocli.toString(),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(status).isZero();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Map<String, String> bytes() throws IOException {
    Map<String, String> bytes = new TreeMap<>();
    for (String name : names()) {
      bytes.put(name, HexFormat.of().formatHex(Files.readAllBytes(folder.resolve(name))));
    }
    return bytes;
  }
}
