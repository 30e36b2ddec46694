/** The messages between servers and nodes: heartbeats, dispatches, results and logs. */
@Export
@Version("1.0.0")
package org.cloudcrowd.protocol.node;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
