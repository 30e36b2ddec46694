/** An action for tests. */
package org.cloudcrowd.itests.probe;
