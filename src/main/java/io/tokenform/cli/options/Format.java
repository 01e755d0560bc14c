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
  TEXT("text", true, true) {
    @Override
    PlanFormat plan(Setting setting) {
      return new PlanText(
          setting.style(), setting.masking(), setting.width(), setting.comment().unfolded());
    }
  },
  /** For machines: one JSON document. */
  JSON("json", false, true) {
    @Override
    PlanFormat plan(Setting setting) {
      return new PlanDocument();
    }
  },
  /** For a comment on a pull request. */
  MARKDOWN("markdown", false, false) {
    @Override
    PlanFormat plan(Setting setting) {
      return new PlanMarkdown(setting.comment());
    }
  },
  /** A unified diff of live against desired. */
  DIFF("diff", true, false) {
    @Override
    PlanFormat plan(Setting setting) {
      return new PlanDiff(setting.style());
    }
  },
  /** Workflow commands of GitHub Actions. */
  GITHUB("github", false, true) {
    @Override
    PlanFormat plan(Setting setting) {
      return new PlanAnnotations(setting.paths().get(), setting.comment().unfolded());
    }
  };

  private final String word;
  private final boolean isForPeople;
  private final boolean isForFindings;

  Format(String word, boolean isForPeople, boolean isForFindings) {
    this.word = word;
    this.isForPeople = isForPeople;
    this.isForFindings = isForFindings;
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
  record Setting(
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
   * @throws TypeConversionException if there is none
   */
  static Format named(String word) {
    for (Format format : values()) {
      if (format.word.equals(word)) {
        return format;
      }
    }
    throw new TypeConversionException(
        "there is no format \""
            + word
            + "\"; the formats are text, json, markdown, diff and github");
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
    @Override
    public Format convert(String word) {
      Format format = named(word);
      if (!format.isForFindings) {
        throw new TypeConversionException("the format " + format + " is for plans");
      }
      return format;
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return List.of(TEXT.word, JSON.word, GITHUB.word);
    }
  }

  /** Reads a format for what is told to people and machines alone. */
  public static final class TextOrJson implements ITypeConverter<Format>, Completable {
    @Override
    public Format convert(String word) {
      for (Format format : new Format[] {TEXT, JSON}) {
        if (format.word.equals(word)) {
          return format;
        }
      }
      throw new TypeConversionException(
          "there is no format \"" + word + "\" here; the formats are text and json");
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return List.of(TEXT.word, JSON.word);
    }
  }
}
