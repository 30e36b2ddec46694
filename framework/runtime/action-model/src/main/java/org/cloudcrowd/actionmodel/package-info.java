/**
 * What an action is made of: the files of a folder of actions or of a deployment, which are bundles
 * or programs with their manifests, and the schemas of options. {@link
 * org.cloudcrowd.actionmodel.ActionFile} reads either kind of file.
 */
@Export
@Version("1.0.0")
package org.cloudcrowd.actionmodel;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
