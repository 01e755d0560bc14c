package io.tokenform.sandbox.fault;

import java.time.Duration;
import java.util.List;

/**
 * What a sandbox does wrong, on purpose. Each rule is {@code KIND[,KEY[=VALUE]...]}; the kinds are
 *
 * <ul>
 *   <li>{@code delay=20ms}, {@code delay=10ms..200ms} (anything in between, each as likely), {@code
 *       delay=exp:50ms} (exponential with that mean, 20 times the mean at most): the request waits
 *       before anything is done about it
 *   <li>{@code status=429}, or any other from 400 to 599: answered with that error, and not carried
 *       out, unless with {@code acts}. {@code retry-after=2} adds that header in seconds, {@code
 *       retry-after=date:2s} as a date that lies so far ahead, rounded up to the second
 *   <li>{@code reset}: the connection is reset (TCP RST) and the request not carried out; with
 *       {@code acts}, it is carried out before
 *   <li>{@code half}: carried out; then only half of the body is sent, after a Content-Length of
 *       all of it, and the connection closed. An answer without a body, such as that to DELETE, is
 *       not sent at all: the connection is reset
 *   <li>{@code content-type=text/html}: carried out; the answer has that type, and its body is an
 *       HTML page
 *   <li>{@code stale=500ms}: a GET is answered from the state as it was that long ago, or when the
 *       sandbox started if that is later. {@code stale=500ms,at=tokens} is a listing that lags,
 *       while each token by itself is read as it is
 *   <li>{@code late=30s}: a token that a POST creates is in the Management API at once, but the
 *       data side answers 401 to its secret until that long after, by the sandbox's clock. It goes
 *       together with any other fault
 *   <li>{@code wrong}: a POST, PATCH or PUT is carried out; the answer shows permissions other than
 *       those asked for, or another description if it asked for no permissions; of a database
 *       another retention, or another name if it asked for no settings. {@code wrong=permissions},
 *       {@code wrong=description}, {@code wrong=expiresAt} and {@code wrong=retentionPeriod} say
 *       which field
 *   <li>{@code ignored}: a PATCH, POST, PUT or DELETE is answered as if all was well, and not
 *       carried out. A PATCH gets the token or the database as it is, a POST one that does not
 *       exist, with a secret that opens nothing
 *   <li>{@code random=20%}: so many of the requests get one of: 429 with a Retry-After of 0 or 1
 *       seconds, 503 before acting, 503 after acting, reset before acting, reset after acting,
 *       half, a delay of 1 to 50 ms
 * </ul>
 *
 * <p>and the keys that narrow down which requests are hit; all that are given have to hold, and
 * requests are counted from 1 among those that the rule matches, in the order of their arrival:
 *
 * <ul>
 *   <li>{@code on=PATCH}: the method; any that the kind can happen to if not given
 *   <li>{@code at=tokens}: the part of what the sandbox serves: {@code tokens} (the listing, and
 *       creation), {@code token} (a single one), {@code databases}, {@code database} (likewise) or
 *       {@code data} (queries and writes). If not given, all but {@code data}: to try a secret
 *       neither fails nor counts
 *   <li>{@code skip=N}: not the first N; {@code first=N}: none after the first N; {@code every=N}:
 *       the N-th, the 2N-th and so on. So {@code skip=2,first=3} is the third alone
 *   <li>{@code rate=30%}: this part of them
 * </ul>
 *
 * <p>What happens to the n-th request that a rule matches depends on the seed, the text of the rule
 * and n, and on nothing else. If several rules hit a request, their durations of {@code delay} and
 * of {@code late} add up, and of the other faults the first rule's wins. The faults stand before
 * the API, so they hit requests that it would refuse as well; only a request with a body that is
 * too large passes them by.
 *
 * <p>Faults are immutable; each sandbox counts for itself.
 */
public final class Faults {
  /** Nothing goes wrong. */
  public static final Faults NONE = new Faults(List.of(), 0);

  private final List<FaultRule> rules;
  private final long seed;

  private Faults(List<FaultRule> rules, long seed) {
    this.rules = List.copyOf(rules);
    this.seed = seed;
  }

  /**
   * Reads rules, the first ones first.
   *
   * @param seed decides wherever something is left to chance
   * @throws IllegalArgumentException if one is not a rule; the message says what is wrong with it
   *     and what is allowed
   */
  public static Faults parse(List<String> rules, long seed) {
    return new Faults(rules.stream().map(FaultRuleParser::parse).toList(), seed);
  }

  /** Whether anything depends on the seed. */
  public boolean drawLots() {
    return rules.stream().anyMatch(FaultRule::drawsLots);
  }

  /** Begins to count. */
  public FaultSchedule schedule() {
    return new FaultSchedule(rules, seed);
  }

  /** How long ago the oldest state is that is asked for. */
  public Duration memory() {
    Duration longest = Duration.ZERO;
    for (FaultRule rule : rules) {
      Duration memory = rule.kind().memory();
      longest = memory.compareTo(longest) > 0 ? memory : longest;
    }
    return longest;
  }
}
