package org.cloudcrowd.store.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.cloudcrowd.store.NodeRegistry.KnownNode;
import org.cloudcrowd.store.NodeRegistry.NodeStanding;

/** A node that reported. */
@Entity(name = "Node")
@Table(name = "nodes")
// A table of as many rows as there are nodes needs no index.
@NamedQuery(
    name = NodeEntity.HEARD_SINCE,
    query = "select n from Node n where n.heardAt >= :since order by n.name")
@NamedQuery(
    name = NodeEntity.COUNT_REFUSED,
    query =
        """
        select count(n) from Node n
        where n.name = :name and n.standingReason is not null
          and (n.standingUntil is null or n.standingUntil >= :now)\
        """)
@NamedQuery(name = NodeEntity.FORGET, query = "delete from Node n where n.heardAt < :before")
public class NodeEntity {
  static final String HEARD_SINCE = "Node.heardSince";
  static final String COUNT_REFUSED = "Node.countRefused";
  static final String FORGET = "Node.forget";

  @Id private String name;
  private String run;
  @Lob private String description;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "heard_at")
  private Instant heardAt;

  @Column(name = "standing_reason")
  private String standingReason;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "standing_until")
  private Instant standingUntil;

  @Column(name = "max_workers")
  private Integer maxWorkers;

  protected NodeEntity() {}

  NodeEntity(String name) {
    this.name = name;
  }

  void heard(String newRun, String newDescription, Instant now) {
    run = newRun;
    description = newDescription;
    heardAt = now;
  }

  void changeStanding(NodeStanding standing) {
    standingReason = LeasedUnits.cut(standing.reason());
    standingUntil = standing.until();
  }

  void changeMaxWorkers(Integer changed) {
    maxWorkers = changed;
  }

  KnownNode toKnownNode() {
    return new KnownNode(
        name,
        run,
        description,
        heardAt,
        new NodeStanding(standingReason, standingUntil),
        maxWorkers);
  }
}
