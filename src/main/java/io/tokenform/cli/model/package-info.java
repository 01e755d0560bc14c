/**
 * The command model that picocli works with. Reading it from the annotations of a command takes a
 * third of a short run: the JVM parses them, makes a class of each kind of annotation, and looks
 * through all methods. So the build reads them ({@code build.ModelClasses}) and writes a class
 * beside each class that has some; it answers the same model with plain calls. Classes that were
 * compiled without that step are read by picocli itself.
 */
package io.tokenform.cli.model;
