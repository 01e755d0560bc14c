/**
 * What all outputs are made of: columns, tables, excerpts, colours, and the ways in which text that
 * the cluster or a policy supplied becomes harmless in a terminal ({@link
 * io.tokenform.report.text.Printable}), in Markdown ({@link io.tokenform.report.text.MarkdownText})
 * and in YAML.
 */
package io.tokenform.report.text;
