/** Reports which parts of a container are missing, and why. */
package org.cloudcrowd.configuration.diagnosis;
