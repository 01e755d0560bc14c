package io.tokenform.cli.options;

import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The forms in which a command that reads the cluster can give its answer. */
public enum ListingFormat {
  /** For people. The vendor's command line calls it a table, and other commands here text. */
  TABLE,
  /** For machines: one JSON document. */
  JSON,
  /** For spreadsheets. */
  CSV;

  /** Reads {@code table}, {@code json} or {@code csv}; {@code text} is another word for a table. */
  public static final class Converter implements ITypeConverter<ListingFormat>, Completable {
    @Override
    public ListingFormat convert(String word) {
      return switch (word) {
        case "table", "text" -> TABLE;
        case "json" -> JSON;
        case "csv" -> CSV;
        default ->
            throw new TypeConversionException(
                "there is no format \"" + word + "\"; the formats are table, json and csv");
      };
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return List.of("table", "json", "csv");
    }
  }

  /** Reads the same, for a command whose answer is more of a text than of a table. */
  public static final class OfTextConverter implements ITypeConverter<ListingFormat>, Completable {
    @Override
    public ListingFormat convert(String word) {
      return new Converter().convert(word);
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return List.of("text", "json", "csv");
    }
  }

  /** Reads the same but {@code csv}, which makes no sense for a single token. */
  public static final class OfOneConverter implements ITypeConverter<ListingFormat>, Completable {
    @Override
    public ListingFormat convert(String word) {
      ListingFormat format = new Converter().convert(word);
      if (format == CSV) {
        throw new TypeConversionException("the format csv is for several tokens");
      }
      return format;
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return List.of("table", "json");
    }
  }
}
