/**
 * Files that commands read and write: policies below directories, saved plans, journals, outputs
 * that are there whole or not at all, and links that are not followed.
 */
package io.tokenform.cli.files;
