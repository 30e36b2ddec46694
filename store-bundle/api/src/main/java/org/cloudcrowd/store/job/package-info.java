/** Jobs: what is submitted, and how far it is. */
@Export
@Version("1.0.0")
package org.cloudcrowd.store.job;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
