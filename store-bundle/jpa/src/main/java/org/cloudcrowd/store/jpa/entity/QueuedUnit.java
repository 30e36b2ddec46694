package org.cloudcrowd.store.jpa.entity;

/**
 * A queued unit, with what orders it in the queue.
 *
 * <p>Public, with the types of the columns, because EclipseLink makes it for a query.
 */
public record QueuedUnit(long id, int priority, long fairnessTag) {}
