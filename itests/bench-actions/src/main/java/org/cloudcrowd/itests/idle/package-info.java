/** Actions that do nothing. */
package org.cloudcrowd.itests.idle;
