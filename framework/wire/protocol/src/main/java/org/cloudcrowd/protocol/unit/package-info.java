/**
 * What servers, nodes, workers and the store call one attempt at a work unit: its stage and lease.
 */
@Export
@Version("1.0.0")
package org.cloudcrowd.protocol.unit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
