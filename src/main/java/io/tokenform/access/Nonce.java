package io.tokenform.access;

import java.util.Locale;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/**
 * What tells a token that is being made from all others, before the cluster has given it an id that
 * anybody knows: 12 hexadecimal digits.
 */
public record Nonce(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{12}");

  /**
   * @throws IllegalArgumentException if {@code value} has another form
   */
  public Nonce {
    Objects.requireNonNull(value, "value");
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a nonce has 12 hexadecimal digits");
    }
  }

  /** A new one. */
  public static Nonce of(IntSupplier random) {
    long high = random.getAsInt() & 0xffffffL;
    long low = random.getAsInt() & 0xffffffL;
    return new Nonce(String.format(Locale.ROOT, "%06x%06x", high, low));
  }

  static boolean isNonce(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
