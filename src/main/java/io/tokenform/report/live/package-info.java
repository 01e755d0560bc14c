/**
 * What is live, for people and for machines: tokens, who can do what, and what becomes of single
 * tokens that somebody changes by hand.
 */
package io.tokenform.report.live;
