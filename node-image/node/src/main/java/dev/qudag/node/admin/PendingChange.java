package dev.qudag.node.admin;

import dev.qudag.consensus.chain.decision.PolicyChange;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.policy.CheckRule;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.ArrayList;
import java.util.List;

/** What an administrator is asked to sign, for people. */
final class PendingChange {
  private PendingChange() {}

  /**
   * Lines of text.
   *
   * @throws MalformedEncodingException when it is neither a change of policy nor one of the set
   */
  static List<String> describe(byte[] change) {
    try {
      return describe(PolicyChange.decode(change));
    } catch (MalformedEncodingException notThis) {
      return describe(SetChange.decode(change));
    }
  }

  private static List<String> describe(PolicyChange change) {
    List<String> lines = new ArrayList<>();
    lines.add("change of policy number " + change.sequence());
    lines.add("  chain    " + change.chainId());
    lines.add("  from     " + change.previousDigest());
    lines.add("  to       " + change.next().digest());
    for (CheckRule check : change.next().checks()) {
      lines.add("  check    " + check.name() + ", spec " + check.specDigest());
    }
    change.next().denyPaths().forEach(path -> lines.add("  denied   " + path));
    return lines;
  }

  private static List<String> describe(SetChange change) {
    List<String> lines = new ArrayList<>();
    lines.add("change of the set of epoch " + change.epoch());
    lines.add("  chain    " + change.chainId());
    lines.add("  set      " + change.root());
    change.out().forEach(index -> lines.add("  leaves   validator " + index));
    for (Member member : change.in()) {
      lines.add(
          "  joins    "
              + member.name()
              + ", validator "
              + member.index()
              + ", key "
              + member.signingKey().fingerprint());
    }
    return lines;
  }
}
