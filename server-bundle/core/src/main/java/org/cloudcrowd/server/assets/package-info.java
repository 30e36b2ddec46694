/** Files of jobs: links to them, and their removal. */
package org.cloudcrowd.server.assets;
