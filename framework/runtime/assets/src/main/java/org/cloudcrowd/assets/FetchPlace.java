package org.cloudcrowd.assets;

import java.nio.file.Path;
import org.cloudcrowd.outbound.ServerExposure;

/**
 * Where an input is downloaded to, and for whom.
 *
 * @param directory the directory that it is written to
 * @param shared the directory of downloads that units of the same job on this node share, or null
 * @param exposure who may have named the input
 */
public record FetchPlace(Path directory, Path shared, ServerExposure exposure) {}
