package org.cloudcrowd.store.jpa.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.cloudcrowd.store.NodeRegistry.Eligibility;
import org.cloudcrowd.store.NodeRegistry.KnownNode;

/** A node that has sent a heartbeat. */
@Entity(name = "Node")
@Table(name = "nodes")
// A table of as many rows as there are nodes needs no index.
@NamedQuery(
    name = NodeEntity.HEARD_SINCE,
    query = "select n from Node n where n.heardAt >= :since order by n.name")
@NamedQuery(
    name = NodeEntity.COUNT_INELIGIBLE,
    query =
        """
        select count(n) from Node n
        where n.name = :name and n.ineligibleReason is not null
          and (n.ineligibleUntil is null or n.ineligibleUntil >= :now)\
        """)
@NamedQuery(name = NodeEntity.FORGET, query = "delete from Node n where n.heardAt < :before")
public class NodeEntity {
  public static final String HEARD_SINCE = "Node.heardSince";
  public static final String COUNT_INELIGIBLE = "Node.countIneligible";
  public static final String FORGET = "Node.forget";

  @Id private String name;
  private String incarnation;
  @Lob private String description;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "last_heartbeat_at")
  private Instant heardAt;

  @Column(name = "ineligible_reason")
  private String ineligibleReason;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "ineligible_until")
  private Instant ineligibleUntil;

  @Column(name = "max_workers")
  private Integer maxWorkers;

  protected NodeEntity() {}

  public NodeEntity(String name) {
    this.name = name;
  }

  public void heard(String newIncarnation, String newDescription, Instant now) {
    incarnation = newIncarnation;
    description = newDescription;
    heardAt = now;
  }

  public void changeEligibility(Eligibility eligibility) {
    ineligibleReason = StorableText.message(eligibility.reason());
    ineligibleUntil = eligibility.until();
  }

  public void changeMaxWorkers(Integer changed) {
    maxWorkers = changed;
  }

  public KnownNode toKnownNode() {
    return new KnownNode(
        name,
        incarnation,
        description,
        heardAt,
        new Eligibility(ineligibleReason, ineligibleUntil),
        maxWorkers);
  }
}
