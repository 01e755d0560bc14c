/**
 * A fleet: several clusters with one inventory. {@link io.tokenform.fleet.FleetParser} reads the
 * fleet file; {@link io.tokenform.fleet.FleetPolicies} makes the policy of each cluster of the
 * files that the clusters share; {@link io.tokenform.fleet.FleetPlan} is what became of planning
 * each of them, and {@link io.tokenform.fleet.FleetPlanFile} what a folder of such plans holds.
 * Nothing here opens a file or a connection.
 */
package io.tokenform.fleet;
