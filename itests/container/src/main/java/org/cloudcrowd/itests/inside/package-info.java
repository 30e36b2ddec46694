/** What the container's tests need inside the container. */
package org.cloudcrowd.itests.inside;
