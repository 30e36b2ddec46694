/** The node's side of the protocol with its server. */
package org.cloudcrowd.node.server;
