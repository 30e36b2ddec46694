/**
 * The cluster as clients read and change it: its nodes, actions, bundles, events and figures. As
 * for all records of the protocol, the names of JSON fields are those of the record components in
 * snake case. Both ends only create and read these records; there is no interface to implement.
 */
@Export
@Version("1.0.0")
package org.cloudcrowd.protocol.server;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
