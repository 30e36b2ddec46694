/** Starts external processes, limits and kills them, and describes how they ended. */
package org.cloudcrowd.node.processes;
