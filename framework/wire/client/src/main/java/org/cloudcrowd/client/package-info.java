/**
 * A typed client of a CloudCrowd server, on the JDK's HTTP client. It depends on the wire protocol
 * only; the command line and the tests use it.
 */
@Export
@Version("1.0.0")
package org.cloudcrowd.client;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
