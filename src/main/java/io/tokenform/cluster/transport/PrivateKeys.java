package io.tokenform.cluster.transport;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/**
 * Reads private keys as OpenSSL writes them. Java knows PKCS #8 alone, into which the older forms,
 * for RSA (RFC 8017) and for elliptic curves (RFC 5915), are wrapped.
 */
final class PrivateKeys {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "RSASSA-PSS", "EdDSA");

  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int PARAMETERS = 0xA0;

  private static final byte[] VERSION_0 = {INTEGER, 1, 0};

  /** 1.2.840.113549.1.1.1 and no parameters. */
  private static final byte[] RSA_ENCRYPTION = {
    0x06, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 1, 1, 0x05, 0
  };

  /** 1.2.840.10045.2.1, behind which the curve stands. */
  private static final byte[] EC_PUBLIC_KEY = {
    0x06, 7, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 2, 1
  };

  private PrivateKeys() {}

  /**
   * Reads a key.
   *
   * @param type what the file calls it, such as {@code EC PRIVATE KEY}
   */
  static PrivateKey read(String type, byte[] key) throws GeneralSecurityException {
    return switch (type) {
      case "PRIVATE KEY" -> pkcs8(key);
      case "RSA PRIVATE KEY" -> pkcs8(wrapped(RSA_ENCRYPTION, key));
      case "EC PRIVATE KEY" -> pkcs8(wrapped(join(EC_PUBLIC_KEY, curve(key)), key));
      default -> throw new InvalidKeyException("a key of this kind is not known");
    };
  }

  private static PrivateKey pkcs8(byte[] key) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key));
      } catch (InvalidKeySpecException e) {
        // It is of another algorithm, or of none.
      }
    }
    throw new InvalidKeyException("a key of this algorithm is not known");
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return element(
        SEQUENCE, join(VERSION_0, join(element(SEQUENCE, algorithm), element(OCTET_STRING, key))));
  }

  /** The curve's identifier, which stands in the key: version, octets, and then this. */
  private static byte[] curve(byte[] key) throws InvalidKeyException {
    Reader outer = new Reader(key);
    Reader fields = new Reader(outer.content(SEQUENCE));
    fields.content(INTEGER);
    fields.content(OCTET_STRING);
    return fields.content(PARAMETERS);
  }

  private static byte[] element(int tag, byte[] content) {
    int length = content.length;
    byte[] head;
    // DER takes the shortest form alone. No key comes near the end of the last one.
    if (length < 0x80) {
      head = new byte[] {(byte) tag, (byte) length};
    } else if (length < 0x100) {
      head = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
    } else {
      head = new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    }
    return join(head, content);
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] both = new byte[one.length + other.length];
    System.arraycopy(one, 0, both, 0, one.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /** Takes apart DER, element after element. */
  private static final class Reader {
    private final byte[] data;
    private int position;

    Reader(byte[] data) {
      this.data = data;
    }

    /** The next element's content, which has to have that tag. */
    byte[] content(int tag) throws InvalidKeyException {
      if (next() != tag) {
        throw new InvalidKeyException("the key does not have the structure that it should have");
      }
      int length = next();
      if (length >= 0x80) {
        int bytes = length & 0x7F;
        length = 0;
        for (int i = 0; i < bytes; i++) {
          length = length << 8 | next();
        }
      }
      if (length < 0 || length > data.length - position) {
        throw new InvalidKeyException("the key is cut off");
      }
      byte[] content = new byte[length];
      System.arraycopy(data, position, content, 0, length);
      position += length;
      return content;
    }

    private int next() throws InvalidKeyException {
      if (position >= data.length) {
        throw new InvalidKeyException("the key is cut off");
      }
      return data[position++] & 0xFF;
    }
  }
}
