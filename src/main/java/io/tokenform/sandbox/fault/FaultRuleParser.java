package io.tokenform.sandbox.fault;

import io.tokenform.sandbox.api.Area;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads one rule of faults; {@link Faults} says what it may look like. */
final class FaultRuleParser {
  private static final List<String> METHODS = List.of("GET", "POST", "PATCH", "PUT", "DELETE");
  private static final List<String> WRITES = List.of("PATCH", "POST", "PUT", "DELETE");
  private static final Map<String, Syntax> KINDS = kinds();

  private FaultRuleParser() {}

  /** How a kind is written: the keys that it may have, and what it makes of its terms. */
  private record Syntax(List<String> keys, Function<FaultTerms, FaultKind> kind) {}

  /**
   * @throws IllegalArgumentException if {@code text} is not a rule
   */
  static FaultRule parse(String text) {
    FaultTerms terms = new FaultTerms(text);
    Syntax syntax = KINDS.get(terms.kind());
    if (syntax == null) {
      throw terms.problem(
          "there is no kind \"%s\"; the kinds are %s",
          terms.kind(), String.join(", ", KINDS.keySet()));
    }
    terms.allowKeys(syntax.keys());
    FaultKind kind = syntax.kind().apply(terms);
    return new FaultRule(text, kind, method(terms, kind), area(terms), share(terms));
  }

  private static Map<String, Syntax> kinds() {
    Map<String, Syntax> kinds = new LinkedHashMap<>();
    kinds.put("delay", syntax(FaultRuleParser::delay));
    kinds.put("status", syntax(FaultRuleParser::status, "acts", "retry-after"));
    kinds.put("reset", syntax(FaultRuleParser::reset, "acts"));
    kinds.put("half", syntax(terms -> plain(terms, new Fault.Half(), List.of())));
    kinds.put("content-type", syntax(FaultRuleParser::page));
    kinds.put("stale", syntax(FaultRuleParser::stale));
    kinds.put("late", syntax(FaultRuleParser::late));
    kinds.put("wrong", syntax(FaultRuleParser::wrong));
    kinds.put("ignored", syntax(terms -> plain(terms, new Fault.Ignored(), WRITES)));
    // Its value is its rate.
    kinds.put(
        "random",
        new Syntax(
            List.of("on", "at", "first", "skip", "every"), terms -> new FaultKind.Mixture()));
    return kinds;
  }

  /** A kind that may have these keys and those of every rule. */
  private static Syntax syntax(Function<FaultTerms, FaultKind> kind, String... ownKeys) {
    List<String> keys = new ArrayList<>(List.of(ownKeys));
    keys.addAll(List.of("on", "at", "rate", "first", "skip", "every"));
    return new Syntax(keys, kind);
  }

  private static FaultKind delay(FaultTerms terms) {
    String value =
        terms.kindValue("a duration, as delay=20ms, delay=10ms..200ms or delay=exp:50ms");
    if (value.startsWith("exp:")) {
      Duration mean = terms.duration(value.substring("exp:".length()));
      return new FaultKind.Slow(new Delay.Exponential(mean));
    }
    int dots = value.indexOf("..");
    if (dots < 0) {
      return new FaultKind.Slow(new Delay.Fixed(terms.duration(value)));
    }
    Duration shortest = terms.duration(value.substring(0, dots));
    Duration longest = terms.duration(value.substring(dots + 2));
    if (shortest.compareTo(longest) > 0) {
      throw terms.problem("the shorter delay comes first, as in delay=10ms..200ms");
    }
    return new FaultKind.Slow(new Delay.Uniform(shortest, longest));
  }

  private static FaultKind status(FaultTerms terms) {
    String form = "an error's status from 400 to 599, as status=429";
    String value = terms.kindValue(form);
    if (!value.matches("[45]\\d\\d")) {
      throw terms.problem("status needs %s; \"%s\" is not", form, value);
    }
    return new FaultKind.Always(
        new Fault.ErrorStatus(Integer.parseInt(value), terms.has("acts"), retryAfter(terms)),
        List.of());
  }

  private static RetryAfter retryAfter(FaultTerms terms) {
    String form =
        "whole seconds, as retry-after=2, or how far ahead its date lies, as"
            + " retry-after=date:2s";
    Optional<String> value = terms.value("retry-after", form);
    if (value.isEmpty()) {
      return new RetryAfter.Unsaid();
    }
    String text = value.get();
    if (text.startsWith("date:")) {
      return new RetryAfter.Date(terms.duration(text.substring("date:".length())));
    }
    if (!text.matches("\\d{1,9}")) {
      throw terms.problem("retry-after needs %s; \"%s\" is neither", form, text);
    }
    return new RetryAfter.Seconds(Integer.parseInt(text));
  }

  private static FaultKind reset(FaultTerms terms) {
    boolean acts = terms.has("acts");
    return plain(terms, new Fault.Reset(acts), List.of());
  }

  private static FaultKind page(FaultTerms terms) {
    String form = "a media type, as content-type=text/html";
    String value = terms.kindValue(form);
    if (!value.matches("[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+")) {
      throw terms.problem("content-type needs %s; \"%s\" is not", form, value);
    }
    return new FaultKind.Always(new Fault.Page(value), List.of());
  }

  private static FaultKind stale(FaultTerms terms) {
    Duration ago = terms.duration(terms.kindValue("a duration, as stale=500ms"));
    return new FaultKind.Always(new Fault.Stale(ago), List.of("GET"));
  }

  private static FaultKind late(FaultTerms terms) {
    return new FaultKind.Late(terms.duration(terms.kindValue("a duration, as late=30s")));
  }

  private static FaultKind wrong(FaultTerms terms) {
    WrongField field = terms.kindHasValue() ? wrongField(terms) : WrongField.WHAT_IS_ASKED;
    return new FaultKind.Always(new Fault.Wrong(field), List.of("POST", "PATCH", "PUT"));
  }

  private static WrongField wrongField(FaultTerms terms) {
    String form =
        "no value, or permissions, description, expiresAt or retentionPeriod, as"
            + " wrong=description";
    String value = terms.kindValue(form);
    return WrongField.named(value)
        .orElseThrow(() -> terms.problem("wrong needs %s; \"%s\" is not", form, value));
  }

  /** A kind whose name says it all. */
  private static FaultKind plain(FaultTerms terms, Fault fault, List<String> methods) {
    terms.has(terms.kind());
    return new FaultKind.Always(fault, methods);
  }

  private static Optional<String> method(FaultTerms terms, FaultKind kind) {
    List<String> allowed = kind.methods().isEmpty() ? METHODS : kind.methods();
    String form =
        "the method of a request that "
            + terms.kind()
            + " can happen to, "
            + String.join(" or ", allowed);
    Optional<String> method = terms.value("on", form);
    if (method.isPresent() && !allowed.contains(method.get())) {
      throw terms.problem("on needs %s; \"%s\" is not", form, method.get());
    }
    return method;
  }

  private static Optional<Area> area(FaultTerms terms) {
    String form =
        "a part of what the sandbox serves, "
            + String.join(" or ", Area.words())
            + ", as at=tokens";
    return terms
        .value("at", form)
        .map(
            value ->
                Area.named(value)
                    .orElseThrow(() -> terms.problem("at needs %s; \"%s\" is not", form, value)));
  }

  private static FaultRule.Share share(FaultTerms terms) {
    FaultRule.Share share =
        new FaultRule.Share(
            terms.count("skip").orElse(0L),
            terms.count("first").orElse(Long.MAX_VALUE),
            terms.count("every").orElse(1L),
            terms.part(terms.kind().equals("random") ? "random" : "rate").orElse(1.0));
    if (!share.isPossible()) {
      throw terms.problem(
          "first, skip and every leave no request; each counts from the first one, so"
              + " skip=2,first=3 is only the third");
    }
    return share;
  }
}
