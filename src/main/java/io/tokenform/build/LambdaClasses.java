package io.tokenform.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Gives each lambda and method reference of compiled classes a class of its own, beside the class
 * that it stands in. Classes without one stay as they are, so that doing it twice is doing it once;
 * the same classes give the same bytes.
 */
public final class LambdaClasses {
  private static final String LINKED_BY = "java/lang/invoke/LambdaMetafactory";

  private static final String CLASS_FILE = ".class";

  private final Path folder;
  private final Map<String, ClassNode> classes = new TreeMap<>();
  private final Set<String> changed = new HashSet<>();

  private LambdaClasses(Path folder) {
    this.folder = folder;
  }

  /** Does it to the classes below the one folder that is named. */
  public static void main(String... args) throws IOException {
    makeIn(Path.of(args[0]));
  }

  /**
   * Does it to the classes below a folder. A class that an earlier build made of a lambda, and that
   * is no longer used, is deleted.
   *
   * @throws IllegalStateException if a lambda cannot be a class, such as one that is serialisable
   */
  static void makeIn(Path folder) throws IOException {
    LambdaClasses all = new LambdaClasses(folder);
    all.read();
    for (ClassNode each : List.copyOf(all.classes.values())) {
      all.replaceIn(each);
    }
    all.write();
  }

  private void read() throws IOException {
    List<Path> files;
    try (Stream<Path> below = Files.walk(folder)) {
      files = below.filter(file -> file.toString().endsWith(CLASS_FILE)).sorted().toList();
    }
    for (Path file : files) {
      ClassNode read = new ClassNode();
      new ClassReader(Files.readAllBytes(file)).accept(read, 0);
      classes.put(read.name, read);
    }
    for (ClassNode each : List.copyOf(classes.values())) {
      if (LambdaClass.isOne(each.name) && !isUsed(each)) {
        classes.remove(each.name);
        Files.delete(file(each.name));
      }
    }
  }

  /** Whether the class whose nest it is in knows it: one that was compiled anew does not. */
  private boolean isUsed(ClassNode lambda) {
    ClassNode host = classes.get(lambda.nestHostClass);
    return host != null && host.nestMembers != null && host.nestMembers.contains(lambda.name);
  }

  private void replaceIn(ClassNode owner) {
    ClassNode host = owner.nestHostClass == null ? owner : classes.get(owner.nestHostClass);
    int count = 0;
    for (MethodNode method : owner.methods) {
      for (AbstractInsnNode each : method.instructions.toArray()) {
        if (each instanceof InvokeDynamicInsnNode linked
            && linked.bsm.getOwner().equals(LINKED_BY)) {
          ClassNode lambda = LambdaClass.of(owner, ++count, linked);
          // Only those of the same nest may use what is private.
          lambda.nestHostClass = host.name;
          if (host.nestMembers == null) {
            host.nestMembers = new ArrayList<>();
          }
          host.nestMembers.add(lambda.name);
          owner.innerClasses.add(
              new InnerClassNode(lambda.name, null, null, LambdaClass.INNER_ACCESS));
          classes.put(lambda.name, lambda);
          method.instructions.set(
              linked,
              new MethodInsnNode(
                  Opcodes.INVOKESTATIC, lambda.name, LambdaClass.MAKE, linked.desc, false));
          changed.addAll(List.of(lambda.name, owner.name, host.name));
        }
      }
    }
  }

  private void write() throws IOException {
    for (String name : changed) {
      ClassWriter written = new ClassWriter(0);
      classes.get(name).accept(written);
      Files.write(file(name), written.toByteArray());
    }
  }

  private Path file(String name) {
    return folder.resolve(name + CLASS_FILE);
  }
}
