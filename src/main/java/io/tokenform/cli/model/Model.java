package io.tokenform.cli.model;

import io.tokenform.cli.help.OptionGroup;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Range;

/**
 * What picocli needs to know of one class with its annotations. The build makes a class of this for
 * each, beside it, which may use the private fields of its objects. What they have in common is
 * here.
 *
 * <p>picocli's own reading of annotations keeps the options of a mixin in a command model of their
 * own, and adds them to the command's one by one. Here they are added to the command's at once:
 * nobody asks a command for its mixins.
 */
public abstract class Model {
  /** Tells a command model what the annotation of the class says; nothing of a mixin. */
  public void describe(CommandSpec spec) {}

  /**
   * Adds the options and parameters of the class to a command model, those of its mixins too, and
   * gives the model to the fields that want it.
   *
   * @param owner an object of the class
   */
  public abstract void addTo(CommandSpec spec, Object owner);

  /** The value of one of the fields, which are numbered in their order. */
  protected Object get(Object owner, int field) {
    throw unknown(field);
  }

  /** Sets one of the fields. */
  protected void set(Object owner, int field, Object value) {
    throw unknown(field);
  }

  /** What a field is answered with that the class does not have. */
  protected static IllegalArgumentException unknown(int field) {
    return new IllegalArgumentException("there is no field " + field);
  }

  /** What exit codes mean, each as {@code CODE:MEANING}. */
  protected static void exitCodes(CommandSpec spec, String... codes) {
    spec.usageMessage().exitCodeList(UsageMessageSpec.keyValuesMap(codes));
  }

  /**
   * What picocli takes from the field of an option.
   *
   * @param type the field's type
   * @param element the type of each value, of a list's too
   * @param text what picocli calls the field
   */
  protected final OptionSpec.Builder option(
      Object owner,
      int field,
      Class<?> type,
      Class<?> element,
      OptionGroup group,
      String text,
      String... names) {
    Binding binding = new Binding(this, owner, field);
    return OptionSpec.builder(names)
        .type(type)
        .auxiliaryTypes(element)
        .getter(binding)
        .setter(binding)
        .initialValue(get(owner, field))
        .descriptionKey("")
        .prompt("")
        .userObject(group)
        .withToString(text);
  }

  /**
   * The same of a positional parameter.
   *
   * @param arity how many values it takes; null for one, or for a list, at most one
   */
  protected final PositionalParamSpec.Builder positional(
      Object owner, int field, Class<?> type, Class<?> element, String text, String arity) {
    Binding binding = new Binding(this, owner, field);
    Range values =
        arity == null
            ? Range.valueOf(type == List.class ? "0..1" : "1").unspecified(true)
            : Range.valueOf(arity);
    return PositionalParamSpec.builder()
        .type(type)
        .auxiliaryTypes(element)
        .getter(binding)
        .setter(binding)
        .initialValue(get(owner, field))
        .descriptionKey("")
        .prompt("")
        .withToString(text)
        .arity(values)
        .required(values.min() > 0);
  }
}
