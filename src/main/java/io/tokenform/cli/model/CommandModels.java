package io.tokenform.cli.model;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** Answers what picocli needs to know of a command, from the class that the build made of it. */
public final class CommandModels {
  /** The end of the name of such a class. */
  public static final String IN_NAME = "$$Model";

  private CommandModels() {}

  /**
   * The command line of a command.
   *
   * @param command an object with picocli's annotations, or a command line, which stays as it is
   */
  public static CommandLine line(Object command) {
    return command instanceof CommandLine line ? line : new CommandLine(spec(command));
  }

  private static CommandSpec spec(Object command) {
    Model model = model(command.getClass());
    if (model == null) {
      return CommandSpec.forAnnotatedObject(command);
    }
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
    model.describe(spec);
    model.addTo(spec, command);
    return spec;
  }

  /**
   * The command line of a command without options and parameters, as the help of the command above
   * shows it.
   */
  public static CommandLine named(Class<?> type) {
    CommandSpec spec = CommandSpec.create();
    Model model = model(type);
    if (model == null) {
      spec.updateCommandAttributes(type.getAnnotation(Command.class), CommandLine.defaultFactory());
    } else {
      model.describe(spec);
    }
    return new CommandLine(spec);
  }

  /** The model of a class; null if the build made none. */
  private static Model model(Class<?> type) {
    try {
      return Class.forName(type.getName() + IN_NAME, true, type.getClassLoader())
          .asSubclass(Model.class)
          .getConstructor()
          .newInstance();
    } catch (ClassNotFoundException e) {
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the build made no class to be used of " + type, e);
    }
  }
}
