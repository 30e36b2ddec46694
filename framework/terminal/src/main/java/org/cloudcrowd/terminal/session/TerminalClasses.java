package org.cloudcrowd.terminal.session;

import java.io.IOException;
import org.jline.terminal.TerminalBuilder;

/**
 * JLine looks for the parts of a terminal by the thread's class loader. That of a container is the
 * launcher's, which has classes of the same names that are others.
 */
public final class TerminalClasses {
  private TerminalClasses() {}

  /** What opens a terminal, or starts threads that will. */
  public interface Opening<T> {
    /** Opens it. */
    T open() throws IOException;
  }

  /** Opens with the classes of the bundle of JLine at hand; threads inherit them. */
  public static <T> T with(Opening<T> opening) throws IOException {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(TerminalBuilder.class.getClassLoader());
    try {
      return opening.open();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
