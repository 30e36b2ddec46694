package org.cloudcrowd.store.job;

/**
 * What makes a repeated submission find the job of the first.
 *
 * @param key the client's text
 * @param digest of the request, so that another request under the same key is seen
 */
public record IdempotencyKey(String key, String digest) {}
