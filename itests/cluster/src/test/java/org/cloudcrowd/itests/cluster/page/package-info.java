/** The operations page in a real browser. */
package org.cloudcrowd.itests.cluster.page;
