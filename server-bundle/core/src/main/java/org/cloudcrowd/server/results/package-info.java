/** Accepts or rejects results, with the logs that come with them. */
package org.cloudcrowd.server.results;
