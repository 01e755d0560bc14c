package io.tokenform.build;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;

/**
 * The class of one lambda or method reference: it implements the functional interface, keeps what
 * was captured in fields, and calls the method that holds the lambda's body. Source: {@code
 * java.lang.invoke.LambdaMetafactory}, which makes the same while a program runs.
 */
final class LambdaClass {
  /** The static method that takes what is captured, and answers the lambda. */
  static final String MAKE = "make";

  private static final String IN_NAME = "$$Lambda$";
  private static final String ONLY_ONE = "ONLY";
  private static final String OBJECT = "java/lang/Object";
  private static final String CONSTRUCTOR = "<init>";

  private final ClassNode made = new ClassNode();
  private final Type[] captured;
  private final InvokeDynamicInsnNode linked;

  private LambdaClass(ClassNode owner, String name, InvokeDynamicInsnNode linked) {
    this.linked = linked;
    this.captured = Type.getArgumentTypes(linked.desc);
    made.version = owner.version;
    made.access = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
    made.name = name;
    made.superName = OBJECT;
    made.interfaces.add(Type.getReturnType(linked.desc).getInternalName());
    made.outerClass = owner.name;
    made.innerClasses.add(new InnerClassNode(name, null, null, ClassFiles.INNER_ACCESS));
  }

  /** Whether a class has the name of one that was made here. */
  static boolean isOne(String name) {
    return name.contains(IN_NAME);
  }

  /**
   * Makes the class of a lambda.
   *
   * @param owner the class that the lambda stands in
   * @param number tells it from others in the same class
   * @param linked the instruction that would link it
   * @throws IllegalStateException if it is of a kind that tokenform does not have
   */
  static ClassNode of(ClassNode owner, int number, InvokeDynamicInsnNode linked) {
    if (!linked.bsm.getName().equals("metafactory")) {
      throw new IllegalStateException(
          owner.name
              + ": a lambda that is serialisable, has several interfaces or needs a bridge is not"
              + " supported");
    }
    LambdaClass lambda = new LambdaClass(owner, owner.name + IN_NAME + number, linked);
    lambda.fields();
    lambda.constructor();
    lambda.makeMethod();
    lambda.method();
    return lambda.made;
  }

  private void fields() {
    for (int i = 0; i < captured.length; i++) {
      made.visitField(
          Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL,
          field(i),
          captured[i].getDescriptor(),
          null,
          null);
    }
  }

  private void constructor() {
    MethodVisitor code =
        made.visitMethod(Opcodes.ACC_PRIVATE, CONSTRUCTOR, constructorType(), null, null);
    code.visitCode();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, CONSTRUCTOR, "()V", false);
    int slot = 1;
    for (int i = 0; i < captured.length; i++) {
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitVarInsn(captured[i].getOpcode(Opcodes.ILOAD), slot);
      code.visitFieldInsn(Opcodes.PUTFIELD, made.name, field(i), captured[i].getDescriptor());
      slot += captured[i].getSize();
    }
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(3, slot);
    code.visitEnd();
  }

  /** As when it is linked: one that captures nothing is made once. */
  private void makeMethod() {
    String itself = Type.getObjectType(made.name).getDescriptor();
    if (captured.length == 0) {
      made.visitField(
          Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL,
          ONLY_ONE,
          itself,
          null,
          null);
      MethodVisitor code = made.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
      code.visitCode();
      construct(code);
      code.visitFieldInsn(Opcodes.PUTSTATIC, made.name, ONLY_ONE, itself);
      code.visitInsn(Opcodes.RETURN);
      code.visitMaxs(2, 0);
      code.visitEnd();
    }
    MethodVisitor code = made.visitMethod(Opcodes.ACC_STATIC, MAKE, linked.desc, null, null);
    code.visitCode();
    if (captured.length == 0) {
      code.visitFieldInsn(Opcodes.GETSTATIC, made.name, ONLY_ONE, itself);
    } else {
      construct(code);
    }
    code.visitInsn(Opcodes.ARETURN);
    code.visitMaxs(2 + size(captured), size(captured));
    code.visitEnd();
  }

  private void construct(MethodVisitor code) {
    code.visitTypeInsn(Opcodes.NEW, made.name);
    code.visitInsn(Opcodes.DUP);
    int slot = 0;
    for (Type type : captured) {
      code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), slot);
      slot += type.getSize();
    }
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, made.name, CONSTRUCTOR, constructorType(), false);
  }

  /**
   * The method of the interface. Its own types are those after erasure; the lambda's parameters may
   * be narrower, and the types of the method that is called may differ by boxing.
   */
  private void method() {
    Type erased = (Type) linked.bsmArgs[0];
    Handle called = (Handle) linked.bsmArgs[1];
    Type exact = (Type) linked.bsmArgs[2];
    boolean makes = called.getTag() == Opcodes.H_NEWINVOKESPECIAL;
    List<Type> wanted = new ArrayList<>();
    if (!makes && called.getTag() != Opcodes.H_INVOKESTATIC) {
      wanted.add(Type.getObjectType(called.getOwner()));
    }
    wanted.addAll(Arrays.asList(Type.getArgumentTypes(called.getDesc())));
    MethodVisitor code =
        made.visitMethod(Opcodes.ACC_PUBLIC, linked.name, erased.getDescriptor(), null, null);
    code.visitCode();
    if (makes) {
      code.visitTypeInsn(Opcodes.NEW, called.getOwner());
      code.visitInsn(Opcodes.DUP);
    }
    for (int i = 0; i < captured.length; i++) {
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitFieldInsn(Opcodes.GETFIELD, made.name, field(i), captured[i].getDescriptor());
      Conversion.add(code, captured[i], wanted.get(i));
    }
    Type[] given = erased.getArgumentTypes();
    int slot = 1;
    for (int i = 0; i < given.length; i++) {
      code.visitVarInsn(given[i].getOpcode(Opcodes.ILOAD), slot);
      slot += given[i].getSize();
      Conversion.add(code, given[i], exact.getArgumentTypes()[i]);
      Conversion.add(code, exact.getArgumentTypes()[i], wanted.get(captured.length + i));
    }
    code.visitMethodInsn(
        call(called), called.getOwner(), called.getName(), called.getDesc(), called.isInterface());
    Type answered =
        makes ? Type.getObjectType(called.getOwner()) : Type.getReturnType(called.getDesc());
    if (erased.getReturnType().equals(Type.VOID_TYPE)) {
      discard(code, answered);
    } else {
      Conversion.add(code, answered, exact.getReturnType());
      Conversion.add(code, exact.getReturnType(), erased.getReturnType());
    }
    code.visitInsn(erased.getReturnType().getOpcode(Opcodes.IRETURN));
    // The object that is made lies there twice; a number that is widened, or an answer, may be
    // long.
    code.visitMaxs(4 + size(wanted.toArray(Type[]::new)), slot);
    code.visitEnd();
  }

  private static int call(Handle called) {
    return switch (called.getTag()) {
      case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
      case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
      // A private one is called like any other within a nest.
      default -> called.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
    };
  }

  private static void discard(MethodVisitor code, Type answered) {
    if (answered.getSize() == 1) {
      code.visitInsn(Opcodes.POP);
    } else if (answered.getSize() == 2) {
      code.visitInsn(Opcodes.POP2);
    }
  }

  private String constructorType() {
    return Type.getMethodDescriptor(Type.VOID_TYPE, captured);
  }

  private static String field(int number) {
    return "captured" + number;
  }

  private static int size(Type... types) {
    return Arrays.stream(types).mapToInt(Type::getSize).sum();
  }
}
