/**
 * Faults that the embedded cluster makes when it is told to: delays, lost answers, wrong answers,
 * refused calls. The tests of the apply engine are built on them.
 */
package io.tokenform.sandbox.fault;
