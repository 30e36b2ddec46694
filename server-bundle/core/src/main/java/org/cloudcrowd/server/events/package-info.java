/** What is committed anywhere in the cluster, told to those who listen. */
package org.cloudcrowd.server.events;
