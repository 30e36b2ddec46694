package org.cloudcrowd.store.jpa.entity;

import java.time.Duration;

/**
 * The columns of a job that its units are sent with.
 *
 * <p>Public, with the types of the columns, because EclipseLink makes it for a query.
 */
public record JobForUnits(long id, String options, String correlationId, Long timeoutMillis) {
  Duration timeout() {
    return timeoutMillis == null ? null : Duration.ofMillis(timeoutMillis);
  }
}
