/** Work units: claims, leases, attempts and results. */
@Export
@Version("1.0.0")
package org.cloudcrowd.store.unit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
