/**
 * The messages between peers of which one is the Ruby CloudCrowd, 0.2 to 0.7: forms in, JSON out.
 */
@Export
@Version("1.0.0")
package org.cloudcrowd.protocol.ruby;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
