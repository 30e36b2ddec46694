package org.cloudcrowd.worker;

import java.nio.file.Path;
import org.cloudcrowd.assets.AssetStore;
import org.cloudcrowd.assets.InputFetcher;

/**
 * What every attempt in this worker finds.
 *
 * @param root the directory below which each attempt has its own
 * @param fetcher brings inputs
 * @param assets keeps what is saved
 */
public record Surroundings(Path root, InputFetcher fetcher, AssetStore assets) {}
