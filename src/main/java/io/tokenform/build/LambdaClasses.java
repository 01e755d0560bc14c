package io.tokenform.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
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

  private final ClassFiles classes;
  private final Set<String> changed = new TreeSet<>();

  private LambdaClasses(ClassFiles classes) {
    this.classes = classes;
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
    LambdaClasses all = new LambdaClasses(ClassFiles.below(folder));
    all.deleteUnused();
    for (ClassNode each : all.classes.all()) {
      all.replaceIn(each);
    }
    for (String name : all.changed) {
      all.classes.write(name, 0);
    }
  }

  private void deleteUnused() throws IOException {
    for (ClassNode each : classes.all()) {
      if (LambdaClass.isOne(each.name) && !isUsed(each)) {
        classes.delete(each);
      }
    }
  }

  /** Whether the class whose nest it is in knows it: one that was compiled anew does not. */
  private boolean isUsed(ClassNode lambda) {
    ClassNode host = classes.host(lambda);
    return host != null && host.nestMembers != null && host.nestMembers.contains(lambda.name);
  }

  private void replaceIn(ClassNode owner) {
    int count = 0;
    for (MethodNode method : owner.methods) {
      for (AbstractInsnNode each : method.instructions.toArray()) {
        if (each instanceof InvokeDynamicInsnNode linked
            && linked.bsm.getOwner().equals(LINKED_BY)) {
          ClassNode lambda = LambdaClass.of(owner, ++count, linked);
          changed.addAll(classes.add(lambda, owner));
          changed.addAll(List.of(lambda.name, owner.name));
          method.instructions.set(
              linked,
              new MethodInsnNode(
                  Opcodes.INVOKESTATIC, lambda.name, LambdaClass.MAKE, linked.desc, false));
        }
      }
    }
  }
}
