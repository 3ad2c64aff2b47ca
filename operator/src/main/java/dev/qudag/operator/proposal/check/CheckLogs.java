package dev.qudag.operator.proposal.check;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.regex.Pattern;

/** The end of what a check said. */
public final class CheckLogs {
  /** Characters that a status keeps. */
  static final int MAX = 1000;

  /** Control and format characters, line separators of Unicode, halves of characters. */
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\n]]");

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

  /** The last 1000 characters, without those that move a cursor or hide text, but line ends. */
  static String shorten(String log) {
    String clean = INVISIBLE.matcher(log.strip()).replaceAll("");
    if (clean.length() <= MAX) {
      return clean;
    }
    int from = clean.length() - MAX + 1;
    boolean cutsOne = Character.isLowSurrogate(clean.charAt(from));
    return "…" + clean.substring(cutsOne ? from + 1 : from);
  }
}
