/**
 * The files of a folder of actions, or of a deployment: bundles, and programs with the bundles that
 * are made of them. {@link org.cloudcrowd.programs.ActionFile} reads either.
 */
@Export
@Version("1.0.0")
package org.cloudcrowd.programs;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
