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
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A package uses those below it and no others, and each library has its rooms. */
class LayeringTest {
  private static final String ROOT = "io.tokenform.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tokenform");

  /** Which of our packages, and which libraries, each package may use. */
  private record Room(Set<String> packages, Set<String> libraries) {}

  private static final String YAML = "org.snakeyaml.engine";
  private static final String JACKSON = "com.fasterxml.jackson";
  private static final String HTTP_CORE = "org.apache.hc.core5";
  private static final String HTTP_CLIENT = "org.apache.hc.client5";
  private static final String EDIT_DISTANCE = "org.apache.commons.text";
  private static final String DIFF = "com.github.difflib";
  private static final String PICOCLI = "picocli";

  private static final Map<String, Room> ROOMS =
      Map.of(
          "access", new Room(Set.of(), Set.of()),
          "policy", new Room(Set.of("access"), Set.of(YAML, EDIT_DISTANCE)),
          "cluster", new Room(Set.of("access"), Set.of(HTTP_CLIENT, HTTP_CORE, JACKSON)),
          "plan", new Room(Set.of("access", "policy", "cluster"), Set.of(JACKSON)),
          "apply", new Room(Set.of("access", "policy", "cluster", "plan"), Set.of(JACKSON)),
          "report",
              new Room(
                  Set.of("access", "policy", "cluster", "plan", "apply"), Set.of(JACKSON, DIFF)),
          "sandbox", new Room(Set.of("access"), Set.of(HTTP_CORE, JACKSON)),
          "cli",
              new Room(
                  Set.of("access", "policy", "cluster", "plan", "apply", "report", "sandbox"),
                  Set.of(PICOCLI)));

  @TestFactory
  Stream<DynamicTest> aPackageUsesOnlyWhatItMay() {
    return ROOMS.entrySet().stream()
        .map(
            room ->
                DynamicTest.dynamicTest(
                    room.getKey(),
                    () ->
                        noClasses()
                            .that()
                            .resideInAPackage(ROOT + room.getKey() + "..")
                            .should()
                            .dependOnClassesThat(new OutsideOf(room.getKey(), room.getValue()))
                            .check(CLASSES)));
  }

  @Test
  void everyPackageHasItsRoom() {
    Set<String> packages =
        CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    assertThat(new TreeSet<>(packages))
        .containsExactlyElementsOf(
            ROOMS.keySet().stream().map(name -> ROOT + name).sorted().toList());
  }

  @Test
  void noPackagesUseEachOtherInACircle() {
    SlicesRuleDefinition.slices()
        .matching("io.tokenform.(*)..")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  /** Classes that a room may not use. */
  private static final class OutsideOf extends DescribedPredicate<JavaClass> {
    private final List<String> allowed;

    OutsideOf(String name, Room room) {
      super("are outside of what " + name + " may use");
      this.allowed =
          Stream.of(
                  Stream.of("java.", "javax.", ROOT + name + "."),
                  room.packages().stream().map(other -> ROOT + other + "."),
                  room.libraries().stream().map(library -> library + "."))
              .flatMap(prefixes -> prefixes)
              .toList();
    }

    @Override
    public boolean test(JavaClass used) {
      JavaClass type = used.getBaseComponentType();
      return !type.isPrimitive()
          && allowed.stream().noneMatch(prefix -> type.getName().startsWith(prefix));
    }
  }
}
