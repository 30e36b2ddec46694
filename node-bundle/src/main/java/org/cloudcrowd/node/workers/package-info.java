/** Worker processes: how they are started, kept warm, spoken with and ended. */
package org.cloudcrowd.node.workers;
