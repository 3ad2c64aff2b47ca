package dev.qudag.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.Predecessor;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenesisTest {
  private final Genesis genesis = new TestingChain(4).genesis();

  @Test
  void survivesItsEncoding() {
    Genesis read = Genesis.decode(genesis.encode());
    assertThat(read).isEqualTo(genesis);
    assertThat(read.digest()).isEqualTo(genesis.digest());
    assertThat(read.chainId()).isEqualTo(genesis.chainId()).isNotEqualTo(genesis.digest());
  }

  @Test
  void anotherNonceIsAnotherChain() {
    Genesis other = with(Bytes.of(new byte[32]), genesis.members());
    assertThat(other.chainId()).isNotEqualTo(genesis.chainId());
  }

  @Test
  void namesTheChainWhosePlaceItTakes() {
    Predecessor other =
        new Predecessor(TestingChain.digest("genesis"), TestingChain.digest("chain"), 7);
    Genesis successor = genesis.inPlaceOf(other);
    assertThat(successor.predecessor()).contains(other);
    assertThat(Genesis.decode(successor.encode())).isEqualTo(successor);
    assertThat(successor.chainId()).isNotEqualTo(genesis.chainId());
    Genesis ofAnother =
        genesis.inPlaceOf(new Predecessor(other.genesis(), other.chainId(), other.height() + 1));
    assertThat(ofAnother.chainId()).isNotEqualTo(successor.chainId());
  }

  @Test
  void saysWhetherItsBranchFollowsAnUpstream() {
    Genesis following = genesis.withUpstream();
    assertThat(genesis.hasUpstream()).isFalse();
    assertThat(Genesis.decode(following.encode())).isEqualTo(following);
    assertThat(following.chainId()).isNotEqualTo(genesis.chainId());
    Genesis successor =
        following.inPlaceOf(new Predecessor(genesis.digest(), TestingChain.digest("chain"), 7));
    assertThat(Genesis.decode(successor.encode())).isEqualTo(successor);
    assertThat(successor.hasUpstream()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3})
  void refusesASetThatOnlyLooksFaultTolerant(int n) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(genesis.nonce(), genesis.members().subList(0, n)))
        .withMessageContaining("1 validator, or 4 and more");
  }

  @Test
  void refusesMembersOutOfOrder() {
    List<Member> swapped = new ArrayList<>(genesis.members());
    Collections.swap(swapped, 0, 1);
    assertThatIllegalArgumentException().isThrownBy(() -> with(genesis.nonce(), swapped));
  }

  @Test
  void refusesOneKeyTwice() {
    List<Member> members = new ArrayList<>(genesis.members());
    Member first = members.get(0);
    Member last = members.get(3);
    members.set(3, new Member(3, last.name(), first.signingKey(), last.tlsFingerprint(), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(genesis.nonce(), members))
        .withMessageContaining("signing key");
    members.set(3, new Member(3, last.name(), last.signingKey(), first.tlsFingerprint(), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(genesis.nonce(), members))
        .withMessageContaining("TLS key");
    members.set(3, new Member(3, first.name(), last.signingKey(), last.tlsFingerprint(), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(genesis.nonce(), members))
        .withMessageContaining("name");
  }

  /** Whoever holds a node's key would be an administrator too. */
  @Test
  void refusesANodesKeyAsAnAdministrators() {
    for (VerifyingKey taken :
        List.of(
            genesis.operator().signingKey(),
            genesis.hub().signingKey(),
            genesis.members().get(2).signingKey())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> withAdministrator(taken))
          .withMessageContaining("signing key");
    }
    assertThat(withAdministrator(SigningKey.generate().verifyingKey()).adminKeys()).hasSize(1);
  }

  @Test
  void refusesOtherBytes() {
    assertThatExceptionOfType(MalformedEncodingException.class)
        .isThrownBy(() -> Genesis.decode(genesis.policy().encode()))
        .withMessageContaining("qudag.dev/v1/genesis");
  }

  private Genesis withAdministrator(VerifyingKey key) {
    return new Genesis(
        genesis.nonce(),
        genesis.swarm(),
        genesis.branch(),
        genesis.head(),
        genesis.operator(),
        genesis.hub(),
        genesis.members(),
        genesis.policy(),
        genesis.viewTimeoutMillis(),
        List.of(key));
  }

  private Genesis with(Bytes nonce, List<Member> members) {
    return new Genesis(
        nonce,
        genesis.swarm(),
        genesis.branch(),
        genesis.head(),
        genesis.operator(),
        genesis.hub(),
        members,
        genesis.policy(),
        genesis.viewTimeoutMillis());
  }
}
