/** The states of jobs, work units and callbacks, with their legal changes. */
@Export
@Version("1.0.0")
package org.cloudcrowd.store.state;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
