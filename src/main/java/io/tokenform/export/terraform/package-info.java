/**
 * What Terraform's state says of tokens, for the move away from it: {@link
 * io.tokenform.export.terraform.StateReader} reads addresses and ids, and tells the secrets in it
 * to be masked; {@link io.tokenform.export.terraform.Handover} holds that against the live tokens;
 * {@link io.tokenform.export.terraform.HandoverText} says what to do next. No value of the state
 * but addresses and ids is kept.
 */
package io.tokenform.export.terraform;
