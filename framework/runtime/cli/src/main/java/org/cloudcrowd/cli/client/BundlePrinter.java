package org.cloudcrowd.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import org.cloudcrowd.protocol.server.BundleView;

/** Prints bundles for people and for programs. */
final class BundlePrinter {
  private final PrintWriter out;

  BundlePrinter(PrintWriter out) {
    this.out = out;
  }

  void print(BundleView bundle, boolean json) throws JsonProcessingException {
    if (json) {
      new JobPrinter(out).json(bundle);
    } else {
      bundle.lines().forEach(out::println);
      out.flush();
    }
  }
}
