package dev.qudag.consensus.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.chain.Branch;
import dev.qudag.consensus.chain.Chain;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.Membership;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.chain.custody.CustodyRecord;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.ExactMerge;
import dev.qudag.consensus.chain.decision.ExactRevert;
import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.LandedAs;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyChange;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.consensus.chain.identity.Electorate;
import dev.qudag.consensus.chain.identity.EnrolmentStatement;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.consensus.chain.identity.Predecessor;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.policy.CheckResult;
import dev.qudag.consensus.chain.policy.CheckSpec;
import dev.qudag.consensus.chain.policy.CommitKey;
import dev.qudag.consensus.chain.policy.LandingPolicy;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.consensus.chain.proposal.CommitMeta;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.consensus.chain.proposal.SignedStatement;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The encodings of docs/reference/encodings.md, byte for byte: one value of each kind, its keys,
 * digests and signatures made of one repeated byte, against vectors/encodings.txt. A change there
 * breaks every chain that exists.
 */
class EncodingVectorsTest {
  private static final int SHOWN_WHOLE = 512;
  private static final Bytes SIGNATURE = Bytes.of(filled(VerifyingKey.SIGNATURE_SIZE, 0x5a));

  private final StringBuilder out = new StringBuilder();

  @Test
  void everyEncodingIsAsPublished() throws IOException {
    Policy policy = new Policy(List.of(spec().rule()), List.of("**/.env*"));
    Genesis genesis = genesis(policy);
    Digest chainId = genesis.chainId();
    AuthorStatement statement =
        new AuthorStatement(
            chainId,
            "uid-1",
            "ada",
            "ada",
            id("c"),
            "refs/heads/main",
            "Größe",
            1_700_000_000_123L);
    WorkspaceGrant grant = new WorkspaceGrant(chainId, "uid-1", "ada", key(9), digest(9));
    MergeDecision merge = merge(genesis, statement, new SignedGrant(grant, SIGNATURE));
    PolicyDecision change =
        new PolicyDecision(
            new PolicyChange(chainId, 0, policy.digest(), policy), SIGNATURE, Optional.empty());
    Attestation attestation =
        new Attestation(
            chainId, 0, 2, 7, digest(3), merge.digest(), Verdict.APPROVE, "", SIGNATURE);
    BlockPayload payload =
        new BlockPayload(List.of(new OrderedDecision(merge, List.of(attestation))));

    line("check-spec digest", spec().digest().bytes());
    line("policy", policy.encode());
    line("check-spec digest with paths", specWithPaths().digest().bytes());
    line(
        "policy with paths",
        new Policy(List.of(specWithPaths().rule()), policy.denyPaths()).encode());
    line(
        "policy with categories",
        new Policy(
                policy.checks(),
                policy.denyPaths(),
                List.of("Semantic", "Syntactic", "Textual"),
                LandingPolicy.MERGE)
            .encode());
    line("genesis", genesis.encode());
    line("genesis fingerprint", genesis.digest().bytes());
    line("chain id", chainId.bytes());
    Predecessor predecessor = new Predecessor(digest(14), digest(15), 7);
    line("successor-genesis", genesis.inPlaceOf(predecessor).encode());
    line("upstream-genesis", genesis.withUpstream().encode());
    line("upstream-genesis of a successor", genesis.withUpstream().inPlaceOf(predecessor).encode());
    line("author-statement", statement.encode());
    line("proposal name", statement.proposal().getBytes(StandardCharsets.US_ASCII));
    line("workspace-grant", grant.encode());
    line("signed-grant", new SignedGrant(grant, SIGNATURE).encode());
    custody(statement, grant);
    line("enrolment", enrolment().encode());
    line("merge-decision", merge.encode());
    line("batch-decision", TestingBatch.of(merge).encode());
    line("policy-decision", change.encode());
    decisions(genesis, merge);
    sets(genesis);
    line("attestation", attestation.content().encode());
    line("signed-attestation", attestation.encode());
    line("decision leaf", payload.decisions().getFirst().leaf());
    line("payload", payload.encode());
    line("payload digest", payload.digest().bytes());
    line("chain-state", ChainState.of(genesis).encode());
    line("chain-state after decisions", moved(genesis, merge).encode());
    certificate(genesis, payload);
    landings(genesis, merge);

    assertThat(out).hasToString(published());
  }

  private void custody(AuthorStatement statement, WorkspaceGrant grant) {
    var kept =
        new CustodyRecord.Kept(
            new SignedStatement(statement, SIGNATURE),
            new SignedGrant(grant, SIGNATURE),
            List.of(statement.proposal()),
            7,
            1_700_000_002_000L);
    line("custody-kept", kept.encode());
    var ended =
        new CustodyRecord.Ended(
            statement.chainId(),
            statement.proposal(),
            statement.workspaceUid(),
            "Withdrawn",
            "deleted",
            statement.timeMillis());
    line("custody-ended", ended.encode());
  }

  private void landings(Genesis genesis, MergeDecision merge) {
    LandingPolicy landing =
        new LandingPolicy(
            LandingPolicy.Method.SQUASH, true, Optional.of(new CommitKey(Bytes.of(filled(32, 4)))));
    line(
        "policy with landing",
        new Policy(
                genesis.policy().checks(),
                genesis.policy().denyPaths(),
                Policy.AUTO_RESOLVE,
                landing)
            .encode());
    LandedAs landedAs = new LandedAs(landing, List.of(Bytes.of(filled(64, 0x5b))));
    line(
        "merge-decision with landing",
        new MergeDecision(
                merge.chainId(),
                merge.branch(),
                merge.voids(),
                merge.proposal(),
                merge.merge(),
                merge.meta(),
                merge.engineDigest(),
                merge.policyDigest(),
                merge.checks(),
                merge.author(),
                merge.grant(),
                landedAs)
            .encode());
  }

  private void decisions(Genesis genesis, MergeDecision merge) {
    RevertOrder order =
        new RevertOrder(
            genesis.chainId(), id("e"), genesis.branch(), 2, "grace", "Broken", 1_700_000_001_000L);
    RevertDecision revert =
        new RevertDecision(
            genesis.chainId(),
            genesis.branch(),
            1,
            new ExactRevert(id("e"), id("e"), id("a"), id("f"), digest(11), id("9")),
            CommitMeta.of(order, genesis.swarm()),
            digest(10),
            genesis.policy().digest(),
            merge.checks(),
            new RevertOrder.Signed(order, SIGNATURE));
    line("revert-order", order.encode());
    line("revert name", order.proposal().getBytes(StandardCharsets.US_ASCII));
    line("revert-decision", revert.encode());
    line("void-decision", undo(genesis, merge).encode());
    line(
        "adopt-decision",
        new AdoptDecision(
                genesis.chainId(), genesis.branch(), id("a"), id("8"), SIGNATURE, SIGNATURE)
            .encode());
    line(
        "engine-decision",
        new EngineDecision(genesis.chainId(), 0, Digest.ZERO, digest(10), SIGNATURE).encode());
  }

  private void sets(Genesis genesis) {
    SetChange change =
        SetChange.of(
            genesis.chainId(),
            genesis.set(),
            List.of(1),
            List.of(new Member(4, "hello-v4", key(4), digest(4), 2)));
    Offence offence = new Offence(1, key(1).fingerprint(), 0, 7, Offence.Step.NOTARIZE);
    line("validators", genesis.set().encode());
    line("set-change", change.encode());
    for (Grounds grounds :
        List.of(
            new Grounds.Misbehaviour(digest(13), List.of(offence)),
            new Grounds.KeyRotation(SIGNATURE),
            new Grounds.Administrator(new AdminSignature(key(6).fingerprint(), SIGNATURE)),
            new Grounds.OperatorsWord(SIGNATURE))) {
      line(
          "set-decision by " + grounds.getClass().getSimpleName(),
          new SetDecision(change, grounds).encode());
    }
  }

  private static VoidDecision undo(Genesis genesis, MergeDecision merge) {
    return new VoidDecision(
        genesis.chainId(), genesis.branch(), id("e"), merge.digest(), "upstream moved", SIGNATURE);
  }

  /** One landing that can be voided, one that was, two reverts, and an engine in force. */
  private static ChainState moved(Genesis genesis, MergeDecision merge) {
    Branch branch = new Branch(id("e"), List.of(new Branch.Move(merge.digest(), id("a"), 2)), 1, 2);
    return new ChainState(
        Chain.of(genesis),
        new TreeMap<>(Map.of(genesis.branch(), branch)),
        new ChainState.InForce<>(genesis.policy(), 3),
        new ChainState.InForce<>(Optional.of(digest(10)), 1),
        new Membership(
            new Electorate.Everybody(genesis.set()),
            Optional.of(genesis.set().change(List.of(1), List.of())),
            new TreeSet<>(
                List.of(new Offence(1, key(1).fingerprint(), 0, 7, Offence.Step.NOTARIZE)))),
        4);
  }

  private void certificate(Genesis genesis, BlockPayload payload) {
    BlockHeader header =
        new BlockHeader(genesis.chainId(), 0, 1, 2, digest(4), payload.digest(), payload.count());
    Ballot ballot = Ballot.finalize(header);
    Certificate certificate =
        new Certificate(ballot, Bytes.of((byte) 0b1011), List.of(SIGNATURE, SIGNATURE, SIGNATURE));
    Finality finality = new Finality(certificate, List.of(header));
    line("validator set root", ValidatorSets.root(genesis).bytes());
    line("block", header.encode());
    line("finalize", ballot.encode());
    line("finality", finality.encode());
    line("decision-certificate", DecisionCertificate.of(genesis, finality, payload, 0).encode());
  }

  private static CheckSpec spec() {
    return new CheckSpec(
        "unit", "localhost/x:1", List.of("make", "test"), 60, new TreeMap<>(Map.of("CI", "1")));
  }

  private static CheckSpec specWithPaths() {
    CheckSpec whole = spec();
    return new CheckSpec(
        whole.name(),
        whole.image(),
        whole.command(),
        whole.timeoutSeconds(),
        whole.env(),
        List.of("src/**", "*.md"));
  }

  private static Genesis genesis(Policy policy) {
    List<Member> members =
        IntStream.range(0, 4)
            .mapToObj(i -> new Member(i, "hello-v" + i, key(i), digest(i), 1))
            .toList();
    return new Genesis(
        Bytes.of(filled(32, 0x11)),
        "hello",
        "refs/heads/main",
        id("a"),
        new OperatorIdentity(key(7), digest(7)),
        new HubMember("hello-hub", key(8), digest(8)),
        members,
        policy,
        500,
        List.of(key(6)));
  }

  private static MergeDecision merge(
      Genesis genesis, AuthorStatement statement, SignedGrant grant) {
    ExactMerge merge =
        new ExactMerge(id("a"), id("b"), id("c"), id("d"), digest(5), id("e"), "Textual");
    CheckResult check =
        new CheckResult("unit", spec().digest(), "sha256:0123", id("d"), true, digest(6));
    return new MergeDecision(
        genesis.chainId(),
        genesis.branch(),
        0,
        statement.proposal(),
        merge,
        CommitMeta.of(statement, genesis.swarm()),
        digest(10),
        genesis.policy().digest(),
        List.of(check),
        new SignedStatement(statement, SIGNATURE),
        grant);
  }

  private static EnrolmentStatement enrolment() {
    return new EnrolmentStatement(
        "swarm-uid",
        "pod-uid",
        NodeRole.VALIDATOR,
        "hello-v0",
        Bytes.of(filled(32, 0x22)),
        key(0),
        digest(0));
  }

  private void line(String name, byte[] bytes) {
    out.append(name).append("\n  ").append(bytes.length).append(" bytes, SHA-256 ");
    out.append(Digest.sha256(bytes)).append('\n');
    if (bytes.length <= SHOWN_WHOLE) {
      out.append("  ").append(HexFormat.of().formatHex(bytes)).append('\n');
    }
  }

  private static String published() throws IOException {
    try (InputStream in = EncodingVectorsTest.class.getResourceAsStream("/vectors/encodings.txt")) {
      return new String(
          Objects.requireNonNull(in, "vectors").readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static VerifyingKey key(int fill) {
    return VerifyingKey.of(filled(VerifyingKey.SIZE, fill));
  }

  static Digest digest(int fill) {
    return Digest.of(filled(Digest.SIZE, fill));
  }

  static String id(String digit) {
    return digit.repeat(40);
  }

  private static byte[] filled(int size, int fill) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) fill);
    return bytes;
  }
}
