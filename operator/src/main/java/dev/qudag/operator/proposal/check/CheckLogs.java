package dev.qudag.operator.proposal.check;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** The end of what a check said. */
public final class CheckLogs {
  /** Characters that a status keeps. */
  static final int MAX = 1000;

  private static final int LINES = 200;
  private static final int MAX_BYTES = 256 * 1024;

  private final KubernetesClient client;

  public CheckLogs(KubernetesClient client) {
    this.client = client;
  }

  /** Empty when the pod or its log is gone. */
  public String tail(String namespace, String pod) {
    try {
      return shorten(
          client
              .pods()
              .inNamespace(namespace)
              .withName(pod)
              .inContainer(CheckJob.CHECK)
              .limitBytes(MAX_BYTES)
              .tailingLines(LINES)
              .getLog());
    } catch (KubernetesClientException e) {
      return "";
    }
  }

  /** The last 1000 characters, without control characters except line ends. */
  static String shorten(String log) {
    String clean = log.strip().replaceAll("[\\p{Cntrl}&&[^\n]]", "");
    return clean.length() <= MAX ? clean : "…" + clean.substring(clean.length() - MAX + 1);
  }
}
