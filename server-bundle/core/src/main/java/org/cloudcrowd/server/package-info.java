/**
 * The operations of a CloudCrowd server, independent of HTTP: {@link org.cloudcrowd.server.Jobs}
 * for clients, {@link org.cloudcrowd.server.Nodes} and {@link org.cloudcrowd.server.Results} for
 * nodes. The three are services of this bundle; the REST bundle and the console use them.
 */
@Export
@Version("1.0.0")
package org.cloudcrowd.server;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
