package org.cloudcrowd.store;

/**
 * Whom a job tells that it is complete.
 *
 * @param url an http or https URL, which may hold credentials
 * @param format how the job is spelled
 */
public record CallbackAddress(String url, CallbackFormat format) {}
