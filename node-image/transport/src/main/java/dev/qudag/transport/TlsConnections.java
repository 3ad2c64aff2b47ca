package dev.qudag.transport;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of a process: what was negotiated on the open ones, and who was refused. */
public final class TlsConnections {
  private final Map<NegotiatedTls, Integer> open = new ConcurrentHashMap<>();
  private final Map<Refusal.Reason, Long> refused = new ConcurrentHashMap<>();

  void opened(NegotiatedTls negotiated) {
    open.merge(negotiated, 1, Integer::sum);
  }

  void closed(NegotiatedTls negotiated) {
    open.merge(negotiated, -1, Integer::sum);
  }

  void refused(Refusal.Reason reason) {
    refused.merge(reason, 1L, Long::sum);
  }

  /** How many connections are open, by what was negotiated; 0 for what there was before. */
  public Map<NegotiatedTls, Integer> open() {
    return Map.copyOf(open);
  }

  /** How many peers were refused since the process began, by the label of the reason. */
  public Map<String, Long> refused() {
    Map<String, Long> byLabel = new TreeMap<>();
    refused.forEach((reason, count) -> byLabel.put(reason.label(), count));
    return byLabel;
  }
}
