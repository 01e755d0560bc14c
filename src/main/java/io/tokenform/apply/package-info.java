/** The apply engine: a plan becomes calls, stage by stage, each checked and accounted for. */
package io.tokenform.apply;
