/**
 * The JSON of every record on the wire: the configuration of Jackson, and the limits of what it
 * reads.
 */
@Export
@Version("1.0.0")
package org.cloudcrowd.protocol.json;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
