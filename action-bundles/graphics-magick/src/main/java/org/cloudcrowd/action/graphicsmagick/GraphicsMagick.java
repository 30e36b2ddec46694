package org.cloudcrowd.action.graphicsmagick;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionDescription;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.ActionName;
import org.cloudcrowd.action.ActionOptionsType;
import org.cloudcrowd.action.RequiresTool;
import org.cloudcrowd.action.graphicsmagick.GraphicsMagickOptions.Step;
import org.cloudcrowd.action.magick.Format;
import org.cloudcrowd.action.magick.Magick;
import org.cloudcrowd.action.magick.MagickOptions;
import org.osgi.service.component.annotations.Component;

/**
 * Makes pictures of a picture, in steps. The output is the URL of each, by the names of the steps.
 */
@Component
@ActionName("graphics_magick")
@ActionDescription("Changes pictures, step by step, with GraphicsMagick.")
@ActionOptionsType(type = GraphicsMagickOptions.class)
@RequiresTool(value = Magick.PROGRAM, version = Magick.VERSION)
public final class GraphicsMagick implements Action {
  /**
   * What the original names. Its mogrify would change the input in place, and then miss its output:
   * here both make a new picture.
   */
  private static final Set<String> COMMANDS = Set.of("convert", "mogrify");

  @Override
  public Object process(ActionContext context) throws IOException {
    var options = context.options(GraphicsMagickOptions.class);
    if (options.steps() == null || options.steps().isEmpty()) {
      throw new ActionFailure("the option steps must be a list of steps");
    }
    var magick = new Magick(context);
    var made = new HashMap<String, Path>();
    var urls = new LinkedHashMap<String, URI>();
    for (Step step : options.steps()) {
      var picture = picture(context, step, made);
      try {
        var arguments = MagickOptions.of(step.options());
        magick.convert(arguments, input(context, step, made), picture);
      } catch (ActionFailure e) {
        throw new ActionFailure("step " + step.name() + ": " + e.getMessage(), e);
      }
      made.put(step.name(), picture);
      urls.put(step.name(), context.save(picture));
    }
    return urls;
  }

  private static Path input(ActionContext context, Step step, Map<String, Path> made) {
    if (step.input() == null) {
      return context.inputPath();
    }
    var earlier = made.get(step.input());
    if (earlier == null) {
      throw new ActionFailure("its input '" + step.input() + "' is no step before it");
    }
    return earlier;
  }

  /** A file's name becomes its asset's, so each step has its own. */
  private static Path picture(ActionContext context, Step step, Map<String, Path> made) {
    if (step.name() == null || !step.name().matches("[A-Za-z0-9_-]{1,100}")) {
      throw new ActionFailure("a step's name is 1 to 100 letters, digits, '_' and '-'");
    }
    if (made.containsKey(step.name())) {
      throw new ActionFailure("two steps are called " + step.name());
    }
    if (step.command() != null && !COMMANDS.contains(step.command())) {
      throw new ActionFailure(
          "step "
              + step.name()
              + ": the command must be convert or mogrify, and is '"
              + step.command()
              + "'");
    }
    if (step.extension() == null) {
      throw new ActionFailure("step " + step.name() + ": it has no extension");
    }
    var unused = Format.ofExtension(step.extension());
    return context
        .workDirectory()
        .resolve(context.fileName() + "_" + step.name() + "." + step.extension());
  }
}
