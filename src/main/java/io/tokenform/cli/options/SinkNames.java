package io.tokenform.cli.options;

import io.tokenform.access.SinkName;
import io.tokenform.access.TokenName;
import io.tokenform.cli.console.UsageException;
import io.tokenform.export.Slug;
import io.tokenform.sink.SinkTarget;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a sink, and finds names by which sinks can know tokens. */
public final class SinkNames implements ITypeConverter<SinkName> {
  /** The option that gives such a name. */
  public static final String NAME = "--name";

  @Override
  public SinkName convert(String text) {
    try {
      return new SinkName(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /**
   * What a sink calls a token.
   *
   * @param given the name that was asked for; absent for one that is made of the description
   */
  public static TokenName tokenName(Optional<String> given, String description) {
    String text = given.orElseGet(() -> ofDescription(description));
    try {
      TokenName name = new TokenName(text);
      if (SinkTarget.mayBeDelivered(name)) {
        return name;
      }
    } catch (IllegalArgumentException e) {
      // Said below, as for a name that no sink can have.
    }
    if (given.isPresent()) {
      throw new UsageException(
          NAME + " \"" + text + "\" is no name for a sink",
          "use letters, digits, \".\", \"_\" and \"-\", with a letter or digit first");
    }
    throw new UsageException(
        "no name for the sink can be made of \"" + description + "\"",
        "say what the sink calls the token with " + NAME);
  }

  /** One that is made of the description, or another one where none can be. */
  public static TokenName tokenNameOr(String otherwise, String description) {
    return madeOf(description).orElseGet(() -> new TokenName(otherwise));
  }

  /** One that is made of the description; absent where none can be. */
  public static Optional<TokenName> madeOf(String description) {
    return Optional.of(ofDescription(description))
        .filter(text -> !text.isEmpty())
        .map(TokenName::new);
  }

  private static String ofDescription(String description) {
    try {
      return SinkTarget.mayBeDelivered(new TokenName(description))
          ? description
          : Slug.of(description);
    } catch (IllegalArgumentException e) {
      return Slug.of(description);
    }
  }
}
