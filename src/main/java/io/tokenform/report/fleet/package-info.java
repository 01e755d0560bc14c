/**
 * What is said of a whole fleet: the list of its clusters, and its plan in every form, a class for
 * each behind {@link io.tokenform.report.fleet.FleetFormat}. What these say of one cluster, the
 * classes of {@link io.tokenform.report} say. The order is that of the fleet file, so no output
 * depends on which cluster was planned first; what several clusters have in common is said once.
 */
package io.tokenform.report.fleet;
