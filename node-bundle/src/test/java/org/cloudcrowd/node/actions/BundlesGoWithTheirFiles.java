package org.cloudcrowd.node.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;

class BundlesGoWithTheirFiles {
  @TempDir Path temporary;
  private Path folder;

  /** Their locations, by their ids. */
  private final Map<Long, String> installed = new HashMap<>();

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temporary.toRealPath().resolve("deployed"));
  }

  private BundleContext context() {
    return (BundleContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) ->
                installed.keySet().stream().map(this::bundle).toArray(Bundle[]::new));
  }

  private Bundle bundle(long id) {
    return (Bundle)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Bundle.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getBundleId" -> id;
                  case "getLocation" -> installed.get(id);
                  case "getVersion" -> Version.emptyVersion;
                  case "uninstall" -> {
                    installed.remove(id);
                    yield null;
                  }
                  default -> null;
                });
  }

  @Test
  void whatHasNoFileForTwoLooksIsRemoved() throws Exception {
    var there = Files.createFile(folder.resolve("there.jar"));
    installed.put(1L, "file:" + there);
    installed.put(2L, "file:" + folder.resolve("gone.jar"));
    installed.put(3L, "program:file:" + folder.resolve("gone.zip"));
    installed.put(4L, "file:" + temporary.resolve("elsewhere.jar"));
    var leftovers = new OrphanBundles(context(), folder);

    leftovers.remove();
    assertThat(installed).as("File Install may be about to").hasSize(4);
    leftovers.remove();

    assertThat(installed.keySet()).containsExactlyInAnyOrder(1L, 4L);
  }

  @Test
  void whatComesBackStays() throws Exception {
    var file = folder.resolve("back.jar");
    installed.put(1L, "file:" + file);
    var leftovers = new OrphanBundles(context(), folder);
    leftovers.remove();
    Files.createFile(file);
    leftovers.remove();
    Files.delete(file);

    leftovers.remove();

    assertThat(installed).hasSize(1);
  }
}
