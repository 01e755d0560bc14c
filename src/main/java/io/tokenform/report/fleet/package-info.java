/**
 * The plan of a fleet in every form, a class for each behind {@link
 * io.tokenform.report.fleet.FleetFormat}. What they say of one cluster, the classes of {@link
 * io.tokenform.report} say. The order is that of the fleet file, so no output depends on which
 * cluster was planned first; what several clusters have in common is said once.
 */
package io.tokenform.report.fleet;
