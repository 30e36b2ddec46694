package org.cloudcrowd.store.jpa.entity;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.cloudcrowd.store.unit.UnitLimit;

/** An action that a node has advertised, with the state of its rate limit. */
@Entity(name = "Action")
@Table(name = "actions")
@NamedQuery(name = ActionEntity.ALL, query = "select a from Action a order by a.name")
public class ActionEntity {
  public static final String ALL = "Action.all";

  @Id private String name;

  @Embedded private TokenBucket bucket = new TokenBucket();

  protected ActionEntity() {}

  public ActionEntity(String name) {
    this.name = name;
  }

  public void refill(UnitLimit limit, Instant now) {
    bucket.refill(limit, now);
  }

  /** How many more units may be claimed now. */
  public int allowed(UnitLimit limit, long running) {
    return (int) Math.max(0, Math.min(bucket.allowed(limit), limit.maxRunning() - running));
  }

  /** Records that a unit is claimed. */
  public void begun() {
    bucket.take(1);
  }

  public String name() {
    return name;
  }
}
