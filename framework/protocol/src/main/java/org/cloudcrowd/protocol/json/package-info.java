/**
 * The spelling of every record on the wire: how Jackson is set up, and within which limits it
 * reads.
 */
@Export
@Version("1.0.0")
package org.cloudcrowd.protocol.json;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
