package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.proto.DecisionState;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Four weigh 4, 4, 3 and 2: 9 of 13 decide, and more than 4 hold an honest one. */
class TalliesTest {
  private static final List<Integer> WEIGHTS = List.of(4, 4, 3, 2);
  private static final Digest DECISION = Digest.sha256(new byte[] {1});

  private final Tallies tallies = new Tallies(genesis()::set);

  @Test
  void isGivenUpWhenThoseWhoReportItRejectedOutweighTheFaulty() {
    report(0, 9, "PathDenied: .env");
    assertThat(tallies.rejection(DECISION)).as("one member of weight 4 may lie").isEmpty();
    report(3, 9, "PathDenied: .env");
    assertThat(tallies.rejection(DECISION)).contains("PathDenied: .env");
  }

  @Test
  void aReportOfLessThanAQuorumDoesNotCount() {
    report(3, 9, "made up");
    assertThat(tallies.rejection(DECISION)).isEmpty();
    report(2, 8, "a quorum weighs 9");
    assertThat(tallies.rejection(DECISION)).isEmpty();
  }

  @Test
  void whatSomebodySaidWhoLeftTheSetIsShownNoMore() {
    var set = new AtomicReference<>(genesis().set());
    var changing = new Tallies(set::get);
    var said = List.of(state(9, "a lie"));
    assertThat(changing.report(3, said)).isTrue();
    assertThat(changing.of(DECISION).rejections()).isEqualTo(9);
    set.set(set.get().change(List.of(3), List.of()));
    assertThat(changing.of(DECISION).rejections()).isZero();
    assertThat(changing.of(DECISION).required()).isEqualTo(8);
  }

  @Test
  void noReasonIsThatOfSomebodyWhoLeftTheSet() {
    var set = new AtomicReference<>(genesis().set());
    var changing = new Tallies(set::get);
    changing.report(0, List.of(state(9, "a lie")));
    changing.report(1, List.of(state(9, "PathDenied: .env")));
    set.set(set.get().change(List.of(0), List.of()));
    assertThat(changing.rejection(DECISION)).contains("PathDenied: .env");
  }

  private void report(int validator, int rejections, String reason) {
    tallies.report(validator, List.of(state(rejections, reason)));
  }

  private static DecisionState state(int rejections, String reason) {
    return DecisionState.newBuilder()
        .setDigest(ByteString.copyFrom(DECISION.bytes()))
        .setRejections(rejections)
        .setRequired(9)
        .addReasons(reason)
        .build();
  }

  private static Genesis genesis() {
    Genesis equal =
        new TestingChain(4, NodeIdentity.generate(), NodeIdentity.generate(), "a".repeat(40))
            .genesis;
    return new Genesis(
        equal.nonce(),
        equal.swarm(),
        equal.branch(),
        equal.head(),
        equal.operator(),
        equal.hub(),
        equal.members().stream().map(TalliesTest::weighed).toList(),
        equal.policy(),
        equal.viewTimeoutMillis());
  }

  private static Member weighed(Member member) {
    return new Member(
        member.index(),
        member.name(),
        member.signingKey(),
        member.tlsFingerprint(),
        WEIGHTS.get(member.index()));
  }
}
