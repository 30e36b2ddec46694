/** Jobs, work units and schedules, as clients post and read them. */
@Export
@Version("1.0.0")
package org.cloudcrowd.protocol.job;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
