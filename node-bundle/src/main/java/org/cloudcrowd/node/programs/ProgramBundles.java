package org.cloudcrowd.node.programs;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.action.MergeStage;
import org.cloudcrowd.action.SplitStage;
import org.cloudcrowd.actionmodel.ProgramManifest;
import org.cloudcrowd.actionmodel.Programs;
import org.cloudcrowd.node.NodeSettings;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The extender of program bundles: while one is active, its files lie in a folder of the node, and
 * a service describes its action, as for any other bundle.
 */
@Component(service = ProgramBundles.class, immediate = true)
public final class ProgramBundles {
  private static final Logger log = LoggerFactory.getLogger(ProgramBundles.class);
  private static final byte[] SCRIPT = {'#', '!'};
  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

  private final Path directory;
  private final BundleTracker<Installed> tracker;

  private record Installed(Program program, ServiceRegistration<?> registration) {}

  @Activate
  public ProgramBundles(@Reference NodeSettings settings, BundleContext context)
      throws IOException {
    directory = Path.of(settings.configuration().directory()).toAbsolutePath().resolve("programs");
    if (Files.exists(directory)) {
      PathUtils.deleteDirectory(directory);
    }
    Files.createDirectories(directory);
    tracker = new BundleTracker<>(context, Bundle.ACTIVE | Bundle.STARTING, new InstallPrograms());
    tracker.open();
  }

  @Deactivate
  public void close() {
    tracker.close();
  }

  private final class InstallPrograms implements BundleTrackerCustomizer<Installed> {
    @Override
    public Installed addingBundle(Bundle bundle, BundleEvent event) {
      if (bundle.getHeaders().get(Programs.HEADER) == null) {
        return null;
      }
      try {
        return install(bundle);
      } catch (IOException e) {
        log.error("The program {} cannot be used: {}", bundle.getSymbolicName(), e.getMessage());
        return null;
      }
    }

    @Override
    public void modifiedBundle(Bundle bundle, BundleEvent event, Installed installed) {
      // It goes from starting to active.
    }

    @Override
    public void removedBundle(Bundle bundle, BundleEvent event, Installed installed) {
      try {
        installed.registration().unregister();
      } catch (IllegalStateException e) {
        log.debug("The service of {} has gone with its bundle", bundle.getSymbolicName(), e);
      }
      installed.program().retire();
    }
  }

  private Installed install(Bundle bundle) throws IOException {
    var manifest = manifest(bundle);
    var folder = directory.resolve(bundle.getBundleId() + "-" + bundle.getLastModified());
    Files.createDirectories(folder);
    extract(bundle, folder);
    var program = new Program(manifest, folder);
    return new Installed(program, register(bundle, program));
  }

  private static ProgramManifest manifest(Bundle bundle) throws IOException {
    var entry = bundle.getEntry(Programs.MANIFEST);
    if (entry == null) {
      throw new IOException("it has no " + Programs.MANIFEST);
    }
    try (var in = entry.openStream()) {
      return ProgramManifest.read(in.readAllBytes());
    }
  }

  private static void extract(Bundle bundle, Path folder) throws IOException {
    var entries = bundle.findEntries(Programs.FILES, "*", true);
    while (entries != null && entries.hasMoreElements()) {
      URL entry = entries.nextElement();
      var path = entry.getPath();
      var name = path.substring(path.indexOf(Programs.FILES) + Programs.FILES.length());
      var file = folder.resolve(name).normalize();
      if (name.endsWith("/") || !file.startsWith(folder)) {
        continue;
      }
      Files.createDirectories(file.getParent());
      try (var in = entry.openStream()) {
        Files.copy(in, file);
      }
      makeExecutable(file);
    }
  }

  /** A zip has no file modes: a file that begins as an executable does is made executable. */
  private static void makeExecutable(Path file) throws IOException {
    byte[] start;
    try (var in = Files.newInputStream(file)) {
      start = in.readNBytes(ELF.length);
    }
    if (Stream.of(SCRIPT, ELF).anyMatch(magic -> startsWith(start, magic))
        && !file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= bytes.length || bytes[i] != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static ServiceRegistration<?> register(Bundle bundle, Program program) {
    var manifest = program.manifest();
    var types = new ArrayList<>(List.of(Action.class.getName()));
    if (manifest.split() != null) {
      types.add(SplitStage.class.getName());
    }
    if (manifest.merge() != null) {
      types.add(MergeStage.class.getName());
    }
    var properties =
        new HashMap<String, Object>(
            Map.of(Action.NAME, manifest.name(), Program.PROPERTY, program));
    if (manifest.description() != null) {
      properties.put(Action.DESCRIPTION, manifest.description());
    }
    if (manifest.options() != null) {
      properties.put(Action.OPTIONS, manifest.options().toString());
    }
    return bundle
        .getBundleContext()
        .registerService(
            Set.copyOf(types).toArray(String[]::new),
            new NoObject(),
            FrameworkUtil.asDictionary(properties));
  }

  /**
   * The service only describes the action; the node runs the program and never fetches the service
   * object.
   */
  private static final class NoObject implements ServiceFactory<Object> {
    @Override
    public Object getService(Bundle bundle, ServiceRegistration<Object> registration) {
      throw new IllegalStateException("a program has no object; its node runs it");
    }

    @Override
    public void ungetService(
        Bundle bundle, ServiceRegistration<Object> registration, Object service) {
      // There never was one.
    }
  }
}
