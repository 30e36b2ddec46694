package org.example.stamp;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * The options of a job: {@code stamp_text} and {@code times}.
 *
 * @param stampText what is put behind the text
 * @param times how often
 */
public record StampOptions(@NotNull String stampText, @Min(1) @Max(10) int times) {}
