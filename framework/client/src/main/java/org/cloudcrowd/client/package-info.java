/**
 * A typed client of a CloudCrowd server, on the JDK's HTTP client. It knows the wire and nothing of
 * the server's insides; the command line and the tests use it.
 */
@Export
@Version("1.0.0")
package org.cloudcrowd.client;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
