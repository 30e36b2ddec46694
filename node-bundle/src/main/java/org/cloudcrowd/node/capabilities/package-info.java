/** What this machine has that actions may need: tools and labels, as capabilities of bundles. */
package org.cloudcrowd.node.capabilities;
