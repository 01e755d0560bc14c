/**
 * What tokenform has to say about a text or a plan: a {@link io.tokenform.finding.Diagnostic} has a
 * code, a place, the tokens that it is about, and whether a guardrail's denial was allowed.
 * Findings are data: how they look is decided in {@code report}, and what they do to an exit code
 * in {@code cli}. A {@link io.tokenform.finding.SourceText} never changes, so a finding that points
 * into it can be passed on to any thread.
 */
package io.tokenform.finding;
