/**
 * The records that travel between clients, servers and nodes, as JSON. Field names on the wire are
 * those of the record components in snake case. Both ends only create and read these records; there
 * is no interface to implement.
 */
@Export
@Version("1.0.0")
package org.cloudcrowd.protocol.server;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
