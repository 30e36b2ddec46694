/** What the options of an action may be, by a JSON Schema. */
@Export
@Version("1.0.0")
package org.cloudcrowd.schema;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
