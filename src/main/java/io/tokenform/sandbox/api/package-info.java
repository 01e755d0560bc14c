/**
 * What the embedded cluster holds and how it answers: tokens, their history, requests and replies.
 */
package io.tokenform.sandbox.api;
