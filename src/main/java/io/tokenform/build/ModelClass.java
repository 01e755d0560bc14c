package io.tokenform.build;

import io.tokenform.cli.model.CommandModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The class that says in plain calls what picocli's annotations say of one class. Its parent, which
 * is written by hand, has what all of them do. Source: picocli 4.7.7, {@code CommandReflection} and
 * the constructors of {@code ArgSpec.Builder} that take annotations.
 */
final class ModelClass {
  private static final String PARENT = "io/tokenform/cli/model/Model";
  private static final String GROUP = "Lio/tokenform/cli/help/OptionGroup;";
  private static final String IN_GROUP = "Lio/tokenform/cli/help/InGroup;";

  private static final String PICOCLI = "Lpicocli/";
  private static final String COMMAND = "Lpicocli/CommandLine$Command;";
  private static final String OPTION = "Lpicocli/CommandLine$Option;";
  private static final String PARAMETERS = "Lpicocli/CommandLine$Parameters;";
  private static final String MIXIN = "Lpicocli/CommandLine$Mixin;";
  private static final String SPEC = "Lpicocli/CommandLine$Spec;";

  private static final String COMMAND_SPEC = "picocli/CommandLine$Model$CommandSpec";
  private static final String USAGE = "picocli/CommandLine$Model$UsageMessageSpec";
  private static final String OPTION_SPEC = "picocli/CommandLine$Model$OptionSpec";
  private static final String PARAMETER_SPEC = "picocli/CommandLine$Model$PositionalParamSpec";
  private static final String BUILDER = "$Builder";
  private static final String ANY_BUILDER = "picocli/CommandLine$Model$ArgSpec$Builder";
  private static final String SCOPE = "Lpicocli/CommandLine$ScopeType;";
  private static final String CONVERTER = "picocli/CommandLine$ITypeConverter";

  private static final String ADD_TO = "addTo";
  private static final String ADD_TO_TYPE = "(L" + COMMAND_SPEC + ";Ljava/lang/Object;)V";
  private static final String CONSTRUCTOR = "<init>";
  private static final String TEXT = "Ljava/lang/String;";
  private static final String TEXTS = "[Ljava/lang/String;";

  /** The value that stands for null in picocli's annotations. */
  private static final String NULL_VALUE = "_NULL_";

  /** Where the methods of a model have their arguments. */
  private static final int SPEC_SLOT = 1;

  private static final int OWNER_OF_ADD_TO = 2;
  private static final int OWNER_OF_FIELD = 1;
  private static final int FIELD = 2;
  private static final int VALUE = 3;

  private final ClassNode owner;
  private final Set<String> annotated;
  private final ClassNode made = new ClassNode();

  /** Those of options and parameters, in the order of their numbers. */
  private final List<AnnotatedField> bound = new ArrayList<>();

  private ModelClass(ClassNode owner, Set<String> annotated) {
    this.owner = owner;
    this.annotated = annotated;
    made.version = owner.version;
    // A mixin is used from other packages.
    made.access =
        Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
    made.name = name(owner.name);
    made.superName = PARENT;
    made.outerClass = owner.name;
    made.innerClasses.add(new InnerClassNode(made.name, null, null, ClassFiles.INNER_ACCESS));
  }

  private static String name(String owner) {
    return owner + CommandModels.IN_NAME;
  }

  /** Whether a class has the name of one that was made here. */
  static boolean isOne(String name) {
    return name.endsWith(CommandModels.IN_NAME);
  }

  /** The class that such a class was made of. */
  static String owner(String name) {
    return name.substring(0, name.length() - CommandModels.IN_NAME.length());
  }

  /** Whether a class, or anything in it, has an annotation of picocli's. */
  static boolean isAnnotated(ClassNode type) {
    return !picoclis(type.visibleAnnotations).isEmpty()
        || type.fields.stream().anyMatch(field -> !picoclis(field.visibleAnnotations).isEmpty())
        || type.methods.stream().anyMatch(ModelClass::isAnnotated);
  }

  private static boolean isAnnotated(MethodNode method) {
    return Stream.concat(
            Stream.of(Optional.ofNullable(method.visibleAnnotations)),
            Optional.ofNullable(method.visibleParameterAnnotations).stream()
                .flatMap(Stream::of)
                .map(Optional::ofNullable))
        .flatMap(Optional::stream)
        .anyMatch(annotations -> !picoclis(annotations).isEmpty());
  }

  private static List<AnnotationNode> picoclis(List<AnnotationNode> annotations) {
    return annotations == null
        ? List.of()
        : annotations.stream().filter(each -> each.desc.startsWith(PICOCLI)).toList();
  }

  /**
   * Makes the class.
   *
   * @param owner the class with the annotations
   * @param annotated the names of all classes that get one
   * @throws IllegalStateException if an annotation says what this does not know
   */
  static ClassNode of(ClassNode owner, Set<String> annotated) {
    ModelClass model = new ModelClass(owner, annotated);
    model.checkOwner();
    model.constructor();
    model.describe();
    model.addTo();
    if (!model.bound.isEmpty()) {
      model.getter();
      model.setter();
    }
    return model.made;
  }

  private void checkOwner() {
    if (!owner.superName.equals("java/lang/Object")) {
      throw unsupported("a class with picocli's annotations cannot extend another");
    }
    for (MethodNode method : owner.methods) {
      if (isAnnotated(method)) {
        throw unsupported(
            "an annotation of picocli's on the method " + method.name + "; use a field");
      }
    }
  }

  private IllegalStateException unsupported(String what) {
    return new IllegalStateException(owner.name.replace('/', '.') + ": " + what);
  }

  private void constructor() {
    MethodVisitor code = made.visitMethod(Opcodes.ACC_PUBLIC, CONSTRUCTOR, "()V", null, null);
    code.visitCode();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, PARENT, CONSTRUCTOR, "()V", false);
    end(code, Opcodes.RETURN);
  }

  /** What the annotation of the class says. */
  private void describe() {
    MethodVisitor code =
        made.visitMethod(Opcodes.ACC_PUBLIC, "describe", "(L" + COMMAND_SPEC + ";)V", null, null);
    code.visitCode();
    for (AnnotationNode annotation : picoclis(owner.visibleAnnotations)) {
      if (!annotation.desc.equals(COMMAND)) {
        throw unsupported(named(annotation.desc) + " is not supported");
      }
      // What the annotation has where nothing is said.
      code.visitVarInsn(Opcodes.ALOAD, SPEC_SLOT);
      enumConstant(code, SCOPE, "LOCAL");
      callAndDrop(code, COMMAND_SPEC, "scopeType", SCOPE, COMMAND_SPEC);
      forEachAttribute(annotation, (attribute, value) -> describe(code, attribute, value));
    }
    end(code, Opcodes.RETURN);
  }

  private void describe(MethodVisitor code, String attribute, Object value) {
    code.visitVarInsn(Opcodes.ALOAD, SPEC_SLOT);
    switch (attribute) {
      case "name" -> {
        code.visitLdcInsn(value);
        callAndDrop(code, COMMAND_SPEC, attribute, TEXT, COMMAND_SPEC);
      }
      case "aliases" -> {
        texts(code, value);
        callAndDrop(code, COMMAND_SPEC, attribute, TEXTS, COMMAND_SPEC);
      }
      case "addMethodSubcommands" -> {
        bool(code, value);
        code.visitMethodInsn(
            Opcodes.INVOKESTATIC, "java/lang/Boolean", "valueOf", "(Z)Ljava/lang/Boolean;", false);
        callAndDrop(
            code, COMMAND_SPEC, "setAddMethodSubcommands", "Ljava/lang/Boolean;", COMMAND_SPEC);
      }
      case "exitCodeList" -> {
        texts(code, value);
        code.visitMethodInsn(
            Opcodes.INVOKESTATIC,
            PARENT,
            "exitCodes",
            "(L" + COMMAND_SPEC + ";" + TEXTS + ")V",
            false);
      }
      case "description", "footer" -> {
        usage(code);
        texts(code, value);
        callAndDrop(code, USAGE, attribute, TEXTS, USAGE);
      }
      case "footerHeading",
          "commandListHeading",
          "exitCodeListHeading",
          "synopsisSubcommandLabel" -> {
        usage(code);
        code.visitLdcInsn(value);
        callAndDrop(code, USAGE, attribute, TEXT, USAGE);
      }
      default -> throw unsupported(unknown(COMMAND, attribute));
    }
  }

  private static String unknown(String annotation, String attribute) {
    return attribute
        + " of "
        + named(annotation)
        + " would be lost; teach build.ModelClass what it means, or leave it out";
  }

  /** An annotation as sources have it. */
  private static String named(String annotation) {
    return "@" + annotation.substring(annotation.lastIndexOf('$') + 1, annotation.length() - 1);
  }

  private static void usage(MethodVisitor code) {
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL, COMMAND_SPEC, "usageMessage", "()L" + USAGE + ";", false);
  }

  private void addTo() {
    MethodVisitor code = made.visitMethod(Opcodes.ACC_PUBLIC, ADD_TO, ADD_TO_TYPE, null, null);
    code.visitCode();
    for (FieldNode field : owner.fields) {
      List<AnnotationNode> annotations = picoclis(field.visibleAnnotations);
      if (annotations.isEmpty()) {
        continue;
      }
      AnnotatedField read = AnnotatedField.of(owner, field, annotations.get(0));
      if (annotations.size() > 1) {
        throw read.unsupported("has two annotations of picocli's");
      }
      switch (read.annotation().desc) {
        case OPTION -> option(code, read);
        case PARAMETERS -> parameter(code, read);
        case MIXIN -> mixin(code, read);
        case SPEC -> spec(code, read);
        default -> throw read.unsupported(named(read.annotation().desc) + " is not supported");
      }
    }
    end(code, Opcodes.RETURN);
  }

  private void option(MethodVisitor code, AnnotatedField field) {
    startBinding(code, field);
    code.visitFieldInsn(
        Opcodes.GETSTATIC, Type.getType(GROUP).getInternalName(), group(field), GROUP);
    code.visitLdcInsn(field.text());
    texts(code, attribute(field, "names").orElseThrow());
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        PARENT,
        "option",
        "(Ljava/lang/Object;ILjava/lang/Class;Ljava/lang/Class;"
            + GROUP
            + TEXT
            + TEXTS
            + ")L"
            + OPTION_SPEC
            + BUILDER
            + ";",
        false);
    label(code, field, OPTION_SPEC + BUILDER);
    forEachAttribute(
        field.annotation(),
        (attribute, value) -> {
          String builder = OPTION_SPEC + BUILDER;
          switch (attribute) {
            // Told before.
            case "names", "paramLabel" -> {}
            case "arity" -> set(code, builder, attribute, text(field, value), TEXT, ANY_BUILDER);
            case "fallbackValue" ->
                set(code, builder, attribute, text(field, value), TEXT, builder);
            case "usageHelp", "versionHelp" -> set(code, builder, attribute, value, "Z", builder);
            case "required" -> set(code, builder, attribute, value, "Z", ANY_BUILDER);
            case "order" -> set(code, builder, attribute, value, "I", builder);
            case "scope" -> set(code, builder, "scopeType", value, SCOPE, ANY_BUILDER);
            default -> common(code, field, builder, attribute, value);
          }
        });
    add(code, OPTION_SPEC, "addOption");
  }

  private void parameter(MethodVisitor code, AnnotatedField field) {
    startBinding(code, field);
    code.visitLdcInsn(field.text());
    Optional<Object> arity = attribute(field, "arity");
    if (arity.isPresent()) {
      code.visitLdcInsn(arity.get());
    } else {
      code.visitInsn(Opcodes.ACONST_NULL);
    }
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        PARENT,
        "positional",
        "(Ljava/lang/Object;ILjava/lang/Class;Ljava/lang/Class;"
            + TEXT
            + TEXT
            + ")L"
            + PARAMETER_SPEC
            + BUILDER
            + ";",
        false);
    label(code, field, PARAMETER_SPEC + BUILDER);
    forEachAttribute(
        field.annotation(),
        (attribute, value) -> {
          String builder = PARAMETER_SPEC + BUILDER;
          switch (attribute) {
            // Told before.
            case "arity", "paramLabel" -> {}
            case "index" -> set(code, builder, attribute, text(field, value), TEXT, builder);
            default -> common(code, field, builder, attribute, value);
          }
        });
    add(code, PARAMETER_SPEC, "addPositional");
  }

  /** What options and parameters have in common. */
  private void common(
      MethodVisitor code, AnnotatedField field, String builder, String attribute, Object value) {
    switch (attribute) {
      case "description" -> set(code, builder, attribute, value, TEXTS, ANY_BUILDER);
      case "defaultValue" -> set(code, builder, attribute, text(field, value), TEXT, ANY_BUILDER);
      case "converter" ->
          set(code, builder, "converters", value, "[L" + CONVERTER + ";", ANY_BUILDER);
      default -> throw field.unsupported(unknown(field.annotation().desc, attribute));
    }
  }

  private static Object text(AnnotatedField field, Object value) {
    if (value.equals(NULL_VALUE)) {
      throw field.unsupported("the value that stands for null is not supported");
    }
    return value;
  }

  /** Puts what a builder needs first: the object, the number of the field, and its types. */
  private void startBinding(MethodVisitor code, AnnotatedField field) {
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitVarInsn(Opcodes.ALOAD, OWNER_OF_ADD_TO);
    number(code, bound.size());
    type(code, field, field.type());
    type(code, field, field.element());
    bound.add(field);
  }

  /** The group of the option, or else that of its class. */
  private static String group(AnnotatedField field) {
    return Stream.of(field.field().visibleAnnotations, field.owner().visibleAnnotations)
        .flatMap(annotations -> Optional.ofNullable(annotations).stream())
        .flatMap(List::stream)
        .filter(annotation -> annotation.desc.equals(IN_GROUP))
        .map(annotation -> ((String[]) annotation.values.get(1))[1])
        .findFirst()
        .orElse("OWN");
  }

  private static void label(MethodVisitor code, AnnotatedField field, String builder) {
    String label =
        attribute(field, "paramLabel")
            .map(told -> ((String) told).trim())
            .orElse("<" + field.field().name + ">");
    set(code, builder, "paramLabel", label, TEXT, ANY_BUILDER);
  }

  private interface Attributes {
    void take(String attribute, Object value);
  }

  private static void forEachAttribute(AnnotationNode annotation, Attributes attributes) {
    List<Object> values = annotation.values;
    for (int i = 0; values != null && i < values.size(); i += 2) {
      attributes.take((String) values.get(i), values.get(i + 1));
    }
  }

  private static Optional<Object> attribute(AnnotatedField field, String name) {
    List<Object> found = new ArrayList<>();
    forEachAttribute(
        field.annotation(),
        (attribute, value) -> {
          if (attribute.equals(name)) {
            found.add(value);
          }
        });
    return found.stream().findFirst();
  }

  /** Has the builder on the stack take a value, and leaves it there. */
  private static void set(
      MethodVisitor code,
      String builder,
      String method,
      Object value,
      String type,
      String answered) {
    code.visitInsn(Opcodes.DUP);
    switch (type) {
      case TEXT -> code.visitLdcInsn(value);
      case TEXTS -> texts(code, value);
      case "Z" -> bool(code, value);
      case "I" -> code.visitLdcInsn(value);
      case SCOPE -> enumConstant(code, SCOPE, ((String[]) value)[1]);
      default -> converters(code, value);
    }
    callAndDrop(code, builder, method, type, answered);
  }

  private static void add(MethodVisitor code, String spec, String method) {
    code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, spec + BUILDER, "build", "()L" + spec + ";", false);
    code.visitVarInsn(Opcodes.ALOAD, SPEC_SLOT);
    code.visitInsn(Opcodes.SWAP);
    callAndDrop(code, COMMAND_SPEC, method, "L" + spec + ";", COMMAND_SPEC);
  }

  private void mixin(MethodVisitor code, AnnotatedField field) {
    String type = field.type().getInternalName();
    if (!annotated.contains(type)) {
      throw field.unsupported("its class has no annotation of picocli's");
    }
    forEachAttribute(
        field.annotation(),
        (attribute, value) -> {
          throw field.unsupported(unknown(MIXIN, attribute));
        });
    code.visitTypeInsn(Opcodes.NEW, name(type));
    code.visitInsn(Opcodes.DUP);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, name(type), CONSTRUCTOR, "()V", false);
    code.visitVarInsn(Opcodes.ALOAD, SPEC_SLOT);
    owner(code, OWNER_OF_ADD_TO);
    code.visitFieldInsn(Opcodes.GETFIELD, owner.name, field.field().name, field.field().desc);
    code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, name(type), ADD_TO, ADD_TO_TYPE, false);
  }

  /**
   * Sets the field to the command model. A mixin's own is the command's, so a mixin has to ask for
   * that.
   */
  private void spec(MethodVisitor code, AnnotatedField field) {
    boolean isOfMixee =
        attribute(field, "value").map(told -> ((String[]) told)[1].equals("MIXEE")).orElse(false);
    boolean isCommand = !picoclis(owner.visibleAnnotations).isEmpty();
    if (isOfMixee == isCommand) {
      throw field.unsupported("a command's is its own, and a mixin's that of the mixee");
    }
    owner(code, OWNER_OF_ADD_TO);
    code.visitVarInsn(Opcodes.ALOAD, SPEC_SLOT);
    code.visitFieldInsn(Opcodes.PUTFIELD, owner.name, field.field().name, field.field().desc);
  }

  private void getter() {
    MethodVisitor code =
        made.visitMethod(
            Opcodes.ACC_PROTECTED, "get", "(Ljava/lang/Object;I)Ljava/lang/Object;", null, null);
    eachField(
        code,
        field -> {
          owner(code, OWNER_OF_FIELD);
          code.visitFieldInsn(Opcodes.GETFIELD, owner.name, field.field().name, field.field().desc);
          Conversion.add(code, field.type(), Type.getType(Object.class));
          code.visitInsn(Opcodes.ARETURN);
        });
  }

  private void setter() {
    MethodVisitor code =
        made.visitMethod(
            Opcodes.ACC_PROTECTED, "set", "(Ljava/lang/Object;ILjava/lang/Object;)V", null, null);
    eachField(
        code,
        field -> {
          owner(code, OWNER_OF_FIELD);
          code.visitVarInsn(Opcodes.ALOAD, VALUE);
          Conversion.add(code, Type.getType(Object.class), field.type());
          code.visitFieldInsn(Opcodes.PUTFIELD, owner.name, field.field().name, field.field().desc);
          code.visitInsn(Opcodes.RETURN);
        });
  }

  private interface OfField {
    void add(AnnotatedField field);
  }

  /** Does for the field of a number what there is to do for it. */
  private void eachField(MethodVisitor code, OfField what) {
    code.visitCode();
    Label[] labels = bound.stream().map(field -> new Label()).toArray(Label[]::new);
    Label none = new Label();
    code.visitVarInsn(Opcodes.ILOAD, FIELD);
    code.visitTableSwitchInsn(0, labels.length - 1, none, labels);
    for (int i = 0; i < labels.length; i++) {
      code.visitLabel(labels[i]);
      code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
      what.add(bound.get(i));
    }
    code.visitLabel(none);
    code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    code.visitVarInsn(Opcodes.ILOAD, FIELD);
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC, PARENT, "unknown", "(I)Ljava/lang/IllegalArgumentException;", false);
    end(code, Opcodes.ATHROW);
  }

  private void owner(MethodVisitor code, int slot) {
    code.visitVarInsn(Opcodes.ALOAD, slot);
    code.visitTypeInsn(Opcodes.CHECKCAST, owner.name);
  }

  private static void callAndDrop(
      MethodVisitor code, String of, String method, String type, String answered) {
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL, of, method, "(" + type + ")L" + answered + ";", false);
    code.visitInsn(Opcodes.POP);
  }

  private static void texts(MethodVisitor code, Object value) {
    array(code, "java/lang/String", (List<?>) value, code::visitLdcInsn);
  }

  /** The converters by their classes; they are made as picocli would make them. */
  private static void converters(MethodVisitor code, Object value) {
    array(
        code,
        CONVERTER,
        (List<?>) value,
        type -> {
          String name = ((Type) type).getInternalName();
          code.visitTypeInsn(Opcodes.NEW, name);
          code.visitInsn(Opcodes.DUP);
          code.visitMethodInsn(Opcodes.INVOKESPECIAL, name, CONSTRUCTOR, "()V", false);
        });
  }

  private interface Element {
    void put(Object value);
  }

  private static void array(MethodVisitor code, String type, List<?> values, Element element) {
    number(code, values.size());
    code.visitTypeInsn(Opcodes.ANEWARRAY, type);
    for (int i = 0; i < values.size(); i++) {
      code.visitInsn(Opcodes.DUP);
      number(code, i);
      element.put(values.get(i));
      code.visitInsn(Opcodes.AASTORE);
    }
  }

  private static void bool(MethodVisitor code, Object value) {
    code.visitInsn(value.equals(true) ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
  }

  private static void number(MethodVisitor code, int number) {
    code.visitIntInsn(Opcodes.SIPUSH, number);
  }

  private static void enumConstant(MethodVisitor code, String type, String name) {
    code.visitFieldInsn(Opcodes.GETSTATIC, Type.getType(type).getInternalName(), name, type);
  }

  private static void type(MethodVisitor code, AnnotatedField field, Type type) {
    switch (type.getSort()) {
      case Type.BOOLEAN -> primitive(code, "java/lang/Boolean");
      case Type.INT -> primitive(code, "java/lang/Integer");
      case Type.LONG -> primitive(code, "java/lang/Long");
      case Type.OBJECT -> code.visitLdcInsn(type);
      default -> throw field.unsupported(type.getClassName() + " is no type of an option here");
    }
  }

  private static void primitive(MethodVisitor code, String box) {
    code.visitFieldInsn(Opcodes.GETSTATIC, box, "TYPE", "Ljava/lang/Class;");
  }

  private static void end(MethodVisitor code, int instruction) {
    code.visitInsn(instruction);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }
}
