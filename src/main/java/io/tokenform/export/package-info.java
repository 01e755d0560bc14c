/**
 * Live tokens as a policy that can be taken over: names, roles that several of them share, and YAML
 * in the canonical layout, which reads back as what was exported.
 */
package io.tokenform.export;
