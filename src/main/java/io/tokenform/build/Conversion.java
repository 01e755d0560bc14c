package io.tokenform.build;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * How a value on the stack becomes one of another type, where a lambda's types differ from those of
 * the method with its body. Source: {@code java.lang.invoke.LambdaMetafactory}, on types that can
 * be adapted.
 */
final class Conversion {
  private Conversion() {}

  /** Adds the instructions, if any are needed. */
  static void add(MethodVisitor code, Type from, Type to) {
    if (from.equals(to)) {
      return;
    }
    if (isPrimitive(from)) {
      if (isPrimitive(to)) {
        widen(code, from, to);
      } else {
        Type boxed = boxed(from);
        String type = Type.getMethodDescriptor(boxed, from);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, boxed.getInternalName(), "valueOf", type, false);
      }
    } else if (isPrimitive(to)) {
      Type own = unboxed(from);
      // What is no box itself, such as an Object, must hold the box of what is wanted.
      Type unboxed = own == null ? to : own;
      Type boxed = boxed(unboxed);
      if (own == null) {
        code.visitTypeInsn(Opcodes.CHECKCAST, boxed.getInternalName());
      }
      code.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL,
          boxed.getInternalName(),
          unboxed.getClassName() + "Value",
          Type.getMethodDescriptor(unboxed),
          false);
      widen(code, unboxed, to);
    } else if (!to.getInternalName().equals("java/lang/Object")) {
      code.visitTypeInsn(Opcodes.CHECKCAST, to.getInternalName());
    }
  }

  private static boolean isPrimitive(Type type) {
    return type.getSort() < Type.ARRAY;
  }

  private static Type boxed(Type primitive) {
    return Type.getObjectType(
        switch (primitive.getSort()) {
          case Type.BOOLEAN -> "java/lang/Boolean";
          case Type.CHAR -> "java/lang/Character";
          case Type.BYTE -> "java/lang/Byte";
          case Type.SHORT -> "java/lang/Short";
          case Type.INT -> "java/lang/Integer";
          case Type.LONG -> "java/lang/Long";
          case Type.FLOAT -> "java/lang/Float";
          case Type.DOUBLE -> "java/lang/Double";
          default -> throw new IllegalStateException(primitive + " has no box");
        });
  }

  /** What a box holds; null if the type is no box. */
  private static Type unboxed(Type box) {
    return switch (box.getInternalName()) {
      case "java/lang/Boolean" -> Type.BOOLEAN_TYPE;
      case "java/lang/Character" -> Type.CHAR_TYPE;
      case "java/lang/Byte" -> Type.BYTE_TYPE;
      case "java/lang/Short" -> Type.SHORT_TYPE;
      case "java/lang/Integer" -> Type.INT_TYPE;
      case "java/lang/Long" -> Type.LONG_TYPE;
      case "java/lang/Float" -> Type.FLOAT_TYPE;
      case "java/lang/Double" -> Type.DOUBLE_TYPE;
      default -> null;
    };
  }

  private static void widen(MethodVisitor code, Type from, Type to) {
    if (from.equals(to)) {
      return;
    }
    int instruction =
        switch (from.getSort()) {
          case Type.LONG -> to.getSort() == Type.FLOAT ? Opcodes.L2F : Opcodes.L2D;
          case Type.FLOAT -> Opcodes.F2D;
          default ->
              switch (to.getSort()) {
                case Type.LONG -> Opcodes.I2L;
                case Type.FLOAT -> Opcodes.I2F;
                case Type.DOUBLE -> Opcodes.I2D;
                // All of the narrower ones are an int on the stack.
                default -> Opcodes.NOP;
              };
        };
    if (instruction != Opcodes.NOP) {
      code.visitInsn(instruction);
    }
  }
}
