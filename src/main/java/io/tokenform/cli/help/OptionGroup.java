package io.tokenform.cli.help;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The groups in which the help shows options, in its order: what people need first stands first.
 */
public enum OptionGroup {
  /** What belongs to one command alone. */
  OWN("Options"),
  /** Which policy and which of its tokens. */
  SUBJECT("What to plan"),
  OUTPUT("Output"),
  APPLYING("How to apply"),
  GUARDRAILS("Guardrails"),
  /** Which fleet and which of its clusters. */
  FLEET("Fleet"),
  CLUSTER("Cluster"),
  CONNECTION("Connection"),
  GENERAL("General");

  private final String title;

  OptionGroup(String title) {
    this.title = title;
  }

  /** What stands above the group's options in the help of a command. */
  public String heading(CommandSpec command) {
    boolean isOfPlan = this != SUBJECT || command.findOption("--target") != null;
    return isOfPlan ? title : "Policy";
  }

  /**
   * The group of an option: its field's, else that of the class that declares the field. Where the
   * build has read the annotations, the option holds the group, else the field.
   */
  public static OptionGroup of(OptionSpec option) {
    if (option.userObject() instanceof OptionGroup known) {
      return known;
    }
    return option.userObject() instanceof Field field
        ? named(field).or(() -> named(field.getDeclaringClass())).orElse(OWN)
        : OWN;
  }

  private static Optional<OptionGroup> named(AnnotatedElement element) {
    return Optional.ofNullable(element.getAnnotation(InGroup.class)).map(InGroup::value);
  }
}
