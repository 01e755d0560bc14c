package io.tokenform.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Classes of Java 5 in a jar become classes of Java 17, and nothing else changes. */
class StackMapsTest {
  private static final LocalDateTime THEN = LocalDateTime.of(2001, 2, 3, 4, 5, 6);
  private static final byte[] TEXT = "Name: value\n".getBytes(UTF_8);

  private final Path folder;
  private final Path jar;

  StackMapsTest(@TempDir Path folder) {
    this.folder = folder;
    this.jar = folder.resolve("library.jar");
  }

  @Test
  void anOldClassBecomesOneOfJava17AndDoesWhatItDid() throws Exception {
    write(jar, Map.of("Old.class", old(Opcodes.V1_5, "java/lang/Object")));
    assertThat(called()).containsExactly("a string", 7);

    StackMaps.addIn(folder);

    byte[] made = read(jar).get("Old.class");
    assertThat(new ClassReader(made).readUnsignedShort(6)).isEqualTo(Opcodes.V17);
    assertThat(frames(made)).isPositive();
    assertThat(called()).containsExactly("a string", 7);
  }

  /** Which type two branches have in common may be known to another jar only. */
  @Test
  void theOtherJarsOfTheFolderHaveTheTypes() throws Exception {
    write(jar, Map.of("Old.class", old(Opcodes.V1_5, "other/Base")));
    assertThatThrownBy(() -> StackMaps.addIn(folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("library.jar, Old.class: ", "other/Base");

    write(folder.resolve("other.jar"), Map.of("other/Base.class", failing("other/Base")));
    StackMaps.addIn(folder);

    assertThat(frames(read(jar).get("Old.class"))).isPositive();
  }

  @Test
  void allElseStaysInItsOrderWithItsTimesAndBytes() throws Exception {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("META-INF/", new byte[0]);
    all.put("META-INF/MANIFEST.MF", TEXT);
    all.put("META-INF/versions/9/module-info.class", module());
    all.put("z/Old.class", old(Opcodes.V1_5, "java/lang/Object"));
    all.put("a/Stored.class", old(Opcodes.V1_1, "java/lang/Object"));
    all.put("a/New.class", failing("a/New"));
    all.put("a/text", TEXT);
    write(jar, all);
    List<List<Object>> before = attributes(jar);

    StackMaps.addIn(folder);

    Map<String, byte[]> after = read(jar);
    assertThat(after.keySet()).containsExactlyElementsOf(all.keySet());
    assertThat(attributes(jar)).isEqualTo(before);
    assertThat(changed(all, after)).containsExactly("z/Old.class", "a/Stored.class");
    try (ZipFile read = new ZipFile(jar.toFile())) {
      assertThat(read.getComment()).isEqualTo(StackMaps.NOTICE);
    }
  }

  @Test
  void twiceIsOnceAndTheSameJarGivesTheSameBytes() throws Exception {
    Map<String, byte[]> all = Map.of("Old.class", old(Opcodes.V1_5, "java/lang/Object"));
    write(jar, all);
    StackMaps.addIn(folder);
    byte[] once = Files.readAllBytes(jar);

    StackMaps.addIn(folder);
    assertThat(Files.readAllBytes(jar)).isEqualTo(once);

    write(jar, all);
    StackMaps.addIn(folder);
    assertThat(Files.readAllBytes(jar)).isEqualTo(once);
  }

  @Test
  void aJarWithoutAnOldClassStaysAsItIs() throws Exception {
    write(jar, Map.of("Old.class", old(Opcodes.V1_6, "java/lang/Object"), "META-INF/A.SF", TEXT));
    byte[] before = Files.readAllBytes(jar);

    StackMaps.addIn(folder);

    assertThat(Files.readAllBytes(jar)).isEqualTo(before);
  }

  @Test
  void aSignedJarIsRefused() throws Exception {
    write(jar, Map.of("Old.class", old(Opcodes.V1_5, "java/lang/Object"), "META-INF/A.SF", TEXT));
    assertRefused("library.jar is signed, and so cannot be changed");
  }

  @Test
  void aSubroutineIsRefused() throws Exception {
    write(jar, Map.of("Sub.class", subroutine()));
    assertRefused("library.jar, Sub.class: JSR/RET are not supported");
  }

  private void assertRefused(String message) throws IOException {
    byte[] before = Files.readAllBytes(jar);

    assertThatThrownBy(() -> StackMaps.addIn(folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(message);

    assertThat(Files.readAllBytes(jar)).isEqualTo(before);
  }

  private List<Object> called() throws Exception {
    URL[] place = {jar.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(place, ClassLoader.getPlatformClassLoader())) {
      @SuppressWarnings("unchecked") // The class says so.
      IntFunction<Object> made =
          (IntFunction<Object>) loader.loadClass("Old").getConstructor().newInstance();
      return List.of(made.apply(0), made.apply(7));
    }
  }

  /**
   * A class that answers "a string" to 0, and else the number. Where the branches meet, a stack map
   * has to say what the two have in common.
   *
   * @param common the type of a variable that one branch makes and the other leaves null
   */
  private static byte[] old(int version, String common) {
    return made(
        "Old",
        version,
        type -> {
          MethodVisitor code =
              type.visitMethod(Opcodes.ACC_PUBLIC, "apply", "(I)Ljava/lang/Object;", null, null);
          code.visitCode();
          Label other = new Label();
          Label end = new Label();
          code.visitVarInsn(Opcodes.ILOAD, 1);
          code.visitJumpInsn(Opcodes.IFNE, other);
          code.visitLdcInsn("a string");
          code.visitJumpInsn(Opcodes.GOTO, end);
          code.visitLabel(other);
          code.visitVarInsn(Opcodes.ILOAD, 1);
          code.visitMethodInsn(
              Opcodes.INVOKESTATIC,
              "java/lang/Integer",
              "valueOf",
              "(I)Ljava/lang/Integer;",
              false);
          code.visitLabel(end);
          code.visitInsn(Opcodes.ARETURN);
          code.visitMaxs(1, 2);
          code.visitEnd();
          if (!common.equals("java/lang/Object")) {
            mixed(type, common);
          }
        });
  }

  /** Adds a method in which a type and a string meet. */
  private static void mixed(ClassVisitor type, String other) {
    MethodVisitor code =
        type.visitMethod(
            Opcodes.ACC_STATIC, "mixed", "(L" + other + ";)Ljava/lang/Object;", null, null);
    code.visitCode();
    Label end = new Label();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitInsn(Opcodes.DUP);
    code.visitJumpInsn(Opcodes.IFNONNULL, end);
    code.visitInsn(Opcodes.POP);
    code.visitLdcInsn("none");
    code.visitLabel(end);
    code.visitInsn(Opcodes.ARETURN);
    code.visitMaxs(2, 1);
    code.visitEnd();
  }

  /** A class of Java 17 that fails if it is initialised. */
  private static byte[] failing(String name) {
    return made(
        name,
        Opcodes.V17,
        type -> {
          MethodVisitor code = type.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
          code.visitCode();
          code.visitInsn(Opcodes.ICONST_0);
          code.visitInsn(Opcodes.ICONST_0);
          code.visitInsn(Opcodes.IDIV);
          code.visitInsn(Opcodes.POP);
          code.visitInsn(Opcodes.RETURN);
          code.visitMaxs(2, 0);
          code.visitEnd();
        });
  }

  private static byte[] subroutine() {
    return made(
        "Sub",
        Opcodes.V1_4,
        type -> {
          MethodVisitor code = type.visitMethod(Opcodes.ACC_PUBLIC, "run", "()V", null, null);
          code.visitCode();
          Label subroutine = new Label();
          code.visitJumpInsn(Opcodes.JSR, subroutine);
          code.visitInsn(Opcodes.RETURN);
          code.visitLabel(subroutine);
          code.visitVarInsn(Opcodes.ASTORE, 1);
          code.visitVarInsn(Opcodes.RET, 1);
          code.visitMaxs(1, 2);
          code.visitEnd();
        });
  }

  private static byte[] made(String name, int version, Consumer<ClassVisitor> body) {
    ClassWriter made = new ClassWriter(0);
    String[] interfaces = {"java/util/function/IntFunction"};
    made.visit(
        version,
        Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER,
        name,
        null,
        "java/lang/Object",
        name.equals("Old") ? interfaces : null);
    MethodVisitor code = made.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
    code.visitCode();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(1, 1);
    code.visitEnd();
    body.accept(made);
    made.visitEnd();
    return made.toByteArray();
  }

  private static byte[] module() {
    ClassWriter made = new ClassWriter(0);
    made.visit(Opcodes.V9, Opcodes.ACC_MODULE, "module-info", null, null, null);
    made.visitModule("old", 0, null).visitEnd();
    made.visitEnd();
    return made.toByteArray();
  }

  private static int frames(byte[] type) {
    int[] count = {0};
    ClassVisitor counting =
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
              @Override
              public void visitFrame(int kind, int locals, Object[] local, int size, Object[] on) {
                count[0]++;
              }
            };
          }
        };
    new ClassReader(type).accept(counting, 0);
    return count[0];
  }

  private static void write(Path jar, Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream made = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, byte[]> each : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(each.getKey());
        entry.setTimeLocal(THEN);
        entry.setComment("about " + each.getKey());
        if (each.getKey().contains("Stored") || each.getKey().endsWith("/")) {
          CRC32 sum = new CRC32();
          sum.update(each.getValue());
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(each.getValue().length);
          entry.setCrc(sum.getValue());
        } else {
          // A field of somebody's own: its number, its length and a byte.
          entry.setExtra(new byte[] {0x34, 0x12, 1, 0, 5});
        }
        made.putNextEntry(entry);
        made.write(each.getValue());
        made.closeEntry();
      }
    }
  }

  private static Map<String, byte[]> read(Path jar) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile read = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(read.entries())) {
        entries.put(entry.getName(), read.getInputStream(entry).readAllBytes());
      }
    }
    return entries;
  }

  /** All that an entry has but for its content. */
  private static List<List<Object>> attributes(Path jar) throws IOException {
    List<List<Object>> all = new ArrayList<>();
    try (ZipFile read = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(read.entries())) {
        all.add(
            List.of(
                entry.getName(),
                entry.getTimeLocal(),
                entry.getMethod(),
                entry.getComment(),
                entry.getExtra() == null ? "" : Arrays.toString(entry.getExtra())));
      }
    }
    return all;
  }

  private static List<String> changed(Map<String, byte[]> before, Map<String, byte[]> after) {
    return before.keySet().stream()
        .filter(name -> !Arrays.equals(before.get(name), after.get(name)))
        .toList();
  }
}
