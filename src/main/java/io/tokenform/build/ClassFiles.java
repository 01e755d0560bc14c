package io.tokenform.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InnerClassNode;

/** The compiled classes below a folder. */
final class ClassFiles {
  /**
   * How a class that the build makes is entered in the one that it stands beside, and in itself.
   */
  static final int INNER_ACCESS = Opcodes.ACC_STATIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC;

  private static final String CLASS_FILE = ".class";

  private final Path folder;
  private final Map<String, ClassNode> classes = new TreeMap<>();

  private ClassFiles(Path folder) {
    this.folder = folder;
  }

  /** Reads all of them. */
  static ClassFiles below(Path folder) throws IOException {
    ClassFiles all = new ClassFiles(folder);
    List<Path> files;
    try (Stream<Path> below = Files.walk(folder)) {
      files = below.filter(file -> file.toString().endsWith(CLASS_FILE)).sorted().toList();
    }
    for (Path file : files) {
      ClassNode read = new ClassNode();
      new ClassReader(Files.readAllBytes(file)).accept(read, 0);
      all.classes.put(read.name, read);
    }
    return all;
  }

  /** All of them, by name, as they are now. */
  List<ClassNode> all() {
    return List.copyOf(classes.values());
  }

  /** The class of a name; null if there is none. */
  ClassNode get(String name) {
    return classes.get(name);
  }

  /** The class that says which others may use what is private in this one: often itself. */
  ClassNode host(ClassNode of) {
    return of.nestHostClass == null ? of : classes.get(of.nestHostClass);
  }

  /**
   * Adds a class that was made beside another, in the place of one of its name. It may use what is
   * private there.
   *
   * @return the classes that know of it now and did not before; empty if it was there already
   */
  Set<String> add(ClassNode made, ClassNode beside) {
    ClassNode host = host(beside);
    made.nestHostClass = host.name;
    classes.put(made.name, made);
    if (host.nestMembers == null) {
      host.nestMembers = new ArrayList<>();
    }
    if (host.nestMembers.contains(made.name)) {
      return Set.of();
    }
    host.nestMembers.add(made.name);
    beside.innerClasses.add(new InnerClassNode(made.name, null, null, INNER_ACCESS));
    return host == beside ? Set.of(host.name) : Set.of(host.name, beside.name);
  }

  /** Deletes a class. */
  void delete(ClassNode old) throws IOException {
    classes.remove(old.name);
    Files.delete(file(old.name));
  }

  /**
   * Writes a class.
   *
   * @param flags what is still to be computed, as {@link ClassWriter} has it
   */
  void write(String name, int flags) throws IOException {
    ClassWriter written = new ClassWriter(flags);
    classes.get(name).accept(written);
    Files.write(file(name), written.toByteArray());
  }

  private Path file(String name) {
    return folder.resolve(name + CLASS_FILE);
  }
}
