/** Downloads the bundles that are deployed to the cluster. */
package org.cloudcrowd.node.deployment;
