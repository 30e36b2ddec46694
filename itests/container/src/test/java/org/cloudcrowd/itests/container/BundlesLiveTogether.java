package org.cloudcrowd.itests.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.job.JobRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

class BundlesLiveTogether {
  @RegisterExtension static final FelixContainer CONTAINER = new FelixContainer();
  @TempDir Path folder;

  @Test
  void eachBundleResolvesAndStartsWithWhatItDeclares() {
    assertThat(CONTAINER.bundles())
        .filteredOn(bundle -> bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null)
        .allSatisfy(
            bundle ->
                assertThat(bundle.getState())
                    .as(bundle.getSymbolicName())
                    .isEqualTo(Bundle.ACTIVE));
    assertThat(missingParts()).isEmpty();
  }

  @Test
  void ourBundlesImportNoPackageDynamicallyButWhereAStyleExceptionIsMade() {
    assertThat(CONTAINER.bundles())
        .filteredOn(bundle -> bundle.getSymbolicName().startsWith("org.cloudcrowd"))
        .filteredOn(bundle -> bundle.getHeaders().get(Constants.DYNAMICIMPORT_PACKAGE) != null)
        .extracting(Bundle::getSymbolicName)
        .containsExactlyInAnyOrder("org.cloudcrowd.store.jpa", "org.cloudcrowd.wrapped.derby");
  }

  private static List<?> missingParts() {
    return (List<?>)
        CONTAINER.service(Supplier.class, "(org.cloudcrowd.supplies=missing-parts)").get();
  }

  @Test
  void aJobRunsThroughTheServices() throws Exception {
    var job = jobThroughServices().apply(text("one two three"));

    await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(job.get()).isEqualTo("SUCCEEDED [3]"));
  }

  @SuppressWarnings("unchecked")
  private static Function<String, Supplier<String>> jobThroughServices() {
    return CONTAINER.service(Function.class, "(org.cloudcrowd.itests=job-through-services)");
  }

  private String text(String words) throws Exception {
    return Files.writeString(folder.resolve("text.txt"), words).toUri().toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.cloudcrowd.action.wordcount",
        "org.cloudcrowd.node",
        "org.cloudcrowd.server.rest",
        "org.cloudcrowd.server",
        "org.cloudcrowd.assets",
        "org.cloudcrowd.endpoint",
        "org.cloudcrowd.store.jpa",
        "org.cloudcrowd.configuration",
        "org.cloudcrowd.protocol",
        "org.apache.felix.http.jetty12",
        "org.apache.felix.configadmin",
      })
  void bundlesSurviveTheStopAndStartOfOnesTheyUse(String symbolicName) throws Exception {
    var bundle = CONTAINER.bundle(symbolicName);

    bundle.stop();
    bundle.start();

    // The whole has healed when a job posted over HTTP runs to its end.
    await()
        .atMost(30, TimeUnit.SECONDS)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(countOverHttp("one two")).isEqualTo("[2]"));
    assertThat(missingParts()).isEmpty();
  }

  private String countOverHttp(String words) throws Exception {
    var client = new CrowdClient(CONTAINER.awaitReady());
    var posted =
        client.submit(JobRequest.of("word_count", List.of(TextNode.valueOf(text(words))), null));
    return await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> client.job(posted.id()), job -> job.status().isComplete())
        .outputs()
        .toString();
  }
}
