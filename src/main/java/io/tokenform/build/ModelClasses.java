package io.tokenform.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;

/**
 * Gives each compiled class with picocli's annotations a class beside it that says the same in
 * plain calls, so that nothing reads annotations while tokenform runs. Doing it twice is doing it
 * once; the same classes give the same bytes.
 */
public final class ModelClasses {
  private ModelClasses() {}

  /** Does it to the classes below the one folder that is named. */
  public static void main(String... args) throws IOException {
    makeIn(Path.of(args[0]));
  }

  /**
   * Does it to the classes below a folder. A class that an earlier build made, and whose
   * annotations are gone, is deleted.
   *
   * @throws IllegalStateException if an annotation says what this does not know: it would be lost
   */
  static void makeIn(Path folder) throws IOException {
    ClassFiles classes = ClassFiles.below(folder);
    Set<String> annotated = new HashSet<>();
    for (ClassNode each : classes.all()) {
      if (ModelClass.isAnnotated(each)) {
        annotated.add(each.name);
      }
    }
    for (ClassNode each : classes.all()) {
      if (ModelClass.isOne(each.name) && !annotated.contains(ModelClass.owner(each.name))) {
        classes.delete(each);
      }
      if (annotated.contains(each.superName)) {
        throw new IllegalStateException(
            each.name.replace('/', '.')
                + ": a class with picocli's annotations cannot be extended");
      }
    }
    for (ClassNode each : classes.all()) {
      if (annotated.contains(each.name)) {
        ClassNode model = ModelClass.of(each, annotated);
        for (String changed : classes.add(model, each)) {
          classes.write(changed, 0);
        }
        classes.write(model.name, ClassWriter.COMPUTE_MAXS);
      }
    }
  }
}
