package org.cloudcrowd.store.jpa.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.cloudcrowd.store.ActionCatalog.KnownAction;
import org.osgi.framework.Version;

/** A version of an action that a node has advertised. */
@Entity(name = "ActionVersion")
@Table(name = "action_versions")
@IdClass(ActionVersionEntity.Key.class)
@NamedQuery(
    name = ActionVersionEntity.OF_ACTION,
    query = "select v from ActionVersion v where v.action = :action")
@NamedQuery(
    name = ActionVersionEntity.RECORDED_BEFORE,
    query = "select v from ActionVersion v where v.recordedAt < :before")
public class ActionVersionEntity {
  public static final String OF_ACTION = "ActionVersion.ofAction";
  public static final String RECORDED_BEFORE = "ActionVersion.recordedBefore";

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
  private Instant recordedAt;

  protected ActionVersionEntity() {}

  public ActionVersionEntity(KnownAction known, Instant now) {
    action = known.name();
    version = known.version().toString();
    recorded(known, now);
  }

  public final void recorded(KnownAction known, Instant now) {
    splits = known.splits();
    merges = known.merges();
    optionsSchema = known.optionsSchema();
    recordedAt = now;
  }

  public String action() {
    return action;
  }

  public Version version() {
    return Version.parseVersion(version);
  }

  public KnownAction toKnownAction() {
    return new KnownAction(action, version(), splits, merges, optionsSchema);
  }

  /** The primary key of an action's version, which JPA wants as a class with fields. */
  public static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    private String action;
    private String version;

    public Key() {}

    public Key(String action, String version) {
      this.action = action;
      this.version = version;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && Objects.equals(key.action, action)
          && Objects.equals(key.version, version);
    }

    @Override
    public int hashCode() {
      return Objects.hash(action, version);
    }
  }
}
