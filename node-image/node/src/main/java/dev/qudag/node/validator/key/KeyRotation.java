package dev.qudag.node.validator.key;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.node.identity.NodeStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * From the wish for another key to the decision that names it, and to that key.
 *
 * <pre>
 *   wanted --&gt; the next key made --&gt; a SetChange, by the old key --&gt; final --&gt; the process starts again with the next key
 * </pre>
 *
 * <p><b>One process signs with one key.</b> The old one signs in the epochs whose sets name it, the
 * next one in those after; no set names both. The TLS key stays: whoever is behind knows the
 * validator by it.
 */
public final class KeyRotation {
  private final NodeStore store;
  private final Supplier<ChainState> state;
  private Optional<NodeIdentity> next;
  private Optional<SetDecision> signed = Optional.empty();

  /**
   * @param state the chain's, up to its last final block
   */
  public KeyRotation(NodeStore store, Supplier<ChainState> state) throws IOException {
    this.store = store;
    this.state = state;
    this.next = store.nextIdentity();
  }

  /**
   * The decision that gives this validator its next key, the same one throughout an epoch; empty
   * while nobody wants another key, or no decision can be made.
   */
  public synchronized Optional<SetDecision> proposal() throws IOException {
    if (next.isEmpty()) {
      next = store.nextIdentity();
    }
    ChainState now = state.get();
    Optional<Member> self = member(now.set(), store.identity().verifyingKey());
    if (next.isEmpty() || self.isEmpty() || now.membership().isSealed()) {
      return Optional.empty();
    }
    if (signed.filter(before -> before.change().epoch() == now.set().epoch()).isEmpty()) {
      signed = Optional.of(sign(now, self.get(), next.get()));
    }
    return signed;
  }

  private SetDecision sign(ChainState now, Member self, NodeIdentity with) {
    Member renewed =
        new Member(
            self.index(), self.name(), with.verifyingKey(), with.tlsFingerprint(), self.weight());
    SetChange change =
        SetChange.of(now.chainId(), now.set(), List.of(self.index()), List.of(renewed));
    return SetDecision.rotate(change, store.identity().signingKey());
  }

  /** Whether a decision that is final names the next key. */
  public synchronized boolean isDecided() {
    return next.filter(keys -> isNamed(keys.verifyingKey())).isPresent();
  }

  private boolean isNamed(VerifyingKey key) {
    ChainState now = state.get();
    return Stream.concat(Stream.of(now.set()), now.membership().next().stream())
        .anyMatch(set -> set.placeOf(key).isPresent());
  }

  private static Optional<Member> member(MemberSet set, VerifyingKey key) {
    return set.members().stream().filter(one -> one.signingKey().equals(key)).findFirst();
  }
}
