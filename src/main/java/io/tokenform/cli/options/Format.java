package io.tokenform.cli.options;

import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The forms in which a command can give its answer. */
public enum Format {
  /** For people. */
  TEXT("text"),
  /** For machines: one JSON document. */
  JSON("json"),
  /** For a comment on a pull request. */
  MARKDOWN("markdown"),
  /** A unified diff of live against desired. */
  DIFF("diff"),
  /** Workflow commands of GitHub Actions. */
  GITHUB("github");

  private final String word;

  Format(String word) {
    this.word = word;
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
      if (format == MARKDOWN || format == DIFF) {
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
