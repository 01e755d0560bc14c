package io.tokenform.cluster.transport;

import io.tokenform.access.BoundedFile;
import io.tokenform.cluster.settings.Setting;
import io.tokenform.cluster.settings.SettingsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A file with certificates or a private key in PEM (RFC 7468). No message repeats what it holds.
 */
final class PemFile {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /** No bundle of certificates comes near; more is some other file. */
  private static final int LONGEST = 16 << 20;

  private final String name;
  private final List<Block> blocks = new ArrayList<>();

  private PemFile(Setting file) {
    this.name = file.origin() + " " + file.value();
  }

  /** One part of a file, whose body is valid base64. */
  private record Block(String type, String body) {
    byte[] content() {
      return Base64.getMimeDecoder().decode(body);
    }

    boolean isKey() {
      return type.endsWith("PRIVATE KEY");
    }
  }

  /**
   * Reads a file.
   *
   * @param file its path, and what names it
   * @param directory where a relative path begins
   */
  static PemFile read(Setting file, Path directory) throws SettingsException {
    PemFile pem = new PemFile(file);
    String text;
    try {
      byte[] bytes = BoundedFile.read(directory.resolve(file.value()), LONGEST);
      text = new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (BoundedFile.TooLargeException e) {
      throw new SettingsException(pem.name + " is too large", "name a PEM file");
    } catch (NoSuchFileException e) {
      throw new SettingsException(pem.name + ": there is no such file", "name a PEM file");
    } catch (IOException e) {
      throw new SettingsException(
          pem.name + ": it cannot be read", "name a PEM file that this user may read");
    }
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      pem.add(block.group(1), block.group(2));
    }
    return pem;
  }

  private void add(String type, String body) throws SettingsException {
    if (type.equals("ENCRYPTED PRIVATE KEY") || body.contains("Proc-Type: 4,ENCRYPTED")) {
      throw new SettingsException(
          name + ": its key is encrypted, and tokenform cannot ask for its password",
          "write it without one: openssl pkcs8 -topk8 -nocrypt -in KEY -out PLAIN-KEY");
    }
    Block block = new Block(type, body.strip());
    try {
      block.content();
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          name + ": its " + type + " is not valid base64", "write the whole file again");
    }
    blocks.add(block);
  }

  /** Its certificates, one at least, in their order. */
  List<Certificate> certificates() throws SettingsException {
    List<Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Block block : blocks) {
        if (block.type().equals("CERTIFICATE") || block.type().equals("X509 CERTIFICATE")) {
          certificates.add(factory.generateCertificate(new ByteArrayInputStream(block.content())));
        }
      }
    } catch (CertificateException e) {
      throw new SettingsException(
          name + ": it has a certificate that cannot be read", "write the whole file again");
    }
    if (certificates.isEmpty()) {
      throw new SettingsException(
          name + ": it has no certificate" + found(),
          "name a PEM file: text, with lines such as -----BEGIN CERTIFICATE-----");
    }
    return certificates;
  }

  boolean hasKey() {
    return blocks.stream().anyMatch(Block::isKey);
  }

  /** Its private key. */
  PrivateKey key() throws SettingsException {
    Optional<Block> key = blocks.stream().filter(Block::isKey).findFirst();
    if (key.isEmpty()) {
      throw new SettingsException(
          name + ": it has no private key" + found(),
          "name a PEM file: text, with lines such as -----BEGIN PRIVATE KEY-----");
    }
    try {
      return PrivateKeys.read(key.get().type(), key.get().content());
    } catch (GeneralSecurityException e) {
      throw new SettingsException(
          name + ": its " + key.get().type() + " cannot be read",
          "convert it: openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW-KEY");
    }
  }

  private String found() {
    return blocks.isEmpty()
        ? ""
        : blocks.stream()
            .map(Block::type)
            .distinct()
            .collect(Collectors.joining(", ", "; it has ", ""));
  }
}
