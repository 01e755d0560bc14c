package io.tokenform.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Classes that were compiled with lambdas do the same without them. */
class LambdaClassesTest {
  /** Each shape that a lambda and a method reference can have, with a line of text for each. */
  private static final String SHAPES =
      """
      import java.util.*;
      import java.util.concurrent.Callable;
      import java.util.function.*;
      import java.util.stream.*;

      public class Shapes implements Callable<List<String>> {
        private final String own = "own";
        private final List<String> said = new ArrayList<>();

        interface Named {
          String name();
          private String secret() { return "secret of " + name(); }
          default Supplier<String> told() { return () -> secret(); }
          default Supplier<String> asked() { return this::secret; }
        }

        static class Base {
          protected String greet(String whom) { return "hello " + whom; }
        }

        class Inner extends Base {
          private String hidden() { return "hidden " + own; }
          Supplier<String> both() { return () -> hidden() + " " + own; }
          Function<String, String> up() { return super::greet; }
          @Override protected String greet(String whom) { return "bye " + whom; }
        }

        record Pair(int left, long right) {}

        interface Many { double of(boolean a, byte b, char c, short d, int e, long f, float g, double h); }
        interface Wide<T> { double of(T each); }
        interface Generic<T extends Comparable<T>> { T larger(T one, T other); }
        interface Thrower { void run() throws Exception; }
        interface Varied { String of(String one, String other); }

        private static String joined(String... all) { return String.join("+", all); }
        private static long twice(long value) { return 2 * value; }
        private int counted(int more) { return said.size() + more; }
        private static void fail() throws Exception { throw new java.io.IOException("on purpose"); }

        private <T> void say(String what, T value) { said.add(what + ": " + value); }

        @Override public List<String> call() throws Exception {
          Supplier<String> nothing = () -> "captures nothing";
          say("one", nothing.get());
          say("one object", maker(nothing) == maker(nothing));
          boolean a = true; byte b = 1; char c = 'c'; short d = 2; int e = 3; long f = 4L << 40; float g = 5.5f; double h = 6.25;
          Supplier<String> all = () -> "" + a + b + c + d + e + f + g + h + own;
          say("captures", all.get());
          Many many = (p, q, r, s, t, u, v, w) -> (p ? 1 : 0) + q + r + s + t + u + v + w + h;
          say("primitives", many.of(a, b, c, d, e, f, g, h));
          ToLongFunction<Integer> unbox = Shapes::twice;
          say("unboxed and widened", unbox.applyAsLong(21));
          IntFunction<Object> box = Integer::valueOf;
          say("boxed", box.apply(7));
          IntFunction<Long> widened = (IntFunction<Long>) i -> Long.valueOf(i);
          say("long", widened.apply(8));
          IntToLongFunction toLong = Shapes::twice;
          say("int to long", toLong.applyAsLong(9));
          IntToDoubleFunction toDouble = Math::sqrt;
          say("int to double", toDouble.applyAsDouble(16));
          LongToDoubleFunction longToDouble = Math::sqrt;
          say("long to double", longToDouble.applyAsDouble(25));
          Wide<Float> fromFloat = Math::sqrt;
          say("float box to double", fromFloat.of(36f));
          Wide<Character> fromChar = Math::sqrt;
          say("char box to double", fromChar.of('1'));
          Function<Integer, Integer> adds = this::counted;
          say("bound", adds.apply(100));
          BiFunction<Shapes, Integer, Object> unbound = Shapes::counted;
          say("unbound", unbound.apply(this, 1));
          Function<String, Integer> length = String::length;
          say("virtual", length.apply("four"));
          Function<List<String>, Integer> size = List::size;
          say("interface", size.apply(said));
          BiFunction<Integer, Long, Pair> pair = Pair::new;
          say("constructor", pair.apply(1, 2L));
          Function<Shapes, Inner> inner = outer -> outer.new Inner();
          say("inner", inner.apply(this).both().get());
          say("super", new Inner().up().apply("you"));
          IntFunction<int[]> array = int[]::new;
          say("array", array.apply(3).length);
          IntFunction<String[][]> arrays = String[][]::new;
          say("arrays", arrays.apply(2).length);
          Function<Object[], Object> copy = Object[]::clone;
          say("clone", ((Object[]) copy.apply(new Object[] {1})).length);
          Varied varied = Shapes::joined;
          say("varargs", varied.of("x", "y"));
          Generic<String> larger = (x, y) -> x.compareTo(y) > 0 ? x : y;
          say("bridge", larger.larger("m", "n"));
          Consumer<String> dropped = new StringBuilder("")::append;
          dropped.accept("x");
          Consumer<Long> droppedLong = Shapes::twice;
          droppedLong.accept(1L);
          Runnable made = ArrayList::new;
          made.run();
          Named named = () -> "me";
          say("private in interface", named.told().get() + named.asked().get());
          Supplier<Supplier<String>> nested = () -> () -> own + e + f;
          say("nested", nested.get().get());
          Thrower thrower = Shapes::fail;
          try { thrower.run(); } catch (java.io.IOException x) { say("thrown", x.getMessage()); }
          Comparator<String> order = Comparator.comparing(String::length).thenComparing(Function.identity());
          say("stream", Stream.of("ccc", "a", "bb", "b").sorted(order).map(String::toUpperCase).collect(Collectors.joining()));
          say("doubles", IntStream.range(0, 4).mapToDouble(i -> i / 2.0).boxed().map(x -> x + 1).collect(Collectors.toList()));
          Supplier<Callable<String>> local = () -> new Callable<>() {
            @Override public String call() { Supplier<String> deep = () -> own + nothing.get(); return deep.get(); }
          };
          say("anonymous", local.get().call());
          Predicate<Object> cast = String.class::isInstance;
          say("class", cast.test("x") + " " + Stream.<Object>of("s").map(String.class::cast).toList());
          return said;
        }

        private static Object maker(Object first) {
          Supplier<String> always = () -> "same";
          return always;
        }
      }
      """;

  private final Path folder;

  LambdaClassesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void eachShapeDoesWhatItDidBefore() throws Exception {
    compile("Shapes", SHAPES);
    List<String> before = call("Shapes");

    LambdaClasses.makeIn(folder);

    assertThat(linked(folder)).isEmpty();
    assertThat(call("Shapes")).isEqualTo(before).hasSizeGreaterThan(30);
  }

  @Test
  void theSameClassesGiveTheSameBytesAndTwiceIsOnce() throws Exception {
    compile("Shapes", SHAPES);
    LambdaClasses.makeIn(folder);
    Map<String, List<Byte>> once = bytes();

    LambdaClasses.makeIn(folder);

    assertThat(bytes()).isEqualTo(once);

    compile("Shapes", SHAPES);
    LambdaClasses.makeIn(folder);

    assertThat(bytes()).isEqualTo(once);
  }

  @Test
  void whatAnEarlierBuildMadeGoesWithItsLambda() throws Exception {
    compile("Few", "public class Few { Runnable one = () -> {}; Runnable two = () -> {}; }");
    LambdaClasses.makeIn(folder);
    assertThat(names()).containsExactly("Few$$Lambda$1.class", "Few$$Lambda$2.class", "Few.class");

    compile("Few", "public class Few { Runnable one = () -> {}; }");
    LambdaClasses.makeIn(folder);

    assertThat(names()).containsExactly("Few$$Lambda$1.class", "Few.class");
  }

  @Test
  void aSerialisableLambdaIsRefused() throws Exception {
    compile(
        "Kept", "public class Kept { Object one = (Runnable & java.io.Serializable) () -> {}; }");

    assertThatThrownBy(() -> LambdaClasses.makeIn(folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Kept: a lambda that is serialisable");
  }

  @Test
  void noClassOfOursHasALambdaToLink() throws Exception {
    Path ours =
        Path.of(LambdaClasses.class.getProtectionDomain().getCodeSource().getLocation().toURI());

    assertThat(linked(ours)).isEmpty();
  }

  private void compile(String name, String text) throws IOException {
    Path source = folder.resolveSibling(folder.getFileName() + "-sources").resolve(name + ".java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, text);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-nowarn", "-d", folder.toString(), source.toString());
    assertThat(status).isZero();
  }

  @SuppressWarnings("unchecked") // The class says so.
  private List<String> call(String name) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
      Object made = loader.loadClass(name).getConstructor().newInstance();
      return ((Callable<List<String>>) made).call();
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Map<String, List<Byte>> bytes() throws IOException {
    Map<String, List<Byte>> bytes = new TreeMap<>();
    for (String name : names()) {
      byte[] read = Files.readAllBytes(folder.resolve(name));
      Byte[] boxed = new Byte[read.length];
      for (int i = 0; i < read.length; i++) {
        boxed[i] = read[i];
      }
      bytes.put(name, List.of(boxed));
    }
    return bytes;
  }

  /** The classes below a folder that still link a lambda when they are reached. */
  private static List<String> linked(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> below = Files.walk(folder)) {
      files = below.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    java.util.ArrayList<String> found = new java.util.ArrayList<>();
    for (Path file : files) {
      new ClassReader(Files.readAllBytes(file)).accept(new Linked(file.toString(), found), 0);
    }
    return found;
  }

  private static final class Linked extends ClassVisitor {
    private final String file;
    private final List<String> found;

    Linked(String file, List<String> found) {
      super(Opcodes.ASM9);
      this.file = file;
      this.found = found;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String type, String signature, String[] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitInvokeDynamicInsn(String of, String is, Handle by, Object... args) {
          if (by.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
            found.add(file + ": " + name);
          }
        }
      };
    }
  }
}
