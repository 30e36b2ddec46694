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
 * A range of versions that an open job asks for.
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

  private VersionRangeEntity(JobEntity job) {
    action = job.action();
    versionRange = job.versionRange();
  }

  /**
   * Has claims look for the units of a job. Whoever forgets a range locks its row first and looks
   * for jobs then, so this one is seen.
   */
  static void needed(EntityManager entities, JobEntity job) {
    if (job.versionRange().equals(VersionRanges.ANY)) {
      return;
    }
    var known =
        entities.find(
            VersionRangeEntity.class,
            new VersionRangeKey(job.action(), job.versionRange()),
            LockModeType.PESSIMISTIC_READ);
    if (known == null) {
      entities.persist(new VersionRangeEntity(job));
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
    return versions.stream().anyMatch(range::includes);
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
