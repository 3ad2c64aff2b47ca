package dev.qudag.node.hub.landing;

import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.chain.Applied;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.main.CrashPoint;
import dev.qudag.node.objects.MissingObjects;
import java.util.List;
import java.util.Optional;

/**
 * The one place that moves the protected branch. Its only input is genesis, and blocks with the
 * proof that the validators of their epoch made them final, whose set follows from genesis by the
 * blocks before; what the operator, a workspace or the hub itself wants is not asked.
 *
 * <p>Blocks land in the order of the chain. The branch moves once for each decision: nobody sees it
 * at a commit inside a batch. Each step of a landing can be repeated, so that whatever the process
 * dies at, the same block applied again ends in the same state:
 *
 * <pre>
 *   verify -> commit object -> update-ref NEW OLD -> note with the certificate -> journal -> height
 *                         |  ^
 *                         v  | upstream has it
 *                   note -> push with lease --- upstream went another way: the chain goes on without
 *                                               the branch, until a Void has taken it back
 * </pre>
 */
public final class Landing {
  private final HubRepository repository;
  private final ChainLog chain;
  private final LandingJournal journal;
  private final CommitParts parts;
  private final CommitNotes notes;
  private final Optional<UpstreamGate> gate;
  private Optional<Held> held = Optional.empty();

  /** A proven block that upstream did not take: it is not proven again before the next try. */
  private record Held(Digest block, Obstacle why) {}

  /** What became of a block. */
  public sealed interface Result {
    /** Everything in it has landed, now or before. */
    record Landed(long height) implements Result {}

    /** It is proven, and upstream does not take it now: the same again later. */
    record Waiting(Obstacle why) implements Result {}

    /** It proves nothing, or it is not the next one; nothing has changed. */
    record Refused(String why) implements Result {}

    /**
     * It is final and still cannot be applied: the validators broke the rules, or somebody wrote
     * the branch behind the hub's back. Nothing may land any more.
     */
    record Unsafe(String why) implements Result {}
  }

  /**
   * @param upstream what a landing has to get past first
   */
  public Landing(
      HubRepository repository,
      ChainLog chain,
      LandingJournal journal,
      MissingObjects lost,
      Optional<Upstream> upstream) {
    this.repository = repository;
    this.chain = chain;
    this.journal = journal;
    this.parts = new CommitParts(repository, lost);
    this.notes = new CommitNotes(repository, chain, journal);
    this.gate = upstream.map(there -> new UpstreamGate(repository, there));
  }

  /** The validators of the epoch that the chain is in, as far as it has landed. */
  public MemberSet set() {
    return chain.state().set();
  }

  private MemberSet voters() {
    return chain.state().voters();
  }

  /** The height up to which everything has landed. */
  public long height() {
    return chain.state().height();
  }

  /**
   * Has the branch begin at the commit of genesis, on a volume where nothing has landed: the seed
   * that was planted there may be another one by now, and an upstream is further by now. What has
   * landed and was not written down lands again, and upstream has it.
   */
  public synchronized void startFromGenesis() {
    var start = ObjectId.of(chain.state().genesis().head());
    ObjectId head = repository.head();
    if (height() > 0 || head.equals(start)) {
      return;
    }
    if (!repository.git().hasCommit(start)) {
      parts.require(start, List.of());
    }
    boolean isAhead = repository.git().isAncestor(start, head);
    if ((!isAhead || gate.isPresent())
        && !repository.git().update(repository.branch(), start, head)) {
      throw new IllegalStateException(repository.branch().full() + " was moved by somebody else");
    }
  }

  public synchronized Result apply(Block block, Finality finality) {
    BlockHeader header = block.header();
    if (header.height() <= chain.state().height()) {
      return new Result.Landed(chain.state().height());
    }
    if (held.filter(before -> before.block().equals(header.digest())).isPresent()
        && gate.filter(UpstreamGate::isResting).isPresent()) {
      return new Result.Waiting(held.get().why());
    }
    CrashPoint.reached("hub-before-verify");
    BlockPayload payload;
    try {
      payload = BlockPayload.decode(block.payload().toArray());
    } catch (MalformedEncodingException e) {
      return new Result.Refused("the payload at height " + header.height() + ": " + e.getMessage());
    }
    Optional<String> refusal = new BlockProof(chain).refusal(header, payload, finality);
    if (refusal.isPresent()) {
      return new Result.Refused(refusal.get());
    }
    CrashPoint.reached("hub-after-verify");
    return switch (chain.state().apply(payload)) {
      case Applied.Accepted accepted -> {
        Result result = land(header, payload, finality, accepted.next());
        held =
            result instanceof Result.Waiting(Obstacle why)
                ? Optional.of(new Held(header.digest(), why))
                : Optional.empty();
        yield result;
      }
      case Applied.Refused refused ->
          new Result.Unsafe(
              "the final block at height " + header.height() + ": " + refused.refusal().message());
    };
  }

  private Result land(
      BlockHeader header, BlockPayload payload, Finality finality, ChainState next) {
    List<OrderedDecision> decisions = payload.decisions();
    for (int i = 0; i < decisions.size(); i++) {
      var certificate = DecisionCertificate.of(voters(), finality, payload, i);
      Optional<Result> obstacle =
          switch (decisions.get(i).decision()) {
            case LandingDecision landing ->
                land(landing, weightOf(decisions.get(i).approvals()), certificate);
            case VoidDecision undone -> takeBack(undone, decisions.subList(0, i), certificate);
            case AdoptDecision adopt -> adopt(adopt, certificate);
            case PolicyDecision change -> keep(change, certificate);
            case EngineDecision change -> keep(change, certificate);
            case SetDecision change -> keep(change, certificate);
          };
      if (obstacle.isPresent()) {
        return obstacle.get();
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

  private Optional<Result> keep(Decision decision, DecisionCertificate certificate) {
    journal.keep(decision, certificate);
    return Optional.empty();
  }

  private Optional<Result> land(
      LandingDecision decision, int approvals, DecisionCertificate proof) {
    var commit = ObjectId.of(decision.commit());
    var base = ObjectId.of(decision.base());
    var branch = RefName.of(decision.branch());
    if (!parts.make(decision)) {
      return unsafe(
          "decision " + decision.digest() + " names a commit that does not follow from it");
    }
    CrashPoint.reached("hub-after-commit-written");
    ObjectId head = repository.git().ref(branch).orElse(ObjectId.ZERO);
    boolean isNew = head.equals(base); // what follows on the head is not in its history
    boolean landed = !isNew && (head.equals(commit) || repository.git().isAncestor(commit, head));
    DecisionCertificate certificate =
        isNew && gate.isEmpty() ? proof : notes.find(decision).orElse(proof);
    if (!landed && gate.isPresent()) {
      switch (gate.get().pass(head, decision, () -> notes.write(decision, certificate))) {
        case UpstreamGate.Passage.Open _ -> {}
        case UpstreamGate.Passage.Parted _ -> {
          return Optional.empty();
        }
        case UpstreamGate.Passage.Closed(Obstacle why) -> {
          return Optional.of(new Result.Waiting(why));
        }
      }
    }
    if (!landed && !repository.git().update(branch, commit, base)) {
      return unsafe(
          branch.full() + " is at " + head + ", not at " + base + ": somebody else wrote it");
    }
    CrashPoint.reached("hub-after-update-ref");
    notes.write(decision, certificate);
    CrashPoint.reached("hub-after-note");
    journal.landed(decision, approvals, certificate);
    CrashPoint.reached("hub-after-journal");
    return Optional.empty();
  }

  private static Optional<Result> unsafe(String why) {
    return Optional.of(new Result.Unsafe(why));
  }

  /**
   * What was taken back has as a rule not come onto the branch. Where it has, by a void that was
   * not needed, upstream holds it, and it comes again by an adoption.
   *
   * @param before what the block has before it
   */
  private Optional<Result> takeBack(
      VoidDecision undone, List<OrderedDecision> before, DecisionCertificate certificate) {
    var target = ObjectId.of(Unlanded.baseOf(undone, chain.state(), before));
    ObjectId head = repository.head();
    boolean isAhead = !head.equals(target) && repository.git().isAncestor(target, head);
    if (isAhead && !repository.git().update(repository.branch(), target, head)) {
      return unsafe(repository.branch().full() + " was moved by somebody else");
    }
    CrashPoint.reached("hub-after-taken-back");
    return keep(undone, certificate);
  }

  private Optional<Result> adopt(AdoptDecision adopted, DecisionCertificate certificate) {
    var base = ObjectId.of(adopted.base());
    var commit = ObjectId.of(adopted.commit());
    if (!repository.git().hasCommit(commit)) {
      parts.require(commit, List.of(base));
    }
    ObjectId head = repository.head();
    boolean isThere = head.equals(commit) || repository.git().isAncestor(commit, head);
    if (!isThere && !repository.git().update(repository.branch(), commit, base)) {
      return unsafe(
          repository.branch().full() + " is at " + head + ", not at " + base + ", to adopt");
    }
    CrashPoint.reached("hub-after-adopted");
    return keep(adopted, certificate);
  }

  /** How the branch stands to upstream's, which is asked; of a hub with an upstream. */
  public synchronized Course compare(Upstream upstream) {
    return Course.of(
        chain.state(),
        repository.branch().full(),
        repository.head(),
        upstream.look(),
        repository.git()::isAncestor);
  }

  /** The first decision that is final and could not land, and the head that it was voided for. */
  public synchronized Optional<Course.TakeBack> parted() {
    return Unlanded.first(chain.state(), repository.branch().full(), repository.head());
  }
}
