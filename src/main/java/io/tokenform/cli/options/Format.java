package io.tokenform.cli.options;

import io.tokenform.access.Masking;
import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.report.CommentOptions;
import io.tokenform.report.PlanAnnotations;
import io.tokenform.report.PlanDiff;
import io.tokenform.report.PlanDocument;
import io.tokenform.report.PlanFormat;
import io.tokenform.report.PlanMarkdown;
import io.tokenform.report.PlanText;
import io.tokenform.report.text.Style;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The forms in which a command can give its answer. */
public enum Format {
  /** For people. */
  TEXT("text", true) {
    @Override
    PlanFormat plan(Setting setting) {
      return new PlanText(
          setting.style(), setting.masking(), setting.width(), setting.comment().unfolded());
    }
  },
  /** For machines: one JSON document. */
  JSON("json", false) {
    @Override
    PlanFormat plan(Setting setting) {
      return new PlanDocument();
    }
  },
  /** For a comment on a pull request. */
  MARKDOWN("markdown", false) {
    @Override
    PlanFormat plan(Setting setting) {
      return new PlanMarkdown(setting.comment());
    }
  },
  /** A unified diff of live against desired. */
  DIFF("diff", true) {
    @Override
    PlanFormat plan(Setting setting) {
      return new PlanDiff(setting.style());
    }
  },
  /** Workflow commands of GitHub Actions. */
  GITHUB("github", false) {
    @Override
    PlanFormat plan(Setting setting) {
      return new PlanAnnotations(setting.paths().get(), setting.comment().unfolded());
    }
  };

  private final String word;
  private final boolean isForPeople;

  Format(String word, boolean isForPeople) {
    this.word = word;
    this.isForPeople = isForPeople;
  }

  /**
   * What the form of a plan depends on, besides the plan.
   *
   * @param style how text is styled
   * @param masking what no excerpt of a policy may show
   * @param width how wide lines of text may be
   * @param comment what is known of the comment that it is for
   * @param paths gives a file the name that it has in the repository
   */
  public record Setting(
      Style style,
      Masking masking,
      OptionalInt width,
      CommentOptions comment,
      Supplier<UnaryOperator<String>> paths) {}

  /** The form in which a plan is given. */
  abstract PlanFormat plan(Setting setting);

  /** Whether nothing but people reads it on standard output. */
  boolean isForPeople() {
    return isForPeople;
  }

  /**
   * The format of that name.
   *
   * @param possible those that the command has
   * @throws TypeConversionException if none of them is called so; it names them all
   */
  static Format named(String word, List<Format> possible) {
    return possible.stream()
        .filter(format -> format.word.equals(word))
        .findFirst()
        .orElseThrow(() -> unknown(word, words(possible)));
  }

  /** Says that a command has no such format, and which it has. */
  static TypeConversionException unknown(String word, List<String> possible) {
    int last = possible.size() - 1;
    return new TypeConversionException(
        "there is no format \""
            + word
            + "\" here; the formats are "
            + String.join(", ", possible.subList(0, last))
            + " and "
            + possible.get(last));
  }

  static List<String> words(List<Format> formats) {
    return formats.stream().map(Format::toString).toList();
  }

  /** Whether a command line, right or wrong, asks for JSON on standard output. */
  public static boolean isJsonWanted(List<String> args) {
    return args.contains("--format=json")
        || Collections.indexOfSubList(args, List.of("--format", "json")) >= 0;
  }

  @Override
  public String toString() {
    return word;
  }

  /** Reads a format for findings by its word. */
  public static final class Converter implements ITypeConverter<Format>, Completable {
    private static final List<Format> POSSIBLE = List.of(TEXT, JSON, GITHUB);

    @Override
    public Format convert(String word) {
      return named(word, POSSIBLE);
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return Format.words(POSSIBLE);
    }
  }

  /** Reads a format for what is told to people and machines alone. */
  public static final class TextOrJson implements ITypeConverter<Format>, Completable {
    private static final List<Format> POSSIBLE = List.of(TEXT, JSON);

    @Override
    public Format convert(String word) {
      return named(word, POSSIBLE);
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return Format.words(POSSIBLE);
    }
  }
}
