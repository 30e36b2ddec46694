/** What passes between this node and its server. */
package org.cloudcrowd.node.server;
