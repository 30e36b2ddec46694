/** External processes: how they are started, limited, killed, and how their end is told. */
package org.cloudcrowd.node.processes;
