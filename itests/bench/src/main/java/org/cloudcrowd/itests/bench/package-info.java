/** Measures the whole from outside, and a peer beside it. */
package org.cloudcrowd.itests.bench;
