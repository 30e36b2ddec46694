/** How work units reach nodes, and how their results come back. */
package org.cloudcrowd.server.dispatch;
