/** Starts worker processes, keeps them warm, speaks with them and ends them. */
package org.cloudcrowd.node.workers;
