package dev.qudag.node.validator;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.ExactMerge;
import dev.qudag.consensus.chain.decision.ExactRevert;
import dev.qudag.consensus.chain.decision.LandedAs;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.policy.LandingPolicy;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.consensus.chain.proposal.CommitMeta;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.merge.Analysis;
import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.BundleWriter;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.merge.git.MergeAnalyzer;
import dev.qudag.merge.git.TreeContent;
import dev.qudag.merge.git.landing.LandingCommits;
import dev.qudag.merge.landing.CommitSigner;
import dev.qudag.node.commit.DecidedCommits;
import dev.qudag.proto.Chunk;
import dev.qudag.proto.FetchRequest;
import dev.qudag.proto.ObjectStoreGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The hub as validators see it: a real repository, its objects over gRPC, and decisions made of
 * real merges.
 */
final class TestingHubRepository extends ObjectStoreGrpc.ObjectStoreImplBase {
  static final RefName BRANCH = RefName.branch("main");

  private final GitRepository repository;
  private final BundleWriter bundles;
  private final NodeIdentity operator;
  private final NodeIdentity workspace;
  private final Map<String, byte[]> files = new TreeMap<>();
  private long time = 1_700_000_000;

  TestingHubRepository(Path folder, NodeIdentity operator, NodeIdentity workspace) {
    this.repository = GitRepository.openOrInit(folder, BRANCH);
    this.bundles = new BundleWriter(repository);
    this.operator = operator;
    this.workspace = workspace;
    files.put("README", bytes("seed\n"));
  }

  ObjectId seed() {
    return commit(files, List.of());
  }

  /** Commits one new file on top of a commit, as an agent that cloned it would. */
  ObjectId change(ObjectId on, String path) {
    return change(on, path, "by an agent\n");
  }

  /** Commits the seed and one file of that content on top of a commit. */
  ObjectId change(ObjectId on, String path, String content) {
    Map<String, byte[]> changed = new HashMap<>(files);
    changed.put(path, bytes(content));
    return commit(changed, List.of(on));
  }

  /** The decision to merge a commit into the head of the state. */
  MergeDecision decide(Genesis genesis, ChainState state, ObjectId head) {
    return decide(
        genesis,
        ObjectId.of(state.head(genesis.branch()).orElseThrow()),
        state.policyDigest(),
        head);
  }

  /** The decision to merge a commit into a base, by a policy. */
  MergeDecision decide(Genesis genesis, ObjectId base, Digest policy, ObjectId head) {
    var merged = (Analysis.Clean) new MergeAnalyzer(repository).analyze(base, head);
    return decide(genesis, base, policy, head, merged, Digest.ofHex(repository.engine().hex()));
  }

  /** The decision to merge a commit into a base as a hub with that engine says it merges. */
  MergeDecision decide(
      Genesis genesis,
      ObjectId base,
      Digest policy,
      ObjectId head,
      Analysis.Clean merged,
      Digest engine) {
    AuthorStatement statement =
        new AuthorStatement(
            genesis.chainId(),
            "uid-ada",
            "ada",
            "ada",
            head.hex(),
            genesis.branch(),
            "Add a file",
            time * 1000);
    CommitMeta meta = CommitMeta.of(statement, genesis.swarm());
    byte[] commit = CommitBuilder.merge(merged.tree(), base, head, git(meta));
    repository.writeCommit(commit);
    ExactMerge exact =
        new ExactMerge(
            base.hex(),
            merged.mergeBase().hex(),
            head.hex(),
            merged.tree().hex(),
            Digest.of(new TreeContent(repository).digest(merged.tree())),
            CommitBuilder.id(commit).hex(),
            merged.category().name());
    return new MergeDecision(
        genesis.chainId(),
        genesis.branch(),
        0,
        statement.proposal(),
        exact,
        meta,
        engine,
        policy,
        List.of(),
        statement.sign(workspace.signingKey()),
        new WorkspaceGrant(
                genesis.chainId(),
                "uid-ada",
                "ada",
                workspace.verifyingKey(),
                workspace.tlsFingerprint())
            .sign(operator.signingKey()));
  }

  /** The decision to land a commit on the head of the state as a policy says, signed if it asks. */
  MergeDecision decide(
      Genesis genesis, ChainState state, ObjectId head, LandingPolicy policy, CommitSigner signer) {
    MergeDecision plain = decide(genesis, state, head);
    ExactMerge merge = plain.merge();
    var made =
        (LandingCommits.Outcome.Made)
            new LandingCommits(repository)
                .merge(
                    new LandingCommits.Merge(
                        ObjectId.of(merge.base()),
                        head,
                        ObjectId.of(merge.mergeBase()),
                        ObjectId.of(merge.tree())),
                    DecidedCommits.form(policy),
                    DecidedCommits.meta(plain.meta()),
                    signer);
    return landedAs(
        plain,
        made.commit(),
        new LandedAs(policy, made.signatures().stream().map(Bytes::of).toList()));
  }

  /** The same decision about another commit. */
  static MergeDecision landedAs(MergeDecision of, ObjectId commit, LandedAs landedAs) {
    ExactMerge merge = of.merge();
    return new MergeDecision(
        of.chainId(),
        of.branch(),
        of.voids(),
        of.proposal(),
        new ExactMerge(
            merge.base(),
            merge.mergeBase(),
            merge.head(),
            merge.tree(),
            merge.treeDigest(),
            commit.hex(),
            merge.category()),
        of.meta(),
        of.engineDigest(),
        of.policyDigest(),
        of.checks(),
        of.author(),
        of.grant(),
        landedAs);
  }

  /** The decision to merge commits one after the other onto the head of the state, together. */
  BatchDecision decideTogether(Genesis genesis, ChainState state, ObjectId... heads) {
    List<MergeDecision> members = new ArrayList<>();
    ObjectId base = ObjectId.of(state.head(genesis.branch()).orElseThrow());
    for (ObjectId head : heads) {
      MergeDecision member = decide(genesis, base, state.policyDigest(), head);
      members.add(member);
      base = ObjectId.of(member.commit());
    }
    return new BatchDecision(members, List.of());
  }

  /** A person's order to undo a commit, as the operator signs it now. */
  RevertOrder.Signed order(Genesis genesis, ChainState state, ObjectId commit) {
    return new RevertOrder(
            genesis.chainId(),
            commit.hex(),
            genesis.branch(),
            state.reverts(genesis.branch()),
            "grace",
            "It broke the build",
            time * 1000)
        .sign(operator.signingKey());
  }

  /** The decision that carries an order out on the head of the state. */
  RevertDecision revert(Genesis genesis, ChainState state, RevertOrder.Signed order) {
    ObjectId base = ObjectId.of(state.head(genesis.branch()).orElseThrow());
    ObjectId reverted = ObjectId.of(order.order().commit());
    var undone = (Analysis.Clean) new MergeAnalyzer(repository).revert(base, reverted);
    CommitMeta meta = CommitMeta.of(order.order(), genesis.swarm());
    byte[] commit = CommitBuilder.revert(undone.tree(), base, git(meta));
    repository.writeCommit(commit);
    return new RevertDecision(
        genesis.chainId(),
        genesis.branch(),
        state.voids(genesis.branch()),
        new ExactRevert(
            base.hex(),
            reverted.hex(),
            new MergeAnalyzer(repository).before(reverted).orElseThrow().hex(),
            undone.tree().hex(),
            Digest.of(new TreeContent(repository).digest(undone.tree())),
            CommitBuilder.id(commit).hex()),
        meta,
        Digest.ofHex(repository.engine().hex()),
        state.policyDigest(),
        List.of(),
        order);
  }

  ObjectId treeOf(ObjectId commit) {
    return repository.treeOf(commit).orElseThrow();
  }

  @Override
  public void fetch(FetchRequest request, StreamObserver<Chunk> answer) {
    Map<RefName, ObjectId> wants = new HashMap<>();
    for (String want : request.getWantsList()) {
      wants.put(RefName.of("refs/wants/" + want), ObjectId.of(want));
    }
    try (var bundle = new ByteArrayOutputStream()) {
      bundles.write(wants, request.getHavesList().stream().map(ObjectId::of).toList(), bundle);
      answer.onNext(Chunk.newBuilder().setData(ByteString.copyFrom(bundle.toByteArray())).build());
      answer.onCompleted();
    } catch (IOException e) {
      throw Status.INTERNAL.withCause(e).asRuntimeException();
    }
  }

  private ObjectId commit(Map<String, byte[]> tree, List<ObjectId> parents) {
    var meta =
        new dev.qudag.merge.CommitMeta(
            "Ada", "ada@example.org", "Ada", "ada@example.org", time++, "change");
    return repository.writeCommit(CommitBuilder.bytes(repository.writeTree(tree), parents, meta));
  }

  private static dev.qudag.merge.CommitMeta git(CommitMeta meta) {
    return new dev.qudag.merge.CommitMeta(
        meta.authorName(),
        meta.authorEmail(),
        meta.committerName(),
        meta.committerEmail(),
        meta.epochSeconds(),
        meta.message());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
