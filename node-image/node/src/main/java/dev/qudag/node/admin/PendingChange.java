package dev.qudag.node.admin;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.PolicyChange;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.Predecessor;
import dev.qudag.consensus.chain.policy.CheckRule;
import dev.qudag.consensus.chain.policy.LandingPolicy;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.ArrayList;
import java.util.List;

/** What an administrator is asked to sign, for people. */
final class PendingChange {
  private PendingChange() {}

  /**
   * Lines of text.
   *
   * @throws MalformedEncodingException when it is neither a change of policy nor one of the set,
   *     nor the genesis of a chain that takes the place of another
   */
  static List<String> describe(byte[] change) {
    return switch (CanonicalReader.tagOf(change)) {
      case PolicyChange.TAG -> describe(PolicyChange.decode(change));
      case SetChange.TAG -> describe(SetChange.decode(change));
      case Genesis.SUCCESSOR_TAG, Genesis.UPSTREAM_TAG -> describe(Genesis.decode(change));
      default -> throw new MalformedEncodingException("nothing that an administrator signs");
    };
  }

  private static List<String> describe(PolicyChange change) {
    List<String> lines = new ArrayList<>();
    lines.add("change of policy number " + change.sequence());
    lines.add("  chain    " + change.chainId());
    lines.add("  from     " + change.previousDigest());
    lines.add("  to       " + change.next().digest());
    lines.addAll(describe(change.next()));
    return lines;
  }

  private static List<String> describe(Policy policy) {
    List<String> lines = new ArrayList<>();
    for (CheckRule check : policy.checks()) {
      lines.add("  check    " + check.name() + ", spec " + check.specDigest());
      check.paths().forEach(path -> lines.add("    only for " + path));
    }
    policy.denyPaths().forEach(path -> lines.add("  denied   " + path));
    LandingPolicy landing = policy.landing();
    if (!landing.equals(LandingPolicy.MERGE)) {
      String signedOff = landing.signOff() ? ", signed off" : "";
      lines.add("  lands    by " + landing.method().text() + signedOff);
      landing.signer().ifPresent(key -> lines.add("  signed   by " + key));
    }
    return lines;
  }

  private static List<String> describe(Genesis genesis) {
    Predecessor before =
        genesis
            .predecessor()
            .orElseThrow(
                () ->
                    new MalformedEncodingException(
                        "the genesis of a chain that takes nobody's place: nobody signs that"));
    List<String> lines = new ArrayList<>();
    lines.add("a new chain in the place of " + before.chainId() + ", which cannot go on");
    lines.add("  before   genesis " + before.genesis());
    lines.add("  genesis  " + genesis.digest());
    lines.add("  chain    " + genesis.chainId());
    lines.add("  branch   " + genesis.branch());
    lines.add("  begins   at " + genesis.head() + ", which landed at height " + before.height());
    if (genesis.hasUpstream()) {
      lines.add("  follows  an upstream, whose writers put commits on the branch without a vote");
    }
    lines.add("  operator key " + genesis.operator().signingKey().fingerprint());
    lines.add(
        "  hub      " + genesis.hub().name() + ", key " + genesis.hub().signingKey().fingerprint());
    genesis.members().forEach(member -> lines.add("  decides  " + described(member)));
    lines.add("  policy   " + genesis.policy().digest());
    lines.addAll(describe(genesis.policy()));
    for (VerifyingKey key : genesis.adminKeys()) {
      lines.add("  signs    administrator key " + key.fingerprint());
    }
    if (genesis.adminKeys().isEmpty()) {
      lines.add("  signs    nobody: the operator's word will change policy and set");
    }
    return lines;
  }

  private static List<String> describe(SetChange change) {
    List<String> lines = new ArrayList<>();
    lines.add("change of the set of epoch " + change.epoch());
    lines.add("  chain    " + change.chainId());
    lines.add("  set      " + change.root());
    change.out().forEach(index -> lines.add("  leaves   validator " + index));
    change.in().forEach(member -> lines.add("  joins    " + described(member)));
    return lines;
  }

  private static String described(Member member) {
    return member.name()
        + ", validator "
        + member.index()
        + ", weight "
        + member.weight()
        + ", key "
        + member.signingKey().fingerprint();
  }
}
