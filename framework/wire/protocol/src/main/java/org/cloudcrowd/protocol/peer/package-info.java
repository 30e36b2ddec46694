/** URLs and addresses of servers and nodes. */
@Export
@Version("1.0.0")
package org.cloudcrowd.protocol.peer;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
