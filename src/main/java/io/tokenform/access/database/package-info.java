/**
 * The vocabulary of databases: their names, how long they keep data, their limits, how they are
 * partitioned, and a listing of them. The rules are those of the Management API's description.
 * Nothing here calls a cluster or knows a library. {@link io.tokenform.access.database.Retention}
 * is what deserves a careful reading: for the API no period at all is the longest one.
 */
package io.tokenform.access.database;
