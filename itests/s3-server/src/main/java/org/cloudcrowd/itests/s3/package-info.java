/** A real S3 server for tests. */
package org.cloudcrowd.itests.s3;
