/**
 * Where the secret of a new token goes. {@link io.tokenform.sink.Sinks} makes a {@link
 * io.tokenform.sink.Sink} of a definition of the platform file: {@link
 * io.tokenform.sink.CommandSink} gives the secret to a program on its standard input, {@link
 * io.tokenform.sink.DirectorySink} writes it to a file of the user's own. Here a secret leaves
 * tokenform, so this room is narrow about it: it is in no argument, no variable, no message and no
 * file but its own. What a program prints is masked before anything else is done with it.
 */
package io.tokenform.sink;
