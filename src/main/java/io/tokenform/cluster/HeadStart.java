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

    List<Step> steps() {
      return switch (this) {
        case PLAIN -> List.of(HeadStart::makeClient, HeadStart::digest);
        case TLS -> encrypted(HeadStart::greet);
        case TLS_TRUSTING_OTHERS -> encrypted(HeadStart::greetAlone);
      };
    }

    private static List<Step> encrypted(Step greeting) {
      return List.of(
          greeting, HeadStart::makeClient, HeadStart::readAuthorities, HeadStart::digest);
    }
  }

  /** What one thread does at a time; none needs another one. */
  @FunctionalInterface
  interface Step {
    void take() throws IOException, GeneralSecurityException;
  }

  /** Begins. */
  public static HeadStart begin(Need need) {
    return begin(need.steps());
  }

  static HeadStart begin(List<Step> steps) {
    HeadStart headStart = new HeadStart(steps);
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
   * Takes the steps that nobody has taken yet, and waits for the one that the other thread is in.
   */
  public void await() {
    doWhatIsLeft();
    boolean wasInterrupted = false;
    synchronized (this) {
      while (done < steps.size()) {
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

  private void doWhatIsLeft() {
    for (Optional<Step> next = next(); next.isPresent(); next = next()) {
      try {
        next.get().take();
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

  private static void makeClient() throws IOException {
    ClusterUrl nobody = ClusterUrl.parse("http://localhost");
    Connector.client(nobody, ClientOptions.withTimeout(Duration.ofSeconds(1))).build().close();
  }

  /** Java looks for its provider of digests, of which a plan has some. */
  private static void digest() {
    new Sha256().add(NOBODY);
  }

  private static void greet() throws SSLException {
    greet(Trust.usual().context());
  }

  private static void greetAlone() throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[0], null);
    greet(context);
  }

  /** Makes the first message of a handshake, for which keys are made, and throws it away. */
  private static void greet(SSLContext context) throws SSLException {
    SSLEngine engine = context.createSSLEngine(NOBODY, HTTPS_PORT);
    engine.setUseClientMode(true);
    engine.beginHandshake();
    ByteBuffer nothing = ByteBuffer.allocate(0);
    engine.wrap(nothing, ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
  }

  private static void readAuthorities() {
    try {
      Class.forName(AUTHORITIES);
    } catch (ClassNotFoundException e) {
      // This Java reads them elsewhere, and the first connection takes a little longer.
    }
  }
}
