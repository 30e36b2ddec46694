package org.cloudcrowd.store.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.LockModeType;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.util.Collection;
import java.util.List;
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
@IdClass(VersionRangeKey.class)
@NamedQuery(
    name = VersionRangeEntity.ALL,
    query = "select r from VersionRange r order by r.action, r.versionRange")
@NamedQuery(
    name = VersionRangeEntity.OF_ACTIONS,
    query = "select r from VersionRange r where r.action in :actions")
public class VersionRangeEntity {
  static final String ALL = "VersionRange.all";
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
  static void needed(EntityManager entities, JobEntity job) {
    needed(entities, job.action(), job.versionRange());
  }

  /** Has claims look for the units of a job of which a node gets one at a time. */
  static void neededIsolated(EntityManager entities, JobEntity job) {
    needed(entities, job.action(), VersionRanges.isolated(job.versionRange()));
  }

  private static void needed(EntityManager entities, String action, String versionRange) {
    if (versionRange.equals(VersionRanges.ANY)) {
      return;
    }
    var known =
        entities.find(
            VersionRangeEntity.class,
            new VersionRangeKey(action, versionRange),
            LockModeType.PESSIMISTIC_READ);
    if (known == null) {
      entities.persist(new VersionRangeEntity(action, versionRange));
      entities.flush();
    }
  }

  static List<VersionRangeEntity> ofActions(EntityManager entities, Collection<String> actions) {
    return entities
        .createNamedQuery(OF_ACTIONS, VersionRangeEntity.class)
        .setParameter("actions", actions)
        .getResultList();
  }

  /** Whether it holds one of the versions. */
  boolean includesAny(Collection<Version> versions) {
    var range = VersionRanges.of(versionRange);
    return range == null || versions.stream().anyMatch(range::includes);
  }

  /** Whether a node gets the units that wait under it one at a time. */
  boolean isIsolated() {
    return VersionRanges.isIsolated(versionRange);
  }

  VersionRangeKey key() {
    return new VersionRangeKey(action, versionRange);
  }

  String action() {
    return action;
  }

  String versionRange() {
    return versionRange;
  }
}
