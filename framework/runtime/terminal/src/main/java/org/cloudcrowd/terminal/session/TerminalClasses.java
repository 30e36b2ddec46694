package org.cloudcrowd.terminal.session;

import java.io.IOException;
import org.jline.terminal.TerminalBuilder;

/**
 * JLine loads the parts of a terminal by the thread's context class loader. In a container that is
 * the launcher's, which has other classes of the same names.
 */
public final class TerminalClasses {
  private TerminalClasses() {}

  /** Opens a terminal, or starts threads that will. */
  public interface Opening<T> {
    /** Opens it. */
    T open() throws IOException;
  }

  /** Sets the class loader of the JLine bundle while it opens; new threads inherit it. */
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
