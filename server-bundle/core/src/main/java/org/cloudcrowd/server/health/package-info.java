/** Whether this server does its work: its loops, and the database. */
package org.cloudcrowd.server.health;
