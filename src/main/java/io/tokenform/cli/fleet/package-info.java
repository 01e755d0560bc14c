/**
 * Fleets on the command line: the options that name one, and the way from a fleet file to the
 * policy of each cluster ({@link io.tokenform.cli.fleet.FleetInventory}) and to a connection with
 * the right management token ({@link io.tokenform.cli.fleet.FleetTargets}). Clusters are worked on
 * at the same time and told in their order ({@link io.tokenform.cli.fleet.Round}); plans are
 * carried out wave after wave ({@link io.tokenform.cli.fleet.FleetApplying}). A command about one
 * cluster has the options of {@link io.tokenform.cli.fleet.FleetOption}, and loads nothing else of
 * this.
 */
package io.tokenform.cli.fleet;
