package io.tokenform.cluster;

import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Sha256;
import io.tokenform.cluster.transport.Trust;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/**
 * Gets this process ready for calls on a thread of its own, while another one reads the command
 * line and the policy: the first client and the first handshake of a JVM load hundreds of classes
 * and the certificates that Java trusts. It asks no server anything, and says nothing of what goes
 * wrong: the connection will meet the same, and say it.
 */
public final class HeadStart {
  /** A name that nobody has (RFC 6761); nothing is sent there. */
  private static final String NOBODY = "tokenform.invalid";

  private static final int HTTPS_PORT = 443;

  /**
   * The class of Java that reads all authorities it knows, when it checks the first certificate.
   */
  private static final String AUTHORITIES = "sun.security.util.AnchorCertificates";

  private final Optional<Thread> thread;

  private HeadStart(Optional<Thread> thread) {
    this.thread = thread;
  }

  /** For a run that makes no calls. */
  public static HeadStart none() {
    return new HeadStart(Optional.empty());
  }

  /** What the calls are likely to need. */
  public enum Need {
    /** No encryption. */
    PLAIN,
    /** TLS, trusting whom Java trusts. */
    TLS,
    /** TLS, trusting others, whom the connection reads itself. */
    TLS_TRUSTING_OTHERS
  }

  /** Begins. */
  public static HeadStart begin(Need need) {
    Thread thread = new Thread(() -> prepare(need), "head start");
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      // The system has no thread left for it.
      return none();
    }
    return new HeadStart(Optional.of(thread));
  }

  /**
   * Waits for its end, which whoever is about to connect does first: so no two threads ever
   * initialise the classes of the connection at the same time, and none waits for the other for
   * ever.
   */
  public void await() {
    boolean wasInterrupted = false;
    while (!isOver()) {
      try {
        thread.orElseThrow().join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isOver() {
    return thread.isEmpty() || !thread.get().isAlive();
  }

  private static void prepare(Need need) {
    try {
      ClusterUrl nobody = ClusterUrl.parse("http://localhost");
      switch (need) {
        case PLAIN -> {}
        case TLS -> {
          greet(Trust.usual().context());
          nobody = ClusterUrl.parse("https://" + NOBODY);
        }
        case TLS_TRUSTING_OTHERS -> {
          SSLContext context = SSLContext.getInstance("TLS");
          context.init(null, new TrustManager[0], null);
          greet(context);
        }
      }
      // Java looks for its provider of digests, of which a plan has some.
      new Sha256().add(NOBODY);
      Connector.client(nobody, ClientOptions.withTimeout(Duration.ofSeconds(1))).build().close();
      if (need != Need.PLAIN) {
        readAuthorities();
      }
    } catch (IOException | GeneralSecurityException | RuntimeException | Error e) {
      // The connection will say so.
    }
  }

  private static void readAuthorities() {
    try {
      Class.forName(AUTHORITIES);
    } catch (ClassNotFoundException e) {
      // This Java reads them elsewhere, and the first connection takes a little longer.
    }
  }

  /** Makes the first message of a handshake, for which keys are made, and throws it away. */
  private static void greet(SSLContext context) throws SSLException {
    SSLEngine engine = context.createSSLEngine(NOBODY, HTTPS_PORT);
    engine.setUseClientMode(true);
    engine.beginHandshake();
    ByteBuffer nothing = ByteBuffer.allocate(0);
    engine.wrap(nothing, ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
  }
}
