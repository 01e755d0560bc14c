/**
 * The access report: who may read and write which database, for people who have never seen the
 * tool. {@link io.tokenform.report.access.AccessReport} holds the facts of one cluster, or of those
 * of a fleet, each a {@link io.tokenform.report.access.ClusterAccess}, which are pure; each form in
 * which they are given is one class behind {@link io.tokenform.report.access.AccessFormat}. The
 * page is one file: its template, its style and its script are resources beside {@link
 * io.tokenform.report.access.AccessHtml}.
 */
package io.tokenform.report.access;
