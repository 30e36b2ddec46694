/** The heartbeats of the node, and the servlet by which the server reaches it. */
package org.cloudcrowd.node.presence;
