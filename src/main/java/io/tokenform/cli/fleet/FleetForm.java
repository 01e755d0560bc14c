package io.tokenform.cli.fleet;

import io.tokenform.cli.options.Format;
import io.tokenform.report.fleet.FleetAnnotations;
import io.tokenform.report.fleet.FleetDiff;
import io.tokenform.report.fleet.FleetDocument;
import io.tokenform.report.fleet.FleetFormat;
import io.tokenform.report.fleet.FleetMarkdown;
import io.tokenform.report.fleet.FleetText;

/** The forms of a plan, for the plan of a fleet. */
final class FleetForm {
  private FleetForm() {}

  static FleetFormat of(Format format, Format.Setting setting) {
    return switch (format) {
      case TEXT -> text(setting);
      case JSON -> new FleetDocument();
      case MARKDOWN -> new FleetMarkdown(setting.comment());
      case DIFF -> new FleetDiff(setting.style());
      case GITHUB -> new FleetAnnotations(setting.paths().get(), setting.comment().unfolded());
    };
  }

  static FleetText text(Format.Setting setting) {
    return new FleetText(
        setting.style(), setting.masking(), setting.width(), setting.comment().unfolded());
  }
}
