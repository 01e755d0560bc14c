/** Every output: plain values in, text out. */
package io.tokenform.report;
