package org.cloudcrowd.store.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.cloudcrowd.store.ActionCatalog.KnownAction;
import org.cloudcrowd.store.ActionLimit;

/** An action that a node once offered. */
@Entity(name = "Action")
@Table(name = "actions")
@NamedQuery(name = ActionEntity.ALL, query = "select a from Action a order by a.name")
public class ActionEntity {
  static final String ALL = "Action.all";

  private static final double MILLIS_PER_SECOND = 1000;

  @Id private String name;

  @Column(nullable = false)
  private boolean splits;

  @Column(nullable = false)
  private boolean merges;

  /** How many more units may begin now, where the action is limited. */
  @Column(name = "rate_tokens")
  private double rateTokens;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "rate_at")
  private Instant rateAt;

  protected ActionEntity() {}

  ActionEntity(KnownAction action) {
    name = action.name();
    splits = action.splits();
    merges = action.merges();
  }

  /** A new offer; what has begun lately is not forgotten. */
  void offered(KnownAction action) {
    splits = action.splits();
    merges = action.merges();
  }

  /** A token bucket: it fills at the action's rate, up to what may begin in one second. */
  void refill(ActionLimit limit, Instant now) {
    if (Double.isInfinite(limit.maxPerSecond())) {
      return;
    }
    double most = Math.max(1, limit.maxPerSecond());
    double since =
        rateAt == null ? most : Duration.between(rateAt, now).toMillis() / MILLIS_PER_SECOND;
    rateTokens = Math.min(most, rateTokens + Math.max(0, since) * limit.maxPerSecond());
    rateAt = now;
  }

  /** How many more units may begin now. */
  int allowed(ActionLimit limit, long running) {
    long byRate = Double.isInfinite(limit.maxPerSecond()) ? Integer.MAX_VALUE : (long) rateTokens;
    return (int) Math.max(0, Math.min(byRate, limit.maxRunning() - running));
  }

  /** A unit begins. */
  void begun() {
    rateTokens = Math.max(0, rateTokens - 1);
  }

  String name() {
    return name;
  }

  KnownAction toKnownAction() {
    return new KnownAction(name, splits, merges);
  }
}
