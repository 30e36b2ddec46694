/** Gathers what the operations page draws pictures of. */
package org.cloudcrowd.server.charts;
