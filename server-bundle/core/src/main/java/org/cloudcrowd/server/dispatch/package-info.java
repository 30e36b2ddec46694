/** Claims units for nodes, and sends them. */
package org.cloudcrowd.server.dispatch;
