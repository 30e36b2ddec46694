/** The logs of work units and of the server. */
package org.cloudcrowd.server.logs;
