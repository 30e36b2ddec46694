/** The units whose leases this node has, and the threads that run them. */
package org.cloudcrowd.node.units;
