package org.cloudcrowd.assets;

import java.nio.file.Path;
import org.cloudcrowd.outbound.ServerExposure;

/**
 * Where an input is fetched to, and for whom.
 *
 * @param directory where it is put; nothing else there is touched
 * @param shared where downloads lie that units of the same job on this node share, or null where
 *     nothing is shared
 * @param reach who may have named it
 */
public record FetchPlace(Path directory, Path shared, ServerExposure reach) {}
