package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Secret;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.files.Links;
import io.tokenform.sandbox.RequestLog;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.sandbox.ServerKey;
import io.tokenform.sandbox.fault.Faults;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "sandbox",
    description = {
      "Run a cluster to play with.",
      "Serves the Management API for tokens and databases over HTTP on this machine, with Cloud"
          + " Dedicated's paths and Clustered's, until it is interrupted. The secrets of its tokens"
          + " can be tried with GET /query?db=NAME and POST /api/v2/write?bucket=NAME; no data is"
          + " kept. Each request is logged on standard error."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  tokenform sandbox --listen 127.0.0.1:8086 --seed examples/quickstart/seed.json",
      "  tokenform sandbox --fault status=429,retry-after=1,on=PATCH,rate=30%% --fault delay=20ms",
      "",
      "Fault rules, KIND[,KEY[=VALUE]...]:",
      "  delay=20ms              wait first; 10ms..200ms is anything in between, exp:50ms"
          + " exponential with that mean",
      "  status=429              answer an error, 400 to 599, and do not act; with \"acts\", act"
          + " before; retry-after=2 or retry-after=date:2s says when to retry",
      "  reset                   reset the connection, and do not act; with \"acts\", act before",
      "  half                    act, and send half of the answer",
      "  content-type=text/html  act, and answer with an HTML page",
      "  stale=500ms             answer a GET from the state of that long ago",
      "  late=30s                act, and let the secret of a new token work so much later",
      "  wrong                   act, and answer a POST, PATCH or PUT with what nobody asked for;"
          + " wrong=permissions, description, expiresAt or retentionPeriod names the field",
      "  ignored                 do not act, and answer that all is well",
      "  random=20%%              this share gets a fault that a client can recover from",
      "Keys say which requests are hit, counted from 1 among those that match:",
      "  on=PATCH   this method",
      "  rate=30%%   this share",
      "  every=N    the N-th, 2N-th ...",
      "  skip=N     not the first N",
      "  first=N    none after the first N",
      "  at=tokens  the listing and creation; at=token, at=databases, at=database, or at=data for"
          + " the data side, which no other rule hits",
      "Of several rules that hit one request the first counts; delays add up."
    })
final class SandboxCommand implements Callable<Integer> {
  private static final String TLS_PASSWORD = "TOKENFORM_SANDBOX_TLS_PASSWORD";

  /** What most files of this kind have that guard nothing. */
  private static final String USUAL_TLS_PASSWORD = "changeit";

  private final Run run;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8086",
      converter = AddressConverter.class,
      description =
          "Where to listen, on this machine only; port 0 takes any free port. ${DEFAULT-VALUE} if"
              + " not given.")
  private InetSocketAddress listen;

  @Option(
      names = "--seed",
      paramLabel = "FILE",
      description = "The tokens and databases to start with, as JSON.")
  private Path seed;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "Keep the state in this file; otherwise it is lost at the end.")
  private Path data;

  @Option(
      names = "--tls",
      paramLabel = "FILE",
      description =
          "Serve HTTPS with the private key and the certificates of this PKCS #12 file. Its password"
              + " is read from the variable "
              + TLS_PASSWORD
              + "; "
              + USUAL_TLS_PASSWORD
              + " if that is not set.")
  private Path tls;

  @Option(
      names = "--fault",
      paramLabel = "RULE",
      description =
          "Do something wrong on purpose, as the rules below say. May be given several times.")
  private List<String> faults = List.of();

  @Option(
      names = "--fault-seed",
      paramLabel = "N",
      description =
          "The seed of the random choices: the same seed repeats them. If one is needed and not"
              + " given, it is chosen and printed on standard error.")
  private Long faultSeed;

  SandboxCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws InputException, InterruptedException {
    SandboxOptions.Builder options =
        SandboxOptions.builder()
            .clock(run.world().clock())
            .listen(listen)
            .faults(faults())
            .listener(new RequestLog(line -> run.console().printError(line + "\n")));
    if (seed != null) {
      options.seedFile(run.world().directory().resolve(seed));
    }
    if (data != null) {
      refuseLinks(data);
      options.stateFile(run.world().directory().resolve(data));
    }
    if (tls != null) {
      options.serverKey(serverKey());
    }
    Sandbox sandbox = Sandbox.start(options.build());
    Thread atExit = new Thread(sandbox::close, "sandbox-close");
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      run.console().print(greeting(sandbox));
      new CountDownLatch(1).await();
      return ExitCode.OK;
    } finally {
      sandbox.close();
      Runtime.getRuntime().removeShutdownHook(atExit);
    }
  }

  private void refuseLinks(Path file) throws InputException {
    try {
      Links.refuse(run.world().directory(), file);
    } catch (Links.LinkException e) {
      throw new InputException(
          "the state cannot be kept in " + file + ": " + e.getReason(), e.hint(), e);
    }
  }

  private ServerKey serverKey() throws InputException {
    String given = run.world().environment().getOrDefault(TLS_PASSWORD, "");
    try {
      return ServerKey.read(
          run.world().directory().resolve(tls),
          Secret.of(given.isEmpty() ? USUAL_TLS_PASSWORD : given));
    } catch (ServerKey.WrongPasswordException e) {
      throw new InputException(
          e.getMessage(),
          given.isEmpty()
              ? "put its password into the variable " + TLS_PASSWORD
              : "the password comes from the variable " + TLS_PASSWORD,
          e);
    }
  }

  private Faults faults() {
    // Short, to be typed again.
    long seed = faultSeed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : faultSeed;
    Faults parsed;
    try {
      parsed = Faults.parse(faults, seed);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), "tokenform sandbox --help describes the rules");
    }
    if (parsed.drawLots() && faultSeed == null) {
      run.console().note("the faults are drawn with --fault-seed " + seed);
    }
    return parsed;
  }

  private static String greeting(Sandbox sandbox) {
    return String.join(
        "\n",
        "The sandbox listens at " + sandbox.url(),
        "  account id        " + sandbox.accountId(),
        "  cluster id        " + sandbox.clusterId(),
        "  management token  " + sandbox.managementToken().reveal(),
        "Stop it with Ctrl-C.",
        "");
  }

  /** Reads {@code HOST:PORT} of this machine. */
  static final class AddressConverter implements ITypeConverter<InetSocketAddress> {
    @Override
    public InetSocketAddress convert(String text) {
      int colon = text.lastIndexOf(':');
      try {
        int port = Integer.parseInt(text.substring(colon + 1));
        InetSocketAddress address = new InetSocketAddress(text.substring(0, colon), port);
        if (!address.isUnresolved() && address.getAddress().isLoopbackAddress()) {
          return address;
        }
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        // Said below, as for an address of another machine.
      }
      throw new TypeConversionException(
          "\"" + text + "\" is not HOST:PORT of this machine, such as 127.0.0.1:8086");
    }
  }
}
