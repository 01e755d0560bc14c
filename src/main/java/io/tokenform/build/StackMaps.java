package io.tokenform.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

/**
 * Writes the class files of libraries that are older than Java 6 anew for Java 17, with stack maps.
 * The JVM verifies classes without them in its old way, in each run, since a class data archive
 * holds no such class verified, nor any that extends one. What the code does stays the same.
 *
 * <p>Such a jar gets a comment that says so, and keeps the order, names, times and attributes of
 * its entries, and the bytes of all that is no old class. A jar without an old class stays as it
 * is, so that doing it twice is doing it once; the same jars give the same bytes.
 */
public final class StackMaps {
  /** What a jar that was changed says, as its licence demands. */
  static final String NOTICE =
      "Changed when tokenform was built: the class files were written anew for Java 17, with stack"
          + " maps.";

  /** The version of Java 6, the first with stack maps. */
  private static final int FIRST_WITH_STACK_MAPS = Opcodes.V1_6;

  /** Where a class file has the higher part of its version. */
  private static final int MAJOR_VERSION = 6;

  private final ClassLoader types;

  private StackMaps(ClassLoader types) {
    this.types = types;
  }

  /** Does it to the jars in the one folder that is named. */
  public static void main(String... args) throws IOException {
    addIn(Path.of(args[0]));
  }

  /**
   * Does it to the jars in a folder, which have each other's classes at hand. No code of theirs
   * runs.
   *
   * @throws IllegalStateException if a jar with old classes is signed, or a class cannot be written
   *     for Java 17, such as one with a subroutine (JSR)
   */
  static void addIn(Path folder) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(folder)) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    URL[] places = new URL[jars.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = jars.get(i).toUri().toURL();
    }
    Map<Path, byte[]> changed = new LinkedHashMap<>();
    try (URLClassLoader types = new URLClassLoader(places, ClassLoader.getPlatformClassLoader())) {
      for (Path jar : jars) {
        try (ZipFile read = new ZipFile(jar.toFile())) {
          if (hasOldClass(read)) {
            changed.put(jar, new StackMaps(types).written(read));
          }
        }
      }
    }
    // Not before: the loader may have any of them open.
    for (Map.Entry<Path, byte[]> jar : changed.entrySet()) {
      Files.write(jar.getKey(), jar.getValue());
    }
  }

  private static boolean hasOldClass(ZipFile jar) throws IOException {
    for (ZipEntry entry : Collections.list(jar.entries())) {
      if (isClass(entry) && isOld(bytes(jar, entry))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isClass(ZipEntry entry) {
    return entry.getName().endsWith(".class");
  }

  private static boolean isOld(byte[] classFile) {
    return ByteBuffer.wrap(classFile).getShort(MAJOR_VERSION) < FIRST_WITH_STACK_MAPS;
  }

  private static byte[] bytes(ZipFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private byte[] written(ZipFile jar) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream made = new ZipOutputStream(bytes)) {
      made.setComment(NOTICE);
      for (ZipEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().matches("META-INF/[^/]*[.]SF")) {
          throw new IllegalStateException(jar.getName() + " is signed, and so cannot be changed");
        }
        copy(jar, entry, made);
      }
    }
    return bytes.toByteArray();
  }

  private void copy(ZipFile jar, ZipEntry entry, ZipOutputStream made) throws IOException {
    byte[] bytes = bytes(jar, entry);
    if (isClass(entry) && isOld(bytes)) {
      try {
        bytes = written(bytes);
      } catch (IllegalArgumentException | TypeNotPresentException e) {
        throw new IllegalStateException(
            jar.getName() + ", " + entry.getName() + ": " + e.getMessage(), e);
      }
    }
    ZipEntry copy = new ZipEntry(entry);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    copy.setCrc(sum.getValue());
    copy.setSize(bytes.length);
    copy.setCompressedSize(entry.getMethod() == ZipEntry.STORED ? bytes.length : -1);
    made.putNextEntry(copy);
    made.write(bytes);
    made.closeEntry();
  }

  private byte[] written(byte[] old) {
    ClassNode read = new ClassNode();
    new ClassReader(old).accept(read, ClassReader.SKIP_FRAMES);
    read.version = Opcodes.V17;
    // With the reader at hand, the writer would copy methods as they are.
    ClassWriter writer =
        new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
          @Override
          protected ClassLoader getClassLoader() {
            return types;
          }
        };
    read.accept(writer);
    return writer.toByteArray();
  }
}
