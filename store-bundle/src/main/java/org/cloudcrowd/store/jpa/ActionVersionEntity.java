package org.cloudcrowd.store.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.cloudcrowd.store.ActionCatalog.KnownAction;
import org.osgi.framework.Version;

/** A version of an action that a node has advertised. */
@Entity(name = "ActionVersion")
@Table(name = "action_versions")
@IdClass(ActionVersionKey.class)
@NamedQuery(
    name = ActionVersionEntity.OF_ACTION,
    query = "select v from ActionVersion v where v.action = :action")
@NamedQuery(
    name = ActionVersionEntity.OFFERED_BEFORE,
    query = "select v from ActionVersion v where v.offeredAt < :before")
public class ActionVersionEntity {
  static final String OF_ACTION = "ActionVersion.ofAction";
  static final String OFFERED_BEFORE = "ActionVersion.offeredBefore";

  @Id private String action;
  @Id private String version;

  @Column(nullable = false)
  private boolean splits;

  @Column(nullable = false)
  private boolean merges;

  @Lob
  @Column(name = "options_schema")
  private String optionsSchema;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "offered_at")
  private Instant offeredAt;

  protected ActionVersionEntity() {}

  ActionVersionEntity(KnownAction known, Instant now) {
    action = known.name();
    version = known.version().toString();
    offered(known, now);
  }

  final void offered(KnownAction known, Instant now) {
    splits = known.splits();
    merges = known.merges();
    optionsSchema = known.optionsSchema();
    offeredAt = now;
  }

  String action() {
    return action;
  }

  Version version() {
    return Version.parseVersion(version);
  }

  KnownAction toKnownAction() {
    return new KnownAction(action, version(), splits, merges, optionsSchema);
  }
}
