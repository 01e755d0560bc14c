/**
 * What expectations say of access, and how they are read: the {@code expect} section of a policy or
 * a platform file. Whether one holds is decided in {@code io.tokenform.expect}.
 */
package io.tokenform.policy.expect;
