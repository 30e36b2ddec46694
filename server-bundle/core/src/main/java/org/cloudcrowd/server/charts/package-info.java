/** Reads the data of the charts on the operations page. */
package org.cloudcrowd.server.charts;
