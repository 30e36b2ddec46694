package org.cloudcrowd.node.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.cloudcrowd.node.NodeSettings;
import org.cloudcrowd.node.actions.ActionFolder;
import org.cloudcrowd.node.server.ServerLink;
import org.cloudcrowd.protocol.node.BundleRef;
import org.cloudcrowd.protocol.node.BundleState;
import org.cloudcrowd.protocol.node.FileProblem;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Downloads the bundles that are deployed to the cluster into a watched folder, and removes those
 * that were undeployed.
 */
@Component(service = Deployments.class)
public final class Deployments {
  private static final Logger log = LoggerFactory.getLogger(Deployments.class);

  /** The characters of a file name: a server is not trusted with paths. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,255}");

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final String PART = ".part";
  private static final int SHOWN_DIGITS = 12;
  private static final int CLOSE_SECONDS = 10;

  private final boolean allowed;
  private final ServerLink server;
  private final ActionFolder folder;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, String> failures = new ConcurrentHashMap<>();
  private final ExecutorService fetching = Executors.newSingleThreadExecutor();

  /**
   * Null until the server has told it: the files from an earlier run of the node may have been
   * undeployed since.
   */
  private volatile Map<String, BundleRef> wanted;

  @Activate
  public Deployments(
      @Reference NodeSettings settings,
      @Reference ServerLink server,
      @Reference ActionFolder folder) {
    this.server = server;
    this.folder = folder;
    allowed = settings.configuration().deployed__bundles();
    if (!allowed) {
      want(List.of());
    }
  }

  /**
   * Interrupts a download that is under way and waits some seconds for its end, so that it writes
   * nothing after that. The files stay for the next start.
   */
  @Deactivate
  public void close() throws InterruptedException {
    fetching.shutdownNow();
    var unused = fetching.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * The state of each deployed bundle, or null where this node takes none.
   *
   * @param problems the files that are not actions, with the reason
   */
  public List<BundleState> states(List<FileProblem> problems) {
    if (!allowed) {
      return null;
    }
    var known = wanted;
    return known == null ? List.of() : states(known, problems);
  }

  private List<BundleState> states(Map<String, BundleRef> files, List<FileProblem> problems) {
    return files.entrySet().stream()
        .map(
            bundle ->
                new BundleState(
                    bundle.getValue().sha256(),
                    folder.isInUse(bundle.getKey()),
                    problem(bundle.getKey(), bundle.getValue(), problems)))
        .toList();
  }

  private String problem(String file, BundleRef bundle, List<FileProblem> problems) {
    var failure = failures.get(bundle.sha256());
    return failure != null
        ? failure
        : problems.stream()
            .filter(problem -> problem.file().equals(file))
            .map(FileProblem::problem)
            .findFirst()
            .orElse(null);
  }

  /** Sets the bundles that this node is to have. Returns at once. */
  public void heard(List<BundleRef> bundles) {
    if (allowed && bundles != null) {
      want(bundles);
    }
  }

  private void want(List<BundleRef> bundles) {
    var files = new LinkedHashMap<String, BundleRef>();
    for (BundleRef bundle : bundles) {
      if (isOfForm(NAME, bundle.symbolicName())
          && isOfForm(NAME, bundle.version())
          && isOfForm(SHA_256, bundle.sha256())) {
        files.put(file(bundle), bundle);
      }
    }
    boolean isNew = !files.equals(wanted);
    wanted = files;
    if (isNew || !failures.isEmpty()) {
      fetching.execute(this::fetch);
    }
  }

  private static boolean isOfForm(Pattern form, String text) {
    return text != null && form.matcher(text).matches();
  }

  /** Other bytes of the same name are another file. */
  private static String file(BundleRef bundle) {
    return bundle.symbolicName()
        + "-"
        + bundle.version()
        + "-"
        + bundle.sha256().substring(0, SHOWN_DIGITS)
        + (bundle.program() ? ".zip" : ".jar");
  }

  private void fetch() {
    try {
      var files = wanted;
      removeAllBut(files.keySet());
      failures.keySet().retainAll(files.values().stream().map(BundleRef::sha256).toList());
      for (var bundle : files.entrySet()) {
        if (!Files.exists(folder.deployedDirectory().resolve(bundle.getKey()))) {
          fetch(bundle.getKey(), bundle.getValue());
        }
      }
      listeners.forEach(Runnable::run);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      log.error("The deployed bundles cannot be looked after", e);
    }
  }

  private void removeAllBut(Set<String> files) throws IOException {
    try (var there = Files.list(folder.deployedDirectory())) {
      for (Path file : there.toList()) {
        if (!files.contains(file.getFileName().toString())) {
          remove(file);
        }
      }
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("The bundle {} is undeployed, and cannot be removed: {}", file, e.toString());
    }
  }

  private void fetch(String file, BundleRef bundle) throws InterruptedException {
    var part = folder.deployedDirectory().resolve("." + file + PART);
    try {
      server.fetch("bundles/" + bundle.sha256(), part);
      var sum = sha256(part);
      if (!sum.equals(bundle.sha256())) {
        throw new IOException("what was fetched has another SHA-256, " + sum);
      }
      Files.move(part, folder.deployedDirectory().resolve(file), StandardCopyOption.ATOMIC_MOVE);
      failures.remove(bundle.sha256());
      log.info("The deployed bundle {} {} is here", bundle.symbolicName(), bundle.version());
    } catch (IOException | RuntimeException e) {
      var failure = "it cannot be fetched, which is tried again: " + e.getMessage();
      if (!failure.equals(failures.put(bundle.sha256(), failure))) {
        log.warn("Bundle {} {}: {}", bundle.symbolicName(), bundle.version(), failure);
      }
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        var digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digesting.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Subscribes to changes of the folder. The listener is called on a thread of this component.
   *
   * @return ends the subscription when it is run
   */
  public Runnable onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
