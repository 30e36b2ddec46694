/** That this node is here: its heartbeat, and the servlet by which the server reaches it. */
package org.cloudcrowd.node.presence;
