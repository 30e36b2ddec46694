package org.cloudcrowd.store.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

/** A piece of the bytes of a bundle: neither database streams a large value. */
@Entity(name = "DeployedPiece")
@Table(name = "deployed_pieces")
@IdClass(DeployedPieceKey.class)
@NamedQuery(
    name = DeployedPieceEntity.DELETE,
    query = "delete from DeployedPiece p where p.sha256 = :sha256")
@SuppressWarnings("UnusedVariable") // columns
public class DeployedPieceEntity {
  static final String DELETE = "DeployedPiece.delete";

  @Id private String sha256;

  @Id
  @Column(name = "piece_no")
  private int number;

  @Lob private byte[] content;

  protected DeployedPieceEntity() {}

  DeployedPieceEntity(String sha256, int number, byte[] content) {
    this.sha256 = sha256;
    this.number = number;
    this.content = content;
  }

  byte[] content() {
    return content;
  }
}
