/** Jobs that are posted at times that a cron expression says. */
package org.cloudcrowd.server.schedules;
