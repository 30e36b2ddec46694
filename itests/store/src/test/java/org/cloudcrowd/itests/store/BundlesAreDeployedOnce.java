package org.cloudcrowd.itests.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.cloudcrowd.store.DeployedBundles.Deployment.Outcome;
import org.cloudcrowd.store.DeployedBundles.NewBundle;
import org.cloudcrowd.store.jpa.service.JpaDeployedBundles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.osgi.framework.Version;

@OnEveryDatabase
class BundlesAreDeployedOnce {
  private static final int SIZE = 3_300_000;

  @Parameter TestDatabase database;
  private JpaDeployedBundles bundles;
  private final String name = "bundle-" + UUID.randomUUID();
  private final byte[] content = new byte[SIZE];

  @BeforeEach
  void open() throws Exception {
    bundles = new JpaDeployedBundles(database.shared());
    new Random(1).nextBytes(content);
  }

  private NewBundle bundle(String sha256, String symbolicName, String action) {
    return new NewBundle(
        sha256, symbolicName, new Version("1.2.0"), false, List.of(action, "two-" + action), SIZE);
  }

  private Outcome deploy(NewBundle bundle) throws IOException {
    return bundles.deploy(bundle, () -> new ByteArrayInputStream(content)).outcome();
  }

  private static String sha() {
    return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
  }

  @Test
  void whatWasDeployedIsReadBackByteForByteUntilItIsUndeployed() throws Exception {
    var bundle = bundle(sha(), name, name);
    assertThat(deploy(bundle)).isEqualTo(Outcome.DEPLOYED);

    var out = new ByteArrayOutputStream();
    assertThat(bundles.write(bundle.sha256(), out)).isTrue();
    assertThat(out.toByteArray()).isEqualTo(content);
    assertThat(bundles.all())
        .filteredOn(deployed -> deployed.bundle().symbolicName().equals(name))
        .singleElement()
        .satisfies(deployed -> assertThat(deployed.bundle()).isEqualTo(bundle));

    assertThat(bundles.undeploy(bundle.sha256()).bundle()).isEqualTo(bundle);
    assertThat(bundles.undeploy(bundle.sha256())).isNull();
    assertThat(bundles.write(bundle.sha256(), out)).isFalse();
    assertThat(deploy(bundle)).isEqualTo(Outcome.DEPLOYED);
  }

  @Test
  void theSameBytesAreStoredOnceAndOtherBytesOfTheSameNameAndVersionNever() throws Exception {
    var bundle = bundle(sha(), name, name);
    deploy(bundle);

    assertThat(deploy(bundle)).isEqualTo(Outcome.REPEATED);
    assertThat(deploy(bundle(sha(), name, name))).isEqualTo(Outcome.VERSION_TAKEN);
    assertThat(deploy(bundle(sha(), name + "-rival", name))).isEqualTo(Outcome.ACTION_TAKEN);
    assertThat(deploy(bundle(sha(), name + "-other", name + "-other"))).isEqualTo(Outcome.DEPLOYED);
  }

  @Test
  void ofSeveralThatDeployTheSameAtOnceOneStoresIt() throws Exception {
    var bundle = bundle(sha(), name, name);

    var outcomes = AtOnce.run(4, i -> deploy(bundle));

    assertThat(outcomes).containsOnlyOnce(Outcome.DEPLOYED).contains(Outcome.REPEATED);
  }

  @Test
  void nothingIsStoredOfContentThatBreaksOff() {
    var bundle = bundle(sha(), name, name);

    assertThatThrownBy(
            () ->
                bundles.deploy(
                    bundle,
                    () -> {
                      throw new IOException("gone");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("gone");

    assertThat(bundles.all()).noneMatch(deployed -> deployed.bundle().equals(bundle));
  }
}
