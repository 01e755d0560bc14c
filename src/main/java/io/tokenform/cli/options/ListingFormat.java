package io.tokenform.cli.options;

import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import java.util.List;
import picocli.CommandLine.ITypeConverter;

/** The forms in which a command that reads the cluster can give its answer. */
public enum ListingFormat {
  /** For people. The vendor's command line calls it a table, and other commands here text. */
  TABLE,
  /** For machines: one JSON document. */
  JSON,
  /** For spreadsheets. */
  CSV;

  /** The format of that name; {@code text} and {@code table} mean the same. */
  private static ListingFormat named(String word, List<String> possible) {
    boolean isText = word.equals("text") || word.equals("table");
    if (!isText && !possible.contains(word)) {
      throw Format.unknown(word, possible);
    }
    return isText ? TABLE : word.equals("json") ? JSON : CSV;
  }

  /** Reads {@code table}, {@code json} or {@code csv}; {@code text} is another word for a table. */
  public static final class Converter implements ITypeConverter<ListingFormat>, Completable {
    private static final List<String> POSSIBLE = List.of("table", "json", "csv");

    @Override
    public ListingFormat convert(String word) {
      return named(word, POSSIBLE);
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return POSSIBLE;
    }
  }

  /** Reads the same, for a command whose answer is more of a text than of a table. */
  public static final class OfTextConverter implements ITypeConverter<ListingFormat>, Completable {
    private static final List<String> POSSIBLE = List.of("text", "json", "csv");

    @Override
    public ListingFormat convert(String word) {
      return named(word, POSSIBLE);
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return POSSIBLE;
    }
  }

  /** Reads the same but {@code csv}, which makes no sense for a single token. */
  public static final class OfOneConverter implements ITypeConverter<ListingFormat>, Completable {
    private static final List<String> POSSIBLE = List.of("table", "json");

    @Override
    public ListingFormat convert(String word) {
      return named(word, POSSIBLE);
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return POSSIBLE;
    }
  }
}
