package org.cloudcrowd.store.jpa.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.cloudcrowd.store.DeployedBundles.DeployedBundle;
import org.cloudcrowd.store.DeployedBundles.NewBundle;
import org.osgi.framework.Version;

/** A deployed bundle. */
@Entity(name = "DeployedBundle")
@Table(name = "deployed_bundles")
@NamedQuery(
    name = DeployedBundleEntity.ALL,
    query = "select b from DeployedBundle b order by b.symbolicName, b.deployedAt, b.sha256")
public class DeployedBundleEntity {
  public static final String ALL = "DeployedBundle.all";

  /** The separator of the names; no name of an action has it. */
  private static final String BETWEEN = "\n";

  @Id private String sha256;

  @Column(name = "symbolic_name")
  private String symbolicName;

  private String version;
  private boolean program;
  @Lob private String actions;

  @Column(name = "size_bytes")
  private long size;

  @Convert(converter = InstantAsMillis.class)
  @Column(name = "deployed_at")
  private Instant deployedAt;

  protected DeployedBundleEntity() {}

  public DeployedBundleEntity(NewBundle bundle, Instant now) {
    sha256 = bundle.sha256();
    symbolicName = bundle.symbolicName();
    version = bundle.version().toString();
    program = bundle.isProgram();
    actions = String.join(BETWEEN, bundle.actions());
    size = bundle.size();
    deployedAt = now;
  }

  public boolean hasIdentityOf(NewBundle other) {
    return symbolicName.equals(other.symbolicName()) && version.equals(other.version().toString());
  }

  public boolean isRivalOf(NewBundle other) {
    return !symbolicName.equals(other.symbolicName())
        && !Collections.disjoint(actions(), other.actions());
  }

  private List<String> actions() {
    return List.of(actions.split(BETWEEN, -1));
  }

  public DeployedBundle toDeployedBundle() {
    return new DeployedBundle(
        new NewBundle(
            sha256, symbolicName, Version.parseVersion(version), program, actions(), size),
        deployedAt);
  }
}
