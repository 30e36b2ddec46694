/** What runs from time to time: the lease sweep, the retention of jobs, the deletion of files. */
package org.cloudcrowd.server.maintenance;
