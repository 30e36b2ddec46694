package org.cloudcrowd.store.jpa.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** A piece of the bytes of a bundle: neither database streams a large value. */
@Entity(name = "DeployedPiece")
@Table(name = "deployed_pieces")
@IdClass(DeployedPieceEntity.Key.class)
@NamedQuery(
    name = DeployedPieceEntity.DELETE,
    query = "delete from DeployedPiece p where p.sha256 = :sha256")
@SuppressWarnings("UnusedVariable") // columns
public class DeployedPieceEntity {
  public static final String DELETE = "DeployedPiece.delete";

  @Id private String sha256;

  @Id
  @Column(name = "piece_no")
  private int number;

  @Lob private byte[] content;

  protected DeployedPieceEntity() {}

  public DeployedPieceEntity(String sha256, int number, byte[] content) {
    this.sha256 = sha256;
    this.number = number;
    this.content = content;
  }

  public byte[] content() {
    return content;
  }

  /** The primary key of a piece of a bundle, which JPA wants as a class with fields. */
  public static final class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    private String sha256;
    private int number;

    public Key() {}

    public Key(String sha256, int number) {
      this.sha256 = sha256;
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Objects.equals(key.sha256, sha256) && key.number == number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(sha256, number);
    }
  }
}
