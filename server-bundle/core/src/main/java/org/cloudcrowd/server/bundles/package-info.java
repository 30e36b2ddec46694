/** The bundles that every node is to have. */
package org.cloudcrowd.server.bundles;
