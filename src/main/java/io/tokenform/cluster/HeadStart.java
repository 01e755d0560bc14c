package io.tokenform.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Sha256;
import io.tokenform.cluster.transport.Trust;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/**
 * Gets this process ready for calls on a thread of its own, while another one reads the command
 * line and the policy: the first client and the first handshake of a JVM load hundreds of classes
 * and the certificates that Java trusts. Whoever is about to connect does what is left of it. It
 * asks no server anything, and says nothing of what goes wrong: the connection will meet the same,
 * and say it.
 */
public final class HeadStart {
  /** A name that nobody has (RFC 6761); nothing is sent there. */
  private static final String NOBODY = "tokenform.invalid";

  private static final int HTTPS_PORT = 443;

  /**
   * The class of Java that reads all authorities it knows, when it checks the first certificate.
   */
  private static final String AUTHORITIES = "sun.security.util.AnchorCertificates";

  private final List<Step> steps;

  @GuardedBy("this")
  private int begun;

  @GuardedBy("this")
  private int done;

  private HeadStart(List<Step> steps) {
    this.steps = steps;
  }

  /** For a run that makes no calls. */
  public static HeadStart none() {
    return new HeadStart(List.of());
  }

  /** What the calls are likely to need. */
  public enum Need {
    /** No encryption. */
    PLAIN,
    /** TLS, trusting whom Java trusts. */
    TLS,
    /** TLS, trusting others, whom the connection reads itself. */
    TLS_TRUSTING_OTHERS;

    private List<Step> steps() {
      return switch (this) {
        case PLAIN -> List.of(Step.CLIENT, Step.DIGEST);
        case TLS -> List.of(Step.TLS, Step.CLIENT, Step.AUTHORITIES, Step.DIGEST);
        case TLS_TRUSTING_OTHERS ->
            List.of(Step.TLS_ALONE, Step.CLIENT, Step.AUTHORITIES, Step.DIGEST);
      };
    }
  }

  /** What one thread does at a time; none needs another one. */
  private enum Step {
    TLS,
    TLS_ALONE,
    CLIENT,
    AUTHORITIES,
    /** Java looks for its provider of digests, of which a plan has some. */
    DIGEST
  }

  /** Begins. */
  public static HeadStart begin(Need need) {
    HeadStart headStart = new HeadStart(need.steps());
    Thread thread = new Thread(headStart::doWhatIsLeft, "head start");
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      // The system has no thread left for it.
      return none();
    }
    return headStart;
  }

  /**
   * Does what is left of it, and waits for what another thread does, which whoever is about to
   * connect does first: so the connection meets classes that are ready.
   */
  public void await() {
    doWhatIsLeft();
    boolean wasInterrupted = false;
    synchronized (this) {
      while (!isOver()) {
        try {
          wait();
        } catch (InterruptedException e) {
          wasInterrupted = true;
        }
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized boolean isOver() {
    return done == steps.size();
  }

  private void doWhatIsLeft() {
    for (Optional<Step> next = next(); next.isPresent(); next = next()) {
      try {
        take(next.get());
      } catch (IOException | GeneralSecurityException | RuntimeException | LinkageError e) {
        // The connection will say so.
      } finally {
        synchronized (this) {
          done++;
          notifyAll();
        }
      }
    }
  }

  private synchronized Optional<Step> next() {
    return begun == steps.size() ? Optional.empty() : Optional.of(steps.get(begun++));
  }

  private static void take(Step step) throws IOException, GeneralSecurityException {
    switch (step) {
      case TLS -> greet(Trust.usual().context());
      case TLS_ALONE -> {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[0], null);
        greet(context);
      }
      case CLIENT -> {
        ClusterUrl nobody = ClusterUrl.parse("http://localhost");
        Connector.client(nobody, ClientOptions.withTimeout(Duration.ofSeconds(1))).build().close();
      }
      case AUTHORITIES -> readAuthorities();
      case DIGEST -> new Sha256().add(NOBODY);
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
