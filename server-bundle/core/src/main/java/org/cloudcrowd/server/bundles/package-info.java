/** The deployed bundles. */
package org.cloudcrowd.server.bundles;
