/** What nodes say: that they are here, what they hold, and what came of it. */
package org.cloudcrowd.server.reports;
