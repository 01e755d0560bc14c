package io.tokenform.build;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

/**
 * A field that picocli fills.
 *
 * @param element the type of each value: of a list, that of what it holds, else the field's
 */
record AnnotatedField(ClassNode owner, FieldNode field, AnnotationNode annotation, Type element) {
  private static final Type LIST = Type.getType(List.class);

  /** A list of classes that have no type parameters themselves. */
  private static final Pattern LIST_OF_CLASS = Pattern.compile("Ljava/util/List<(L[^<>;*+-]+;)>;");

  /**
   * Reads a field.
   *
   * @param annotation the one of picocli's that it has
   * @throws IllegalStateException if it is of a kind that tokenform does not have
   */
  static AnnotatedField of(ClassNode owner, FieldNode field, AnnotationNode annotation) {
    Type element = Type.getType(field.desc);
    if (element.equals(LIST)) {
      Matcher list = LIST_OF_CLASS.matcher(String.valueOf(field.signature));
      element = list.matches() ? Type.getType(list.group(1)) : null;
    } else if (element.getSort() == Type.ARRAY || field.signature != null) {
      element = null;
    }
    AnnotatedField read = new AnnotatedField(owner, field, annotation, element);
    if (element == null) {
      throw read.unsupported("of the types that hold values, only a List of a class is supported");
    }
    if (Modifier.isStatic(field.access) || Modifier.isFinal(field.access)) {
      throw read.unsupported("a field that picocli fills cannot be static or final");
    }
    return read;
  }

  IllegalStateException unsupported(String why) {
    return new IllegalStateException(owner.name.replace('/', '.') + "." + field.name + ": " + why);
  }

  Type type() {
    return Type.getType(field.desc);
  }

  /** What picocli calls it where it reads annotations itself, as in a message about a bug. */
  String text() {
    String type =
        type().equals(LIST)
            ? type().getClassName() + "<" + element.getClassName() + ">"
            : type().getClassName();
    String modifiers = Modifier.toString(field.access & Modifier.fieldModifiers());
    String all =
        (modifiers.isEmpty() ? "" : modifiers + " ")
            + type
            + " "
            + Type.getObjectType(owner.name).getClassName()
            + "."
            + field.name;
    return "field "
        + all.replace("private ", "")
            .replace("protected ", "")
            .replace("public ", "")
            .replace("java.lang.", "");
  }
}
