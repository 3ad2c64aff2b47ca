package dev.qudag.consensus.chain;

import static dev.qudag.consensus.chain.TestingChain.BRANCH;
import static dev.qudag.consensus.chain.TestingChain.commit;
import static dev.qudag.consensus.chain.TestingChain.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.LandedAs;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.consensus.chain.identity.EnrolmentStatement;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.policy.CheckRule;
import dev.qudag.consensus.chain.policy.CommitKey;
import dev.qudag.consensus.chain.policy.LandingPolicy;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every statement that travels: written, read, damaged. */
class StatementEncodingTest {
  private static final SigningKey ADMIN = SigningKey.generate();
  private static final SigningKey NEW_KEY = SigningKey.generate();
  private static final TestingChain CHAIN = new TestingChain(4, List.of(ADMIN.verifyingKey()));

  /** A value, its bytes, and how to read those. */
  record Case(Object value, byte[] encoded, Function<byte[], Object> decode) {}

  static Stream<Arguments> cases() {
    ChainState state = CHAIN.state();
    MergeDecision merge = CHAIN.merge(state, "a");
    MergeDecision second = CHAIN.merge(state.after(merge), "b");
    ChainState moved =
        state
            .after(merge)
            .after(second)
            .after(CHAIN.takeBack(state.after(merge).after(second), second))
            .after(CHAIN.engine(state, digest("engine 2")))
            .after(CHAIN.change(state, List.of(0), List.of(TestingChain.newcomer(4, NEW_KEY))));
    PolicyDecision policy =
        TestingChain.change(state, new Policy(List.of(), List.of("x")), CHAIN.operator());
    policy = policy.endorsed(AdminSignature.sign(policy.change().encode(), ADMIN));
    Attestation attestation = CHAIN.approval(merge, 2);
    EnrolmentStatement enrolment =
        new EnrolmentStatement(
            "swarm",
            "pod",
            NodeRole.HUB,
            "hello-hub",
            Bytes.of(new byte[32]),
            CHAIN.workspace().verifyingKey(),
            digest("tls"));
    BlockPayload payload = new BlockPayload(List.of(CHAIN.order(merge), CHAIN.order(policy)));
    return Stream.of(
        row("policy", CHAIN.genesis().policy(), CHAIN.genesis().policy().encode(), Policy::decode),
        row("policy with paths", filtered(), filtered().encode(), Policy::decode),
        row("policy with categories", trusting(), trusting().encode(), Policy::decode),
        row("genesis", CHAIN.genesis(), CHAIN.genesis().encode(), Genesis::decode),
        row("policy with landing", squashing(), squashing().encode(), Policy::decode),
        decision(landedAs(merge)),
        row(
            "author statement",
            CHAIN.statement("a"),
            CHAIN.statement("a").encode(),
            AuthorStatement::decode),
        row("grant", CHAIN.grant().grant(), CHAIN.grant().grant().encode(), WorkspaceGrant::decode),
        row("merge decision", merge, merge.encode(), Decision::decode),
        row("policy decision", policy, policy.encode(), Decision::decode),
        decision(CHAIN.revert(state, commit("landed"))),
        decision(CHAIN.takeBack(state, merge)),
        decision(CHAIN.adopt(state, commit("upstream"))),
        decision(CHAIN.engine(state, digest("engine 2"))),
        decision(CHAIN.change(state, List.of(0), List.of(TestingChain.newcomer(4, NEW_KEY)))),
        decision(
            new SetDecision(
                SetChange.of(CHAIN.genesis().chainId(), state.set(), List.of(1), List.of()),
                new Grounds.Misbehaviour(digest("evidence"), List.of(offence(1), offence(2))))),
        row("set", state.set(), state.set().encode(), MemberSet::decode),
        row("attestation", attestation, attestation.encode(), Attestation::decode),
        row("enrolment", enrolment, enrolment.encode(), EnrolmentStatement::decode),
        row("payload", payload, payload.encode(), BlockPayload::decode),
        row(
            "chain state",
            moved,
            moved.encode(),
            bytes -> ChainState.decode(bytes, CHAIN.genesis())));
  }

  private static Policy filtered() {
    var docs = new CheckRule("docs", digest("docs"), List.of("docs/**", "*.md"));
    return new Policy(List.of(TestingChain.UNIT.rule(), docs), List.of("x"));
  }

  private static Policy squashing() {
    var key = new CommitKey(Bytes.of(new byte[CommitKey.SIZE]));
    return new Policy(
        List.of(TestingChain.UNIT.rule()),
        List.of("x"),
        Policy.AUTO_RESOLVE,
        new LandingPolicy(LandingPolicy.Method.SQUASH, true, Optional.of(key)));
  }

  private static MergeDecision landedAs(MergeDecision of) {
    return new MergeDecision(
        of.chainId(),
        of.branch(),
        of.voids(),
        of.proposal(),
        of.merge(),
        of.meta(),
        of.engineDigest(),
        of.policyDigest(),
        of.checks(),
        of.author(),
        of.grant(),
        new LandedAs(squashing().landing(), List.of(Bytes.of(new byte[CommitKey.SIGNATURE_SIZE]))));
  }

  private static Policy trusting() {
    return new Policy(
        filtered().checks(), List.of("x"), List.of("Semantic", "Textual"), LandingPolicy.MERGE);
  }

  private static Offence offence(long view) {
    return new Offence(1, digest("a key"), 0, view, Offence.Step.NOTARIZE);
  }

  private static Arguments decision(Decision decision) {
    return row(decision.kind(), decision, decision.encode(), Decision::decode);
  }

  private static Arguments row(
      String name, Object value, byte[] encoded, Function<byte[], Object> decode) {
    return Arguments.of(Named.of(name, new Case(value, encoded, decode)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsWhatWasWritten(Case statement) {
    assertThat(statement.decode.apply(statement.encoded)).isEqualTo(statement.value);
  }

  /**
   * Either refused as malformed, or another value: never an encoding of the same one, never another
   * failure.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void aDamagedStatementIsRefusedOrAnother(Case statement) {
    long seed = 20_261_121;
    Random random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      byte[] changed = statement.encoded.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(statement.decode.apply(changed))
            .as("seed %d", seed)
            .isNotEqualTo(statement.value);
      } catch (MalformedEncodingException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refusesToBeCutOrExtended(Case statement) {
    byte[] encoded = statement.encoded;
    for (int length = 0; length < encoded.length; length += 1 + length / 50) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatExceptionOfType(MalformedEncodingException.class)
          .isThrownBy(() -> statement.decode.apply(cut));
    }
    byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
    assertThatExceptionOfType(MalformedEncodingException.class)
        .isThrownBy(() -> statement.decode.apply(longer));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void refusesHostileTextFromAnAgent(String title, String agent) {
    AuthorStatement good = CHAIN.statement("a");
    byte[] bytes =
        CanonicalWriter.tagged("qudag.dev/v1/author-statement")
            .digest(good.chainId())
            .text(good.workspaceUid())
            .text(good.workspaceName())
            .text(agent)
            .text(commit("a"))
            .text(BRANCH)
            .text(title)
            .int64(0)
            .toByteArray();
    assertThatExceptionOfType(MalformedEncodingException.class)
        .isThrownBy(() -> AuthorStatement.decode(bytes));
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        Arguments.of("two\nlines", "ada"),
        Arguments.of("x".repeat(257), "ada"),
        Arguments.of("\u001b]0;owned\u0007", "ada"),
        Arguments.of("fine", ""),
        Arguments.of("fine", "ada\r"),
        Arguments.of("fine", "x".repeat(254)));
  }
}
