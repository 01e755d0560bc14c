package io.tokenform.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Nothing that tokenform writes depends on the user's language: in some of them, digits are others
 * and small letters too. Whatever could take the default locale has to be given one.
 */
@SuppressWarnings({
  "UnusedMethod",
  "StringCaseLocaleUsage"
}) // The offenders are looked at, not run.
class FixedLocaleTest {
  /** Methods that take the default locale where they are given none. */
  private static final Set<String> METHODS =
      Set.of(
          "java.lang.String.format",
          "java.lang.String.toLowerCase",
          "java.lang.String.toUpperCase",
          "java.io.PrintStream.format",
          "java.io.PrintStream.printf",
          "java.io.PrintWriter.format",
          "java.io.PrintWriter.printf",
          "java.time.format.DateTimeFormatter.ofPattern",
          "java.time.format.DateTimeFormatterBuilder.toFormatter",
          "java.util.Formatter.<init>",
          "java.util.Formatter.format",
          "java.util.Scanner.<init>");

  /** Those that cannot be given one, or only where they are made. */
  private static final Set<String> FORBIDDEN =
      Set.of(
          "java.lang.String.formatted",
          "java.io.Console.format",
          "java.io.Console.printf",
          "java.time.format.DateTimeFormatter.ofLocalizedDate",
          "java.time.format.DateTimeFormatter.ofLocalizedTime",
          "java.time.format.DateTimeFormatter.ofLocalizedDateTime");

  private static final String TEXT = "java.text.";

  @Test
  void nothingTakesTheLocaleOfTheUser() {
    noClasses()
        .should()
        .accessTargetWhere(takesTheDefaultLocale())
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/test/"))
                .importPackages("io.tokenform"));
  }

  @Test
  void theRuleFindsWhatItIsFor() {
    for (Class<?> offender :
        List.of(Formats.class, Formatted.class, Refers.class, SmallLetters.class, Dates.class)) {
      assertThatThrownBy(
              () ->
                  noClasses()
                      .should()
                      .accessTargetWhere(takesTheDefaultLocale())
                      .check(new ClassFileImporter().importClasses(offender)))
          .as(offender.getSimpleName())
          .isInstanceOf(AssertionError.class);
    }
    noClasses()
        .should()
        .accessTargetWhere(takesTheDefaultLocale())
        .check(new ClassFileImporter().importClasses(Fixed.class));
  }

  private static DescribedPredicate<JavaAccess<?>> takesTheDefaultLocale() {
    return DescribedPredicate.describe(
        "it takes the default locale; give it Locale.ROOT",
        access ->
            access.getTarget() instanceof CodeUnitAccessTarget target
                && (FORBIDDEN.contains(name(target))
                    || (METHODS.contains(name(target)) && !hasLocale(target))
                    || (target.getOwner().getName().startsWith(TEXT)
                        && target.getOwner().getName().endsWith("Format")
                        && !hasLocale(target))));
  }

  private static String name(CodeUnitAccessTarget target) {
    return target.getOwner().getName() + "." + target.getName();
  }

  private static boolean hasLocale(CodeUnitAccessTarget target) {
    return target.getRawParameterTypes().stream()
        .map(JavaClass::getName)
        .anyMatch(Locale.class.getName()::equals);
  }

  private static final class Formats {
    String text(int number) {
      return String.format("%d", number);
    }
  }

  private static final class Formatted {
    String text(int number) {
      return "%d".formatted(number);
    }
  }

  private static final class Refers {
    Function<Object, String> text() {
      return "%d"::formatted;
    }
  }

  private static final class SmallLetters {
    String text(String word) {
      return word.toLowerCase();
    }
  }

  private static final class Dates {
    DateTimeFormatter format() {
      return DateTimeFormatter.ofPattern("uuuu");
    }
  }

  private static final class Fixed {
    String text(int number) {
      return String.format(Locale.ROOT, "%d", number).toLowerCase(Locale.ROOT);
    }
  }
}
