package io.tokenform.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The forms in which a command can give its answer. */
enum Format {
  /** For people. */
  TEXT("text"),
  /** For machines: one JSON document. */
  JSON("json"),
  /** Workflow commands of GitHub Actions. */
  GITHUB("github");

  private final String word;

  Format(String word) {
    this.word = word;
  }

  /** Reads a format by its word. */
  static final class Converter implements ITypeConverter<Format> {
    @Override
    public Format convert(String word) {
      for (Format format : values()) {
        if (format.word.equals(word)) {
          return format;
        }
      }
      throw new TypeConversionException(
          "there is no format \"" + word + "\"; the formats are text, json and github");
    }
  }
}
