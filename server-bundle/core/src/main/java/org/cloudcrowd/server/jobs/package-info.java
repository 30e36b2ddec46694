/** Jobs, as clients know them. */
package org.cloudcrowd.server.jobs;
