/**
 * Fleets on the command line: the options that name one, and the way from a fleet file to the
 * policy of each cluster ({@link io.tokenform.cli.fleet.FleetInventory}) and to a connection with
 * the right management token ({@link io.tokenform.cli.fleet.FleetTargets}). Commands about one
 * cluster load none of this.
 */
package io.tokenform.cli.fleet;
