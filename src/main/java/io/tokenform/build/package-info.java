/**
 * What the build does to the compiled classes before they are tested and packed. Java links a
 * lambda when it is reached for the first time, which costs some tenths of a millisecond each; a
 * run of tokenform is short and reaches some hundreds of them. So the build makes an ordinary class
 * of each, which the class data archive holds ready to use. Annotations are read anew in each run,
 * which takes longer than most runs do otherwise; so the build writes what picocli would read from
 * them as plain calls. The sources stay as they are, and the tests run what is shipped. Nothing
 * here is in the distribution's jar.
 *
 * <p>The archive holds classes that are older than Java 6 only unverified. So the libraries that
 * have such classes get them anew before they are packed ({@link io.tokenform.build.StackMaps}).
 */
package io.tokenform.build;
