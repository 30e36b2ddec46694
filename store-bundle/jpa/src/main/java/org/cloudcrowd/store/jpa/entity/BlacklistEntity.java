package org.cloudcrowd.store.jpa.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.cloudcrowd.store.Blacklist.Entry;

/** An action whose units are not claimed. */
@Entity(name = "Blacklisted")
@Table(name = "blacklist")
// A table of a few rows; its action is unique.
@NamedQuery(
    name = BlacklistEntity.OF_ACTION,
    query = "select b from Blacklisted b where b.action = :action")
@NamedQuery(
    name = BlacklistEntity.NOW,
    query = "select b from Blacklisted b where b.endsAt is null or b.endsAt > :now order by b.id")
@NamedQuery(
    name = BlacklistEntity.ACTIONS_NOW,
    query = "select b.action from Blacklisted b where b.endsAt is null or b.endsAt > :now")
public class BlacklistEntity {
  public static final String OF_ACTION = "Blacklisted.ofAction";
  public static final String NOW = "Blacklisted.now";
  public static final String ACTIONS_NOW = "Blacklisted.actionsNow";

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "blacklist_ids")
  @SequenceGenerator(name = "blacklist_ids", sequenceName = "blacklist_ids", allocationSize = 1)
  private long id;

  private String action;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "created_at")
  private Instant createdAt;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "ends_at")
  private Instant endsAt;

  protected BlacklistEntity() {}

  public BlacklistEntity(String action, Instant createdAt) {
    this.action = action;
    this.createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
  }

  public void endAt(Instant instant) {
    endsAt = instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS);
  }

  public boolean isOverAt(Instant instant) {
    return endsAt != null && !endsAt.isAfter(instant);
  }

  public Entry toEntry() {
    return new Entry(id, action, createdAt, endsAt);
  }
}
