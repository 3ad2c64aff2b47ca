package dev.qudag.node.hub.landing;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.certificate.ValidatorSets;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.consensus.chain.Applied;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.main.CrashPoint;
import dev.qudag.node.verify.CertificateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * The one place that moves the protected branch. Its only input is genesis, and blocks with the
 * proof that the validators of their epoch made them final, whose set follows from genesis by the
 * blocks before; what the operator, a workspace or the hub itself wants is not asked.
 *
 * <p>Blocks land in the order of the chain. Each step of a landing can be repeated, so that
 * whatever the process dies at, the same block applied again ends in the same state:
 *
 * <pre>
 *   verify -> commit object -> update-ref NEW OLD -> note with the certificate -> journal -> height
 * </pre>
 */
public final class Landing {
  private final HubRepository repository;
  private final ChainLog chain;
  private final LandingJournal journal;
  private final LostObjects lost;

  /** What became of a block. */
  public sealed interface Result {
    /** Everything in it has landed, now or before. */
    record Landed(long height) implements Result {}

    /** It proves nothing, or it is not the next one; nothing has changed. */
    record Refused(String why) implements Result {}

    /**
     * It is final and still cannot be applied: the validators broke the rules, or somebody wrote
     * the branch behind the hub's back. Nothing may land any more.
     */
    record Unsafe(String why) implements Result {}
  }

  public Landing(
      HubRepository repository, ChainLog chain, LandingJournal journal, LostObjects lost) {
    this.repository = repository;
    this.chain = chain;
    this.journal = journal;
    this.lost = lost;
  }

  /** The validators of the epoch that the chain is in, as far as it has landed. */
  public MemberSet set() {
    return chain.state().set();
  }

  private MemberSet voters() {
    return chain.state().voters();
  }

  private CertificateVerifier verifier() {
    return CertificateVerifier.of(chain.state().chainId(), chain.state().electorate());
  }

  /** The height up to which everything has landed. */
  public long height() {
    return chain.state().height();
  }

  /**
   * Has the branch begin at the commit of genesis, on a volume where nothing has landed: the seed
   * that was planted there may be another one by now.
   */
  public synchronized void startFromGenesis() {
    var start = ObjectId.of(chain.state().genesis().head());
    ObjectId head = repository.head();
    if (height() > 0 || head.equals(start)) {
      return;
    }
    require(start, List.of());
    if (!repository.git().isAncestor(start, head)
        && !repository.git().update(repository.branch(), start, head)) {
      throw new IllegalStateException(repository.branch().full() + " was moved by somebody else");
    }
  }

  public synchronized Result apply(Block block, Finality finality) {
    BlockHeader header = block.header();
    if (header.height() <= chain.state().height()) {
      return new Result.Landed(chain.state().height());
    }
    CrashPoint.reached("hub-before-verify");
    BlockPayload payload;
    try {
      payload = BlockPayload.decode(block.payload().toArray());
    } catch (MalformedEncodingException e) {
      return new Result.Refused("the payload at height " + header.height() + ": " + e.getMessage());
    }
    Optional<String> refusal = refusal(header, payload, finality);
    if (refusal.isPresent()) {
      return new Result.Refused(refusal.get());
    }
    CrashPoint.reached("hub-after-verify");
    return switch (chain.state().apply(payload)) {
      case Applied.Accepted accepted -> land(header, payload, finality, accepted.next());
      case Applied.Refused refused ->
          new Result.Unsafe(
              "the final block at height " + header.height() + ": " + refused.refusal().message());
    };
  }

  /** Why this is not the proven next block; empty when it is. */
  private Optional<String> refusal(BlockHeader header, BlockPayload payload, Finality finality) {
    if (header.height() != chain.state().height() + 1
        || !header.parentDigest().equals(chain.applied().block())) {
      return Optional.of(
          "the block at height "
              + header.height()
              + " does not follow on height "
              + chain.state().height());
    }
    if (!finality.subject().equals(header)) {
      return Optional.of("the finality is of another block than that at height " + header.height());
    }
    if (!payload.digest().equals(header.payloadDigest())
        && header.payloadCount() + payload.count() > 0) {
      return Optional.of(
          "the payload is not the one that the header at height " + header.height() + " names");
    }
    boolean ours =
        finality.headers().stream()
            .allMatch(
                of -> of.chainId().equals(chain.state().chainId()) && of.epoch() == set().epoch());
    if (!ours || !finality.isValid(ValidatorSets.of(voters()))) {
      return Optional.of(
          "no quorum of epoch "
              + set().epoch()
              + " finalized the block at height "
              + header.height());
    }
    for (int i = 0; i < payload.count(); i++) {
      Decision decision = payload.decisions().get(i).decision();
      if (verifier().verify(DecisionCertificate.of(voters(), finality, payload, i), decision)
          instanceof Verification.NotProven notProven) {
        return Optional.of(notProven.message());
      }
    }
    return Optional.empty();
  }

  private Result land(
      BlockHeader header, BlockPayload payload, Finality finality, ChainState next) {
    List<OrderedDecision> decisions = payload.decisions();
    for (int i = 0; i < decisions.size(); i++) {
      var certificate = DecisionCertificate.of(voters(), finality, payload, i);
      switch (decisions.get(i).decision()) {
        case LandingDecision landing -> {
          int approvals = weightOf(decisions.get(i).approvals());
          Optional<String> obstacle = land(landing, approvals, certificate);
          if (obstacle.isPresent()) {
            return new Result.Unsafe(obstacle.get());
          }
        }
        case PolicyDecision change -> journal.keep(change, certificate);
        case EngineDecision change -> journal.keep(change, certificate);
        case SetDecision change -> journal.keep(change, certificate);
        case VoidDecision undone -> {
          return cannotLand(undone);
        }
        case AdoptDecision adopt -> {
          return cannotLand(adopt);
        }
      }
    }
    chain.advance(next, header.digest());
    journal.headMoved(next);
    return new Result.Landed(header.height());
  }

  private int weightOf(List<Attestation> approvals) {
    return approvals.stream()
        .mapToInt(approval -> voters().members().get(approval.author()).weight())
        .sum();
  }

  /** No honest quorum approves these yet: such a block comes from a newer swarm than this hub. */
  private static Result cannotLand(Decision decision) {
    return new Result.Unsafe(
        "a "
            + decision.kind()
            + " decision is final, and this hub cannot carry it out: run a hub as new as the"
            + " validators");
  }

  private Optional<String> land(
      LandingDecision decision, int approvals, DecisionCertificate proof) {
    var commit = ObjectId.of(decision.commit());
    var base = ObjectId.of(decision.base());
    var branch = RefName.of(decision.branch());
    byte[] bytes = commitBytes(decision);
    if (!CommitBuilder.id(bytes).equals(commit)) {
      return Optional.of(
          "decision " + decision.digest() + " names a commit that does not follow from it");
    }
    repository.git().writeCommit(bytes);
    CrashPoint.reached("hub-after-commit-written");
    ObjectId head = repository.git().ref(branch).orElse(ObjectId.ZERO);
    boolean isNew = head.equals(base); // what follows on the head is not in its history
    boolean landed = !isNew && (head.equals(commit) || repository.git().isAncestor(commit, head));
    if (!landed && !repository.git().update(branch, commit, base)) {
      return Optional.of(
          branch.full() + " is at " + head + ", not at " + base + ": somebody else wrote it");
    }
    CrashPoint.reached("hub-after-update-ref");
    DecisionCertificate certificate = isNew ? proof : noted(decision, commit).orElse(proof);
    repository
        .certificates()
        .write(commit, note(decision, certificate), HubRepository.git(decision.meta()));
    CrashPoint.reached("hub-after-note");
    journal.landed(decision, approvals, certificate);
    CrashPoint.reached("hub-after-journal");
    return Optional.empty();
  }

  private byte[] commitBytes(LandingDecision decision) {
    var base = ObjectId.of(decision.base());
    var tree = ObjectId.of(decision.tree());
    return switch (decision) {
      case MergeDecision merge -> {
        var head = ObjectId.of(merge.head());
        requireParts(merge, repository.git().hasCommit(head));
        yield HubRepository.commitBytes(tree, base, head, merge.meta());
      }
      case RevertDecision revert -> {
        requireParts(revert, true);
        yield HubRepository.revertBytes(tree, base, revert.meta());
      }
    };
  }

  /** This hub took in what is merged and made the tree, unless it has another volume since. */
  private void requireParts(LandingDecision decision, boolean hasWhatIsMerged) {
    if (!hasWhatIsMerged || repository.git().treeOf(ObjectId.of(decision.tree())).isEmpty()) {
      require(ObjectId.of(decision.commit()), List.of(ObjectId.of(decision.base())));
    }
  }

  private void require(ObjectId commit, List<ObjectId> haves) {
    try {
      lost.require(commit, haves);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** A landed commit's note is its {@code certificate.json}: who has the branch has the proof. */
  private byte[] note(LandingDecision decision, DecisionCertificate certificate) {
    return switch (verifier().verify(certificate, decision)) {
      case Verification.Proven proven ->
          new CertificateFile(
                  certificate, decision, journal.sealsBefore(certificate.block().epoch()))
              .write(proven);
      case Verification.NotProven notProven ->
          throw new IllegalStateException(
              "a certificate that proves nothing: " + notProven.message());
    };
  }

  /**
   * A certificate that an earlier run left: two quorums prove the same, and the first one stays.
   */
  private Optional<DecisionCertificate> noted(LandingDecision decision, ObjectId commit) {
    try {
      return repository
          .certificates()
          .read(commit)
          .map(note -> CertificateFile.read(note).certificate())
          .filter(noted -> verifier().verify(noted, decision) instanceof Verification.Proven);
    } catch (MalformedEncodingException e) {
      return Optional.empty();
    }
  }
}
