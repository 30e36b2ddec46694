package org.cloudcrowd.store.job;

/**
 * Where the callback of a job is sent.
 *
 * @param url an http or https URL, which may hold credentials
 * @param format how the job is spelled
 */
public record CallbackAddress(String url, CallbackFormat format) {}
