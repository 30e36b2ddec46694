/** The bundles that are deployed to the cluster, on this node. */
package org.cloudcrowd.node.deployment;
