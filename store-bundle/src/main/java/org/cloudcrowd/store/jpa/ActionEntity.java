package org.cloudcrowd.store.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.cloudcrowd.store.ActionCatalog.KnownAction;
import org.cloudcrowd.store.UnitLimit;

/** An action that a node once offered. */
@Entity(name = "Action")
@Table(name = "actions")
@NamedQuery(name = ActionEntity.ALL, query = "select a from Action a order by a.name")
public class ActionEntity {
  static final String ALL = "Action.all";

  @Id private String name;

  @Column(nullable = false)
  private boolean splits;

  @Column(nullable = false)
  private boolean merges;

  @Lob
  @Column(name = "options_schema")
  private String optionsSchema;

  /** Used where the action is limited. */
  @Embedded private TokenBucket bucket = new TokenBucket();

  protected ActionEntity() {}

  ActionEntity(KnownAction action) {
    name = action.name();
    offered(action);
  }

  /** A new offer; what has begun lately is not forgotten. */
  final void offered(KnownAction action) {
    splits = action.splits();
    merges = action.merges();
    optionsSchema = action.optionsSchema();
  }

  void refill(UnitLimit limit, Instant now) {
    bucket.refill(limit, now);
  }

  /** How many more units may begin now. */
  int allowed(UnitLimit limit, long running) {
    return (int) Math.max(0, Math.min(bucket.allowed(limit), limit.maxRunning() - running));
  }

  /** A unit begins. */
  void begun() {
    bucket.take(1);
  }

  String name() {
    return name;
  }

  KnownAction toKnownAction() {
    return new KnownAction(name, splits, merges, optionsSchema);
  }
}
