package org.cloudcrowd.store.jpa.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.LockModeType;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.osgi.framework.Version;

/**
 * A range of versions that an open job asks for, or under which units of open jobs wait that a node
 * gets one at a time of.
 *
 * <p>Units wait by action and range, so a claim has to know which ranges there are: it goes down
 * the index of the queue once for each that holds a version of the node's.
 */
@Entity(name = "VersionRange")
@Table(name = "version_ranges")
@IdClass(VersionRangeEntity.Key.class)
@NamedQuery(
    name = VersionRangeEntity.ALL,
    query = "select r from VersionRange r order by r.action, r.versionRange")
@NamedQuery(
    name = VersionRangeEntity.OF_ACTIONS,
    query = "select r from VersionRange r where r.action in :actions")
public class VersionRangeEntity {
  public static final String ALL = "VersionRange.all";
  static final String OF_ACTIONS = "VersionRange.ofActions";

  @Id private String action;

  @Id
  @Column(name = "version_range")
  private String versionRange;

  protected VersionRangeEntity() {}

  private VersionRangeEntity(String action, String versionRange) {
    this.action = action;
    this.versionRange = versionRange;
  }

  /**
   * Has claims look for the units of a job. Whoever forgets a range locks its row first and looks
   * for jobs then, so this one is seen.
   */
  public static void needed(EntityManager entities, JobEntity job) {
    needed(entities, job.action(), job.versionRange());
  }

  /** Has claims look for the units of a job of which a node gets one at a time. */
  public static void neededIsolated(EntityManager entities, JobEntity job) {
    needed(entities, job.action(), VersionRanges.isolated(job.versionRange()));
  }

  private static void needed(EntityManager entities, String action, String versionRange) {
    if (versionRange.equals(VersionRanges.ANY)) {
      return;
    }
    var known =
        entities.find(
            VersionRangeEntity.class, new Key(action, versionRange), LockModeType.PESSIMISTIC_READ);
    if (known == null) {
      entities.persist(new VersionRangeEntity(action, versionRange));
      entities.flush();
    }
  }

  public static List<VersionRangeEntity> ofActions(
      EntityManager entities, Collection<String> actions) {
    return entities
        .createNamedQuery(OF_ACTIONS, VersionRangeEntity.class)
        .setParameter("actions", actions)
        .getResultList();
  }

  /** Whether it holds one of the versions. */
  public boolean includesAny(Collection<Version> versions) {
    var range = VersionRanges.of(versionRange);
    return range == null || versions.stream().anyMatch(range::includes);
  }

  /** Whether a node gets the units that wait under it one at a time. */
  public boolean isIsolated() {
    return VersionRanges.isIsolated(versionRange);
  }

  public Key key() {
    return new Key(action, versionRange);
  }

  public String action() {
    return action;
  }

  public String versionRange() {
    return versionRange;
  }

  /** The primary key of a version range, which JPA wants as a class with fields. */
  public static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    private String action;
    private String versionRange;

    public Key() {}

    public Key(String action, String versionRange) {
      this.action = action;
      this.versionRange = versionRange;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && Objects.equals(key.action, action)
          && Objects.equals(key.versionRange, versionRange);
    }

    @Override
    public int hashCode() {
      return Objects.hash(action, versionRange);
    }
  }
}
