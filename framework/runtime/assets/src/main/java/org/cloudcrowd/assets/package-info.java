/**
 * Files that actions save, and inputs that are downloaded for them.
 *
 * <p>{@link org.cloudcrowd.assets.AssetStore} keeps what actions save, {@link
 * org.cloudcrowd.assets.InputFetcher} brings what jobs name as inputs, under one policy of what may
 * be fetched. Both are services that this bundle provides; workers use them on the actions' behalf,
 * the server deletes the files of deleted jobs.
 */
@Export
@Version("1.0.0")
package org.cloudcrowd.assets;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
