/** Claims units for nodes; the transports send them. */
package org.cloudcrowd.server.dispatch;
