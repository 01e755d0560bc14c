/**
 * Every output: plain values in, text out. A class for each form of a plan stands behind {@link
 * io.tokenform.report.PlanFormat}. Text that the cluster or a policy supplied is untrusted here: it
 * goes through {@link io.tokenform.report.text.Printable} or {@link
 * io.tokenform.report.text.MarkdownText} and never reaches a terminal or a comment raw.
 */
package io.tokenform.report;
