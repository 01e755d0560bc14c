/**
 * What a policy says of databases, and how it is read: their settings, their end, and the names
 * that they had before. Whether a cluster has such a database is not known here. A policy without a
 * databases section loads nothing of this room.
 */
package io.tokenform.policy.database;
