package io.tokenform.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A package uses those above it in the list and no others, and each library has its rooms. */
class LayeringTest {
  private static final String ROOT = "io.tokenform.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tokenform");

  /** What Error Prone checks, such as which lock guards a field; nothing needs it at run time. */
  private static final String CHECKS = "com.google.errorprone.annotations";

  private static final String YAML = "org.snakeyaml.engine";
  private static final String JACKSON = "com.fasterxml.jackson";
  private static final String HTTP_CORE = "org.apache.hc.core5";
  private static final String HTTP_CLIENT = "org.apache.hc.client5";
  private static final String EDIT_DISTANCE = "org.apache.commons.text";
  private static final String DIFF = "com.github.difflib";
  private static final String TEMPLATES = "com.samskivert.mustache";
  private static final String CLASS_FILES = "org.objectweb.asm";
  private static final String PICOCLI = "picocli";

  /**
   * A package.
   *
   * @param others those of our packages that it may use, although they are not above it in its list
   * @param libraries what it may use that is not ours
   */
  private record Room(String name, Set<String> others, Set<String> libraries) {
    static Room of(String name, String... libraries) {
      return new Room(name, Set.of(), Set.of(libraries));
    }

    Room using(String... rooms) {
      return new Room(name, Set.of(rooms), libraries);
    }
  }

  /** A room may use those above it. */
  private static final List<Room> ROOMS =
      List.of(
          Room.of("access"),
          Room.of("access.database"),
          Room.of("finding", EDIT_DISTANCE),
          Room.of("yaml", YAML),
          Room.of("policy.expect"),
          Room.of("policy.placement"),
          Room.of("policy.database"),
          Room.of("policy"),
          Room.of("cluster.settings", JACKSON),
          Room.of("cluster.transport", HTTP_CLIENT, HTTP_CORE),
          Room.of("cluster", HTTP_CLIENT, HTTP_CORE, JACKSON),
          Room.of("live", JACKSON),
          Room.of("expect"),
          Room.of("plan"),
          Room.of("plan.planner"),
          Room.of("plan.verb"),
          Room.of("planfile", JACKSON),
          Room.of("fleet", JACKSON),
          Room.of("program"),
          Room.of("sink"),
          Room.of("apply.journal", JACKSON),
          Room.of("apply", JACKSON),
          Room.of("history"),
          Room.of("report.text", DIFF),
          Room.of("report", JACKSON, DIFF),
          Room.of("report.live", JACKSON),
          Room.of("report.access", JACKSON, TEMPLATES),
          Room.of("report.fleet", JACKSON),
          Room.of("export"),
          Room.of("export.terraform", JACKSON),
          Room.of("cli.console", PICOCLI).using("sandbox"),
          Room.of("cli.files"),
          Room.of("cli.complete", PICOCLI),
          Room.of("cli.help", PICOCLI),
          Room.of("cli.model", PICOCLI),
          Room.of("cli.options", PICOCLI).using("sandbox"),
          Room.of("cli.fleet", PICOCLI).using("sandbox"),
          Room.of("cli.database", PICOCLI),
          Room.of("cli", PICOCLI).using("sandbox", "sandbox.fault"),
          Room.of("cli.manual", PICOCLI),
          Room.of("build", CLASS_FILES));

  /** The cluster that shares no code with its client; the same rule. */
  private static final List<Room> SANDBOX =
      List.of(
          Room.of("access"),
          Room.of("access.database"),
          Room.of("sandbox.api", HTTP_CORE, JACKSON),
          Room.of("sandbox.fault", HTTP_CORE, JACKSON),
          Room.of("sandbox", HTTP_CORE, JACKSON));

  /** A package with more classes than this is two. */
  private static final int MOST_CLASSES = 40;

  @TestFactory
  Stream<DynamicTest> aPackageUsesThoseAboveItAndNoOthers() {
    return Stream.of(ROOMS, SANDBOX)
        .flatMap(
            rooms ->
                IntStream.range(0, rooms.size())
                    .mapToObj(i -> uses(rooms.get(i), rooms.subList(0, i))));
  }

  private static DynamicTest uses(Room room, List<Room> above) {
    return DynamicTest.dynamicTest(
        room.name(),
        () ->
            noClasses()
                .that()
                .resideInAPackage(ROOT + room.name())
                .should()
                .dependOnClassesThat(new OutsideOf(room, above))
                .check(CLASSES));
  }

  @Test
  void everyPackageHasItsRoom() {
    assertThat(new TreeSet<>(classesByPackage().keySet()))
        .containsExactlyElementsOf(
            Stream.of(ROOMS, SANDBOX)
                .flatMap(List::stream)
                .map(room -> ROOT + room.name())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void noPackageIsTooLarge() {
    assertThat(classesByPackage())
        .allSatisfy((name, count) -> assertThat(count).as(name).isBetween(1L, (long) MOST_CLASSES));
  }

  /** How many classes there are in each package, without those inside of others. */
  private static Map<String, Long> classesByPackage() {
    return CLASSES.stream()
        .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
        .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
  }

  @Test
  void noPackagesUseEachOtherInACircle() {
    SlicesRuleDefinition.slices()
        .matching("io.tokenform.(**)")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  /** Classes that a room may not use. */
  private static final class OutsideOf extends DescribedPredicate<JavaClass> {
    private final Set<String> packages;
    private final List<String> libraries;

    OutsideOf(Room room, List<Room> above) {
      super("are outside of what " + room.name() + " may use");
      this.packages =
          Stream.of(Stream.of(room.name()), above.stream().map(Room::name), room.others().stream())
              .flatMap(names -> names)
              .map(name -> ROOT + name)
              .collect(Collectors.toSet());
      this.libraries =
          Stream.concat(Stream.of("java", "javax", CHECKS), room.libraries().stream())
              .map(library -> library + ".")
              .toList();
    }

    @Override
    public boolean test(JavaClass used) {
      JavaClass type = used.getBaseComponentType();
      return !type.isPrimitive()
          && !packages.contains(type.getPackageName())
          && libraries.stream().noneMatch(prefix -> type.getName().startsWith(prefix));
    }
  }
}
