/** Files of jobs: links to them, and their deletion. */
package org.cloudcrowd.server.assets;
