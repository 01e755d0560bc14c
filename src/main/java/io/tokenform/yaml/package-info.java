/**
 * YAML with places: one document read into nodes that know where they stand, syntax errors that say
 * what to do, and the canonical layout that {@code fmt} writes. It knows nothing of tokens: which
 * keys there are, its caller says.
 */
package io.tokenform.yaml;
