package io.tokenform.policy;

import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes text of the bytes of a policy file. */
public final class PolicySource {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private PolicySource() {}

  /**
   * The text of a policy file's bytes, as {@link #decode}.
   *
   * @throws InvalidPolicyException also if the text does not begin like a policy; then nothing of
   *     it is shown, and the finding repeats nothing of it
   */
  public static SourceText of(String name, byte[] bytes) throws InvalidPolicyException {
    SourceText source = decode(name, bytes);
    if (!PolicyBeginning.isThatOf(source.content())) {
      throw new InvalidPolicyException(List.of(PolicyBeginning.finding(source.concealed())));
    }
    return source;
  }

  /**
   * The text of bytes, which are UTF-8; a byte order mark is dropped.
   *
   * @param name what messages call the file, as the user wrote it
   * @throws InvalidPolicyException if they are not UTF-8, with the place of the first that is not
   */
  public static SourceText decode(String name, byte[] bytes) throws InvalidPolicyException {
    if (isAscii(bytes)) {
      return new SourceText(name, new String(bytes, StandardCharsets.ISO_8859_1));
    }
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, true);
    SourceText source = new SourceText(name, withoutMark(text.flip().toString()));
    if (result.isError()) {
      boolean isPolicy = PolicyBeginning.isThatOf(source.content());
      throw new InvalidPolicyException(
          List.of(notUtf8(isPolicy ? source : source.concealed(), bytes)));
    }
    return source;
  }

  /** Nearly all policies are, and of the bytes of a large one no second copy is made. */
  private static boolean isAscii(byte[] bytes) {
    for (byte each : bytes) {
      if (each < 0) {
        return false;
      }
    }
    return true;
  }

  private static String withoutMark(String content) {
    return content.startsWith(BYTE_ORDER_MARK) ? content.substring(1) : content;
  }

  /** The finding at the end of the text, which is as far as the bytes are UTF-8. */
  private static Diagnostic notUtf8(SourceText source, byte[] bytes) {
    Location where = source.locate(source.content().length(), 1);
    String what = isUtf16(bytes) ? "the file is UTF-16" : "this is not valid UTF-8";
    return Diagnostic.error(Code.NOT_UTF8, where, what).hint("save it as UTF-8");
  }

  /** Whether the bytes start with a byte order mark of UTF-16. */
  private static boolean isUtf16(byte[] bytes) {
    return bytes.length >= 2
        && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
            || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
  }
}
