package org.cloudcrowd.server.transports;

import org.cloudcrowd.server.nodes.LiveNode;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Selects the way to reach a node. May be used by any number of threads. */
@Component(service = NodeTransports.class)
public final class NodeTransports {
  private final HttpPush push;
  private final LongPoll poll;
  private final RubyForms forms;

  @Activate
  public NodeTransports(
      @Reference HttpPush push, @Reference LongPoll poll, @Reference RubyForms forms) {
    this.push = push;
    this.poll = poll;
    this.forms = forms;
  }

  /** The way to a node, as its last heartbeat and the last probe of it tell. */
  public NodeTransport of(LiveNode node) {
    return switch (node.kind()) {
      case RUBY -> forms;
      case CROWD -> node.pulls() ? poll : push;
    };
  }
}
