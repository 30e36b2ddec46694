/** Validates the options of actions by JSON Schemas. */
@Export
@Version("1.0.0")
package org.cloudcrowd.schema;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
