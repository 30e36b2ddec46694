/** How servers, nodes and clients address each other, whatever the names of their machines are. */
@Export
@Version("1.0.0")
package org.cloudcrowd.protocol.peer;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
