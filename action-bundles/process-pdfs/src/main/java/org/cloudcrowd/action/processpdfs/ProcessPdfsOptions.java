package org.cloudcrowd.action.processpdfs;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * What becomes of the pages of a PDF.
 *
 * @param batchSize how many pages one work unit has; {@value #USUAL_BATCH_SIZE} where it is not
 *     said
 * @param images the pictures that are made of each page; none where it is not said
 */
public record ProcessPdfsOptions(
    @Min(1) @Max(1000) Integer batchSize, @Size(max = 20) List<Image> images) {
  static final int USUAL_BATCH_SIZE = 10;

  /** With what is usual in place of what is not said. */
  public ProcessPdfsOptions {
    batchSize = batchSize == null ? Integer.valueOf(USUAL_BATCH_SIZE) : batchSize;
    images = images == null ? List.of() : images;
  }

  /**
   * A picture of each page.
   *
   * @param name what its folder is called
   * @param options the options of {@code gm convert}, in one line
   * @param extension the extension of the files, which says their format
   */
  public record Image(
      @NotNull @Pattern(regexp = "^[A-Za-z0-9_-]{1,100}$") String name,
      @Size(max = 4000) String options,
      @NotNull String extension) {}
}
