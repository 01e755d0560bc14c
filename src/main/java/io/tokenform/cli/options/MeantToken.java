package io.tokenform.cli.options;

import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;

/** Reads by what somebody means one live token; which one that is, live and the policy say. */
public final class MeantToken implements ITypeConverter<String>, Completable {
  /** What help says of such a parameter. */
  public static final String DESCRIPTION =
      "Its id, or a beginning of it that no other id has; its name in the policy; or a description"
          + " that no other token has, with or without its label.";

  private final TokenNames names = new TokenNames();

  @Override
  public String convert(String text) {
    return names.convert(text);
  }

  /** The names; and once something is typed, the ids and descriptions of the policy too. */
  @Override
  public List<String> words(Surroundings surroundings) {
    List<String> words = new ArrayList<>(surroundings.tokenNames());
    if (!surroundings.begun().isEmpty()) {
      words.addAll(surroundings.tokenMarks());
    }
    return words.stream().distinct().toList();
  }
}
