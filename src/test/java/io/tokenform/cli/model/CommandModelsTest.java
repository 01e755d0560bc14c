package io.tokenform.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.build.ModelClasses;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.IHelpFactory;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The classes that the build makes of commands and of what is mixed into them answer the same
 * command model as picocli does when it reads the annotations, and fill the same fields. The
 * classes are made here, in a folder of their own, so that this also holds where nothing was built.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandModelsTest {
  private static final String ROOM = "io/tokenform/cli";

  /** One of these is a value of each option and each parameter. */
  private static final List<String> VALUES =
      List.of(
          "read",
          "7",
          "7d",
          "text",
          "json",
          "11111111-1111-4111-8111-111111111111",
          "https://example.com",
          "1/4",
          "create",
          "include",
          "bash",
          "github",
          "gitlab",
          "token",
          "host",
          "grant-first",
          "unmanaged",
          "wildcard-write",
          "127.0.0.1:8080",
          "tag",
          "tag,5",
          "2030-01-01T00:00:00Z",
          "expires",
          "database:read",
          "0".repeat(40),
          "65536",
          "sha256:" + "0".repeat(64));

  /** What is an object of whoever made the model, or is not there where no annotation is read. */
  private static final Set<String> OWN =
      Set.of(
          "userObject",
          "annotatedElement",
          "getter",
          "setter",
          "scope",
          "commandSpec",
          "root",
          "interpolator",
          // Read when it is asked for, and compared below.
          "initialValue",
          "initialValueState",
          "hasInitialValue",
          // Compared below by what they hold.
          "typeInfo",
          "converters",
          "exitCodeList",
          "exitCodeListStrings",
          "helpSectionRendererMap",
          "builderCapacity",
          // What an annotation has for nothing; otherwise only for the value that stands for null.
          "originalDefaultValue",
          "originalFallbackValue");

  private URLClassLoader loader;

  @BeforeAll
  void make(@TempDir Path folder) throws Exception {
    Path ours =
        Path.of(CommandModels.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(ours.resolve(ROOM))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(ours.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    ModelClasses.main(folder.toString());
    loader = new OwnFirst(folder.toUri().toURL());
  }

  @AfterAll
  void close() throws IOException {
    loader.close();
  }

  /** Loads the commands from the folder, and all that they use from where the tests have it. */
  private static final class OwnFirst extends URLClassLoader {
    OwnFirst(URL folder) {
      super(new URL[] {folder}, CommandModels.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
          return loaded;
        }
        return name.startsWith("io.tokenform.cli.")
            ? findClass(name)
            : super.loadClass(name, resolve);
      }
    }

    @Override
    public URL getResource(String name) {
      URL own = findResource(name);
      return own == null ? super.getResource(name) : own;
    }
  }

  /** An object of each command, by the command's name, the root first. */
  private Map<String, Object> commands() throws ReflectiveOperationException {
    CommandLine root =
        (CommandLine)
            loader.loadClass("io.tokenform.cli.manual.ManPages").getMethod("tree").invoke(null);
    Map<String, Object> commands = new LinkedHashMap<>();
    add(commands, root);
    return commands;
  }

  private static void add(Map<String, Object> commands, CommandLine command) {
    commands.put(command.getCommandSpec().qualifiedName(), command.getCommand());
    command.getSubcommands().values().forEach(next -> add(commands, next));
  }

  private Set<String> names() throws ReflectiveOperationException {
    return commands().keySet();
  }

  /** The model that was made. */
  private CommandLine made(Object command) throws ReflectiveOperationException {
    return (CommandLine)
        loader
            .loadClass(CommandModels.class.getName())
            .getMethod("line", Object.class)
            .invoke(null, command);
  }

  /** The model that picocli makes of the annotations. */
  private static CommandLine annotated(Object command) {
    return new CommandLine(CommandSpec.forAnnotatedObject(command));
  }

  @Test
  void eachClassWithAnnotationsHasOneAndIsReached() throws Exception {
    Set<String> reached = new TreeSet<>();
    for (Object command : commands().values()) {
      reach(command.getClass(), reached);
    }
    assertThat(reached).hasSizeGreaterThan(55);
    for (String name : reached) {
      assertThat(loader.loadClass(name + CommandModels.IN_NAME).getSuperclass().getName())
          .isEqualTo(Model.class.getName());
    }
    Path folder = Path.of(loader.getURLs()[0].toURI());
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(
              files
                  .map(file -> folder.relativize(file).toString())
                  .filter(file -> file.endsWith(CommandModels.IN_NAME + ".class"))
                  .map(file -> file.replace(CommandModels.IN_NAME + ".class", ""))
                  .map(file -> file.replace('/', '.').replace('\\', '.')))
          .containsExactlyInAnyOrderElementsOf(reached);
    }
  }

  private static void reach(Class<?> type, Set<String> reached) {
    reached.add(type.getName());
    for (Field field : type.getDeclaredFields()) {
      if (field.isAnnotationPresent(Mixin.class)) {
        reach(field.getType(), reached);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void theModelIsTheSame(String name) throws Exception {
    Object command = commands().get(name);
    CommandLine made = made(command);
    CommandLine annotated = annotated(command);

    assertThat(args(made)).hasSameSizeAs(args(annotated));
    for (int i = 0; i < args(annotated).size(); i++) {
      ArgSpec arg = args(annotated).get(i);
      assertThat(facts(args(made).get(i))).as(arg.toString()).isEqualTo(facts(arg));
    }
    assertThat(facts(made.getCommandSpec())).isEqualTo(facts(annotated.getCommandSpec()));
    assertThat(made.getCommandSpec().userObject()).isSameAs(command);
  }

  @ParameterizedTest
  @MethodSource("names")
  void theHelpIsTheSame(String name) throws Exception {
    Object command = commands().get(name);
    IHelpFactory helps =
        (IHelpFactory)
            loader.loadClass("io.tokenform.cli.help.Helps").getConstructor().newInstance();

    assertThat(made(command).getUsageMessage()).isEqualTo(annotated(command).getUsageMessage());
    assertThat(made(command).setHelpFactory(helps).getUsageMessage())
        .isEqualTo(annotated(command).setHelpFactory(helps).getUsageMessage());
  }

  @ParameterizedTest
  @MethodSource("names")
  void parsingFillsTheSameFieldsAndParsingAgainForgetsThem(String name) throws Exception {
    Object one = commands().get(name);
    Object other = commands().get(name);
    CommandLine made = made(one);
    CommandLine annotated = annotated(other);
    // Reads the fields themselves.
    CommandLine reader = annotated(one);
    List<String> all = new ArrayList<>();
    List<String> least = new ArrayList<>();
    for (ArgSpec arg : args(annotated)) {
      List<String> words = words(arg);
      all.addAll(words);
      if (arg.isMultiValue() && arg.isOption()) {
        all.addAll(words);
      }
      if (arg.required()) {
        least.addAll(words);
      }
    }
    Map<String, String> before = values(reader);

    for (List<String> words : List.of(all, least, all)) {
      annotated.parseArgs(words.toArray(String[]::new));
      made.parseArgs(words.toArray(String[]::new));

      assertThat(values(reader)).isEqualTo(values(annotated));
      assertThat(values(made)).isEqualTo(values(annotated));
      if (words.equals(all) && !words.isEmpty()) {
        assertThat(values(reader)).isNotEqualTo(before);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void theFieldsThatWantTheModelHaveIt(String name) throws Exception {
    Object command = commands().get(name);
    CommandSpec spec = made(command).getCommandSpec();

    List<Object> held = new ArrayList<>();
    models(command, held);

    assertThat(held).allSatisfy(model -> assertThat(model).isSameAs(spec));
  }

  /** Adds what the fields for a command model hold, those of mixins too. */
  private static void models(Object object, List<Object> held) throws IllegalAccessException {
    for (Field field : object.getClass().getDeclaredFields()) {
      if (field.isAnnotationPresent(CommandLine.Spec.class)) {
        field.setAccessible(true);
        held.add(field.get(object));
      } else if (field.isAnnotationPresent(Mixin.class)) {
        field.setAccessible(true);
        models(field.get(object), held);
      }
    }
  }

  @Test
  void theHelpOfTheCommandAboveIsTheSame() throws Exception {
    for (Object command : commands().values()) {
      CommandLine named =
          (CommandLine)
              loader
                  .loadClass(CommandModels.class.getName())
                  .getMethod("named", Class.class)
                  .invoke(null, command.getClass());

      assertThat(named.getCommandSpec().args()).isEmpty();
      assertThat(named.getCommandName()).isEqualTo(annotated(command).getCommandName());
      assertThat(facts(named.getCommandSpec().usageMessage()))
          .isEqualTo(facts(annotated(command).getCommandSpec().usageMessage()));
    }
  }

  private static List<ArgSpec> args(CommandLine command) {
    return command.getCommandSpec().args();
  }

  /** How an option is given, or a parameter. */
  private static List<String> words(ArgSpec arg) {
    if (!arg.isOption()) {
      return List.of(value(arg));
    }
    String name = ((OptionSpec) arg).longestName();
    return List.of(arg.arity().max() == 0 ? name : name + "=" + value(arg));
  }

  private static String value(ArgSpec arg) {
    if (arg.converters().length == 0) {
      return Number.class.isAssignableFrom(arg.auxiliaryTypes()[0])
              || arg.auxiliaryTypes()[0] == int.class
          ? "7"
          : "read";
    }
    return VALUES.stream()
        .filter(value -> isRead(arg.converters()[0], value))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no value here is one of " + arg));
  }

  private static boolean isRead(ITypeConverter<?> converter, String value) {
    try {
      converter.convert(value);
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  /** What the fields hold, by what picocli calls them. */
  private static Map<String, String> values(CommandLine command) {
    Map<String, String> values = new LinkedHashMap<>();
    for (ArgSpec arg : args(command)) {
      values.put(arg.toString(), String.valueOf(arg.<Object>getValue()));
    }
    return values;
  }

  /** All that an option or a parameter knows but where it keeps its value. */
  private Map<String, String> facts(ArgSpec arg) throws ReflectiveOperationException {
    Map<String, String> facts = facts((Object) arg);
    facts.put("initial", String.valueOf(arg.initialValue()));
    facts.put("has initial", String.valueOf(arg.hasInitialValue()));
    facts.put("type", arg.type() + " of " + Arrays.toString(arg.auxiliaryTypes()));
    facts.put(
        "converters",
        Stream.of(arg.converters())
            .map(converter -> converter.getClass().getName())
            .collect(Collectors.joining(",")));
    facts.put("described", Arrays.toString(arg.description()));
    if (arg.isOption()) {
      Object group =
          loader
              .loadClass("io.tokenform.cli.help.OptionGroup")
              .getMethod("of", OptionSpec.class)
              .invoke(null, arg);
      facts.put("group", String.valueOf(group));
    }
    return facts;
  }

  private static Map<String, String> facts(CommandSpec spec) throws ReflectiveOperationException {
    Map<String, String> facts = new TreeMap<>();
    for (Field field : CommandSpec.class.getDeclaredFields()) {
      // Those that hold the arguments are below; the mixins are part of the command.
      if (field.getType() == String.class
          || field.getType() == Boolean.class
          || field.getType() == Integer.class
          || field.getType().isEnum()
          || field.getName().equals("aliases")) {
        facts.put(field.getName(), text(read(field, spec)));
      }
    }
    facts.put("options", text(spec.options()));
    facts.put("parameters", text(spec.positionalParameters()));
    facts.put("names", text(spec.optionsMap().keySet()));
    facts.put("short names", text(spec.posixOptionsMap().keySet()));
    facts.put("negated names", text(spec.negatedOptionsMap().keySet()));
    facts.put("required", text(spec.requiredArgs()));
    facts.put("groups", text(spec.argGroups()));
    facts.put("unmatched", text(spec.unmatchedArgsBindings()));
    facts.put("version provider", text(spec.versionProvider()));
    facts.put("default provider", text(spec.defaultValueProvider()));
    facts.put("usage", facts(spec.usageMessage()).toString());
    facts.put("exit codes", spec.usageMessage().exitCodeList().toString());
    facts.put("parser", facts(spec.parser()).toString());
    return facts;
  }

  /** The fields of one of picocli's objects. */
  private static Map<String, String> facts(Object object) throws ReflectiveOperationException {
    Map<String, String> facts = new TreeMap<>();
    for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !OWN.contains(field.getName())) {
          facts.put(field.getName(), text(read(field, object)));
        }
      }
    }
    assertThat(facts).isNotEmpty();
    return facts;
  }

  private static Object read(Field field, Object object) throws IllegalAccessException {
    field.setAccessible(true);
    return field.get(object);
  }

  private static String text(Object value) {
    if (value instanceof Object[] array) {
      return Arrays.deepToString(array);
    }
    // What has no text of its own is told by its class.
    return String.valueOf(value).replaceAll("@[0-9a-f]+$", "");
  }
}
