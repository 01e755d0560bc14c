package io.tokenform.report.access;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Base64;
import java.util.BitSet;

/**
 * A set of small numbers, such as the databases that a token can read, as short as it can be said
 * in JSON: the steps from each number to the next, or where that is longer a bit for each number,
 * in Base64. The page's script reads it again.
 */
final class PackedSet {
  private PackedSet() {}

  static void write(BitSet set, JsonGenerator out) throws IOException {
    String bits = Base64.getEncoder().withoutPadding().encodeToString(set.toByteArray());
    if (length(set) > bits.length()) {
      out.writeString(bits);
      return;
    }
    out.writeStartArray();
    int last = 0;
    for (int number = set.nextSetBit(0); number >= 0; number = set.nextSetBit(number + 1)) {
      out.writeNumber(number - last);
      last = number;
    }
    out.writeEndArray();
  }

  /** How many characters the steps take, each with its comma. */
  private static int length(BitSet set) {
    int length = 0;
    int last = 0;
    for (int number = set.nextSetBit(0); number >= 0; number = set.nextSetBit(number + 1)) {
      length += Integer.toString(number - last).length() + 1;
      last = number;
    }
    return length;
  }
}
