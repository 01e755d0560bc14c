package io.tokenform.sandbox;

import io.tokenform.access.BoundedFile;
import io.tokenform.access.FileProblem;
import io.tokenform.sandbox.api.InvalidJsonException;
import io.tokenform.sandbox.api.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The text that a cluster starts from. */
final class Seed {
  private final String name;
  private final byte[] text;

  private Seed(String name, byte[] text) {
    this.name = name;
    this.text = text;
  }

  /**
   * @throws SandboxException if the file cannot be read
   */
  static Seed ofFile(Path file) {
    try {
      return new Seed(file.toString(), BoundedFile.read(file, Snapshot.LARGEST_FILE));
    } catch (NoSuchFileException e) {
      throw new SandboxException("the seed " + file + " does not exist", e);
    } catch (IOException e) {
      throw new SandboxException("cannot read the seed " + file + ": " + FileProblem.of(e), e);
    }
  }

  static Seed ofText(String json) {
    return new Seed("seed", json.getBytes(StandardCharsets.UTF_8));
  }

  /** The SHA-256 of its bytes, in hexadecimal. */
  String digest() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * @throws SandboxException if it is not a valid seed
   */
  Snapshot read() {
    SnapshotJson.refuseOtherFiles(text, name);
    try {
      return SnapshotJson.readSeed(text);
    } catch (InvalidJsonException e) {
      throw new SandboxException(e.inFile(name), e);
    }
  }
}
