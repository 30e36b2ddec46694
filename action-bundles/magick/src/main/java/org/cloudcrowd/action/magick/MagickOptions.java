package org.cloudcrowd.action.magick;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.cloudcrowd.action.ActionFailure;

/**
 * The options of {@code gm convert} that a job may give: those that change a picture, each with
 * what its value may be. None of them reads or writes another file.
 */
public final class MagickOptions {
  private static final Pattern NUMBERS = Pattern.compile("[0-9x%<>!^,.+-][0-9x%<>!^@,.+-]*");

  /**
   * Pixels an inch, of both directions or of each; what else GraphicsMagick takes it takes oddly.
   */
  private static final Pattern DENSITY =
      Pattern.compile(
          "(?<across>[0-9]{1,5}(?:\\.[0-9]{1,4})?)(?:x(?<down>[0-9]{1,5}(?:\\.[0-9]{1,4})?))?");

  private static final double USUAL_DENSITY = 72;

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9-]+");
  private static final Pattern COLOR =
      Pattern.compile("#[0-9A-Fa-f]{3,16}|[A-Za-z]+[0-9]*|rgba?\\([0-9., %]+\\)");

  /** A name, as it is installed; a path or an {@code @} would be a file. */
  private static final Pattern FONT = Pattern.compile("[A-Za-z0-9 -]+");

  /** {@code @} would be a file, {@code %} a property. */
  private static final Pattern TEXT = Pattern.compile("[^@%\\\\][^%\\\\]*");

  /**
   * Primitives, of which {@code image} would read a file, as would {@code @}; {@code url} and
   * {@code push} lead into a language of their own.
   */
  private static final Pattern DRAWING =
      Pattern.compile(
          "(?i)(?!.*\\b(?:image|url|push|pop|clip-path|pattern)\\b)[^@%]+", Pattern.DOTALL);

  private static final Set<String> SWITCHES =
      names(
          "adjoin antialias auto-orient contrast deconstruct despeckle dither enhance equalize"
              + " flatten flip flop magnify matte minify monochrome negate normalize noop strip"
              + " transpose transverse trim coalesce average");

  private static final Set<String> NUMBERED =
      names(
          "resize scale sample thumbnail geometry crop extent border frame chop shave size page"
              + " region roll resample quality blur sharpen unsharp gaussian rotate shear"
              + " swirl wave implode edge emboss charcoal paint median spread solarize threshold"
              + " gamma modulate level colors depth fuzz shade raise segment cycle white-threshold"
              + " black-threshold linewidth strokewidth pointsize sampling-factor scene delay loop"
              + " lat motion-blur colorize repage seed red-primary green-primary blue-primary"
              + " white-point treedepth noise");

  private static final Map<Set<String>, Pattern> VALUES =
      Map.of(
          NUMBERED,
          NUMBERS,
          names("density"),
          DENSITY,
          names(
              "colorspace compress filter gravity type interlace orient dispose endian channel"
                  + " compose units intent encoding"),
          WORD,
          names(
              "background bordercolor box fill mattecolor opaque pen stroke transparent"
                  + " undercolor"),
          COLOR,
          names("font family"),
          FONT,
          names("comment label"),
          TEXT,
          names("draw"),
          DRAWING);

  private MagickOptions() {}

  private static Set<String> names(String list) {
    return Set.of(list.split(" ", -1));
  }

  /** What the value of an option may be, or null where it has none, or is not allowed. */
  private static Pattern valueOf(String name) {
    return VALUES.entrySet().stream()
        .filter(options -> options.getKey().contains(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /**
   * Arguments of a line of options.
   *
   * @param line as for a shell, or null for none
   * @throws ActionFailure if one is not allowed, or its value is not
   */
  public static List<String> of(String line) {
    var words = line == null ? List.<String>of() : ShellWords.of(line);
    var arguments = new ArrayList<String>();
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      var name = word.length() < 2 ? "" : word.substring(1);
      var value = word.startsWith("-") ? valueOf(name) : null;
      arguments.add(word);
      if (value != null) {
        i++;
        if (i == words.size()) {
          throw new ActionFailure("the option " + word + " lacks its value");
        }
        arguments.add(checked(word, words.get(i), value));
      } else if (!isSwitch(word, name)) {
        throw new ActionFailure(
            "the option " + word + " is not among those of GraphicsMagick that a job may give");
      }
    }
    return arguments;
  }

  /**
   * How many pixels an inch of a page is drawn with.
   *
   * @param arguments as {@link #of} makes them
   * @return across and down
   * @throws ActionFailure if it would be none
   */
  public static double[] density(List<String> arguments) {
    double[] density = {USUAL_DENSITY, USUAL_DENSITY};
    for (int i = 0; i < arguments.size(); i++) {
      var word = arguments.get(i);
      if (word.equals("+density")) {
        density = new double[] {USUAL_DENSITY, USUAL_DENSITY};
      } else if (word.startsWith("-") && valueOf(word.substring(1)) != null) {
        i++;
        if (word.equals("-density")) {
          density = density(arguments.get(i));
        }
      }
    }
    return density;
  }

  private static double[] density(String value) {
    var parts = DENSITY.matcher(value);
    if (!parts.matches()) {
      throw new ActionFailure("the option -density may not have the value '" + value + "'");
    }
    double across = Double.parseDouble(parts.group("across"));
    double down = parts.group("down") == null ? across : Double.parseDouble(parts.group("down"));
    if (across == 0 || down == 0) {
      throw new ActionFailure("the option -density may not have the value '" + value + "'");
    }
    return new double[] {across, down};
  }

  /** With a plus, an option that has numbers is reset, and has none. */
  private static boolean isSwitch(String word, String name) {
    return word.startsWith("+")
        ? SWITCHES.contains(name) || NUMBERED.contains(name) || name.equals("density")
        : word.startsWith("-") && SWITCHES.contains(name);
  }

  private static String checked(String option, String value, Pattern allowed) {
    if (!allowed.matcher(value).matches()) {
      throw new ActionFailure("the option " + option + " may not have the value '" + value + "'");
    }
    return value;
  }
}
