/** Links to the files of jobs. */
package org.cloudcrowd.server.assets;
