package dev.qudag.node.hub.landing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.Branch;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.merge.ObjectId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Commits a, b, c follow on each other; e is of another history. */
class CourseTest {
  private static final String MAIN = "refs/heads/main";
  private static final ObjectId A = id("a");
  private static final ObjectId B = id("b");
  private static final ObjectId C = id("c");
  private static final ObjectId E = id("e");
  private static final List<ObjectId> LINE = List.of(A, B, C);
  private static final Digest FIRST = Digest.sha256(new byte[] {1});
  private static final Digest SECOND = Digest.sha256(new byte[] {2});
  private static final ChainState START = ChainState.of(genesis());

  private static ObjectId id(String digit) {
    return ObjectId.of(digit.repeat(40));
  }

  private static Genesis genesis() {
    NodeIdentity operator = NodeIdentity.generate();
    NodeIdentity hub = NodeIdentity.generate();
    NodeIdentity validator = NodeIdentity.generate();
    return new Genesis(
            Bytes.of(new byte[Genesis.NONCE_SIZE]),
            "s",
            MAIN,
            A.hex(),
            new OperatorIdentity(operator.verifyingKey(), operator.tlsFingerprint()),
            new HubMember("s-hub", hub.verifyingKey(), hub.tlsFingerprint()),
            List.of(new Member(0, "s-v0", validator.verifyingKey(), validator.tlsFingerprint(), 1)),
            new Policy(List.of(), List.of()),
            500)
        .withUpstream();
  }

  /** Two decisions landed on A in the chain: B and C. */
  private static ChainState decided() {
    var branch =
        new Branch(
            C.hex(),
            List.of(new Branch.Move(FIRST, A.hex(), 0), new Branch.Move(SECOND, B.hex(), 0)),
            0,
            0);
    return new ChainState(
        START.chain(),
        new TreeMap<>(Map.of(MAIN, branch)),
        START.policyInForce(),
        START.engineInForce(),
        START.membership(),
        2);
  }

  private static Course course(ChainState state, ObjectId local, Upstream.Answer seen) {
    return Course.of(
        state,
        MAIN,
        local,
        seen,
        (ancestor, descendant) ->
            LINE.contains(ancestor) && LINE.indexOf(ancestor) <= LINE.indexOf(descendant));
  }

  @Test
  void goesOnWhereUpstreamIsWhereTheBranchIs() {
    assertThat(course(START, A, new Upstream.Answer.At(A))).isEqualTo(new Course.InStep());
    assertThat(course(decided(), C, new Upstream.Answer.At(C))).isEqualTo(new Course.InStep());
  }

  @Test
  void adoptsWhatFollowsOnTheBranch() {
    assertThat(course(START, A, new Upstream.Answer.At(B))).isEqualTo(new Course.Adopt(A, B));
  }

  /** Whatever upstream says by then: all that was built on it goes too. */
  @Test
  void takesBackTheFirstThatCouldNotLand() {
    for (Upstream.Answer seen :
        List.of(new Upstream.Answer.At(E), new Upstream.Answer.Unreachable("down"))) {
      assertThat(course(decided(), A, seen)).isEqualTo(new Course.TakeBack(FIRST, C));
      assertThat(course(decided(), B, seen)).isEqualTo(new Course.TakeBack(SECOND, C));
    }
  }

  @Test
  void stopsWhereUpstreamWasRewrittenOrIsSilent() {
    assertThat(stopped(new Upstream.Answer.At(E))).isEqualTo(Obstacle.REWRITTEN);
    assertThat(stopped(new Upstream.Answer.At(A))).as("wound back").isEqualTo(Obstacle.REWRITTEN);
    assertThat(stopped(new Upstream.Answer.Gone())).isEqualTo(Obstacle.REWRITTEN);
    assertThat(stopped(new Upstream.Answer.Unfit("huge"))).isEqualTo(Obstacle.UNFIT);
    assertThat(stopped(new Upstream.Answer.Unreachable("down"))).isEqualTo(Obstacle.UNREACHABLE);
  }

  private static String stopped(Upstream.Answer seen) {
    Course course = course(decided(), C, seen);
    assertThat(course).isInstanceOf(Course.Stopped.class);
    return ((Course.Stopped) course).why().reason();
  }
}
