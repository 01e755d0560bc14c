/** What is said of a whole fleet: a row for each cluster, for people and for machines. */
package io.tokenform.report.fleet;
