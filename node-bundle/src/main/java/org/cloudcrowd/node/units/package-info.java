/** The work units that this node holds, and the threads that see them run. */
package org.cloudcrowd.node.units;
