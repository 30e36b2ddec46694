package org.cloudcrowd.action.graphicsmagick;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * What becomes of a picture.
 *
 * @param steps the pictures that are made of it, in their order
 */
public record GraphicsMagickOptions(@NotNull @Size(min = 1, max = 100) List<Step> steps) {

  /**
   * A picture that is made.
   *
   * @param name what it is called in the output
   * @param command the command of GraphicsMagick, {@code convert} or {@code mogrify}, which do the
   *     same here
   * @param options the options of that command, in one line
   * @param extension the extension of the file, which says its format
   * @param input the name of an earlier step whose picture this one is made of; without, it is made
   *     of the unit's input
   */
  public record Step(
      @NotNull @Pattern(regexp = "^[A-Za-z0-9_-]{1,100}$") String name,
      @Pattern(regexp = "^(convert|mogrify)$") String command,
      @Size(max = 4000) String options,
      @NotNull String extension,
      String input) {}
}
