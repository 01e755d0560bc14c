package io.tokenform.cli.options;

import io.tokenform.access.Flag;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import io.tokenform.cluster.settings.Setting;
import io.tokenform.cluster.settings.TlsFiles;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options about TLS. */
@InGroup(OptionGroup.CONNECTION)
final class TlsOptions {
  @Option(
      names = Flag.CA_FILE,
      paramLabel = "PEM",
      description = "The certificates to trust, instead of Java's own.")
  private String caFile;

  @Option(
      names = Flag.CLIENT_CERT,
      paramLabel = "PEM",
      description = "The client certificate to send, followed by its chain.")
  private String clientCertificate;

  @Option(
      names = Flag.CLIENT_KEY,
      paramLabel = "PEM",
      description = "The client certificate's private key, unencrypted; may also be in its file.")
  private String clientKey;

  @Option(
      names = "--insecure",
      description = "Do not check the server's certificate. Anyone in between can read the token.")
  private boolean insecure;

  /** What the flags say, and where they are silent, a profile. */
  TlsFiles files(TlsFiles profile) {
    return new TlsFiles(
            given(caFile, "--ca-file"),
            given(clientCertificate, "--client-cert"),
            given(clientKey, "--client-key"),
            insecure ? given("true", "--insecure") : Optional.empty())
        .or(profile);
  }

  /** Whether a flag is given. */
  boolean areGiven() {
    return insecure || caFile != null || clientCertificate != null || clientKey != null;
  }

  private static Optional<Setting> given(String value, String origin) {
    return Optional.ofNullable(value).map(present -> new Setting(present, origin));
  }
}
