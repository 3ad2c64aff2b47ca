package dev.qudag.node.hub;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.node.commit.DecidedCommits;
import dev.qudag.node.disk.VolumeReserve;
import dev.qudag.node.hub.analysis.Analyses;
import dev.qudag.node.hub.analysis.SigningSecret;
import dev.qudag.node.hub.book.CertificateShelf;
import dev.qudag.node.hub.book.Changes;
import dev.qudag.node.hub.book.DecisionBook;
import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.node.hub.book.ProposalBook;
import dev.qudag.node.hub.book.Room;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.hub.book.WorkspaceBook;
import dev.qudag.node.hub.custody.Custody;
import dev.qudag.node.hub.custody.CustodyLink;
import dev.qudag.node.hub.custody.ReturnedRecords;
import dev.qudag.node.hub.landing.ChainLog;
import dev.qudag.node.hub.landing.Landing;
import dev.qudag.node.hub.landing.LandingJournal;
import dev.qudag.node.hub.landing.Obstacle;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.hub.restore.OpenDecisions;
import dev.qudag.node.hub.restore.Restore;
import dev.qudag.node.hub.restore.Validator;
import dev.qudag.node.hub.upstream.Following;
import dev.qudag.node.hub.upstream.Outside;
import dev.qudag.node.objects.MissingObjects;
import dev.qudag.proto.DecisionState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The hub of one chain: its books, and what comes in from the validators. */
final class Hub implements ValidatorLink.Chain {
  private static final System.Logger LOG = System.getLogger(Hub.class.getName());
  private static final long MAX_BUNDLE_BYTES = 256L << 20;

  private final Genesis genesis;
  private final HubRepository repository;
  private final Changes changes = new Changes();
  private final ChainLog chain;
  private final ProposalBook proposals;
  private final WorkspaceBook workspaces;
  private final DecisionBook decisions;
  private final CertificateShelf certificates;
  private final Tallies tallies;
  private final Landing landing;
  private final LandingJournal journal;
  private final OpenDecisions open;
  private final Custody custody;
  private final ReturnedRecords returned;
  private final InstantSource clock;
  private final VolumeReserve reserve;
  private final Optional<Following> following;
  private final SigningSecret signing;
  private volatile Stall stall = Stall.NONE;
  private volatile Optional<Obstacle> waiting = Optional.empty();

  /** Why nothing lands; empty texts when something does. */
  record Stall(String reason, String message) {
    static final Stall NONE = new Stall("", "");
  }

  /**
   * @param key that the hub signs with
   * @param lost brings back what an earlier volume of this hub held
   * @param outside there when genesis says that the branch follows an upstream
   * @param signing the key that signs what lands, where the policy asks for it
   */
  Hub(
      Genesis genesis,
      HubRepository repository,
      Path data,
      InstantSource clock,
      SigningKey key,
      MissingObjects lost,
      Optional<Outside> outside,
      SigningSecret signing)
      throws IOException {
    this.genesis = genesis;
    this.repository = repository;
    this.clock = clock;
    this.reserve = VolumeReserve.of(data);
    this.signing = signing;
    this.chain = ChainLog.open(data, genesis);
    this.proposals = ProposalBook.open(data, clock, changes);
    this.workspaces = WorkspaceBook.open(data, changes);
    this.decisions = DecisionBook.open(data);
    this.certificates = CertificateShelf.open(data);
    this.tallies = new Tallies(this::set);
    this.journal = new LandingJournal(chain, proposals, decisions, certificates, clock);
    this.landing = new Landing(repository, chain, journal, lost, outside.map(Outside::upstream));
    this.following =
        outside.map(
            there ->
                new Following(
                    landing,
                    chain,
                    genesis.branch(),
                    there,
                    changes,
                    decision -> tallies.rejection(decision).isPresent(),
                    clock));
    this.open =
        new OpenDecisions(
            chain, repository, proposals, decisions, genesis.operator().signingKey(), lost);
    this.custody = new Custody(genesis.chainId(), proposals, this::set, key, changes);
    this.returned = new ReturnedRecords(genesis, repository, proposals, lost);
    journal.headMoved(chain.state());
  }

  Genesis genesis() {
    return genesis;
  }

  HubRepository repository() {
    return repository;
  }

  ChainLog chain() {
    return chain;
  }

  ProposalBook proposals() {
    return proposals;
  }

  WorkspaceBook workspaces() {
    return workspaces;
  }

  CertificateShelf certificates() {
    return certificates;
  }

  Tallies tallies() {
    return tallies;
  }

  /** What validators keep for this hub. */
  Custody custody() {
    return custody;
  }

  /** Gives a validator what it is to keep, from its start on. */
  CustodyLink custodyBy(Validator validator) {
    return new CustodyLink(validator.member(), validator.channel(), custody, returned, changes);
  }

  Stall stall() {
    return stall;
  }

  /** What keeps the branch in step with upstream's, where there is one. */
  Optional<Following> following() {
    return following;
  }

  /** What of upstream keeps commits from landing. */
  Optional<Obstacle> obstacle() {
    return waiting.or(() -> following.flatMap(Following::obstacle));
  }

  /**
   * Gets back from the validators what an earlier volume held.
   *
   * @param waysTo validators and the ways to them
   * @param introduced the set that decides by now, on the operator's word
   */
  Restore restore(Function<List<Member>, List<Validator>> waysTo, Optional<MemberSet> introduced) {
    return new Restore(genesis, waysTo, introduced, landing, returned, open);
  }

  /** The validators of the epoch that the chain is in. */
  MemberSet set() {
    return chain.state().set();
  }

  Landing landing() {
    return landing;
  }

  Analyses analyses() {
    return new Analyses(
        repository, genesis.swarm(), () -> chain.state().policy().landing(), signing);
  }

  /** Why nothing can be signed as the policy asks for; empty when it can, or none asks. */
  Optional<String> unsigned() {
    return DecidedCommits.form(chain.state().policy().landing()).signer().flatMap(signing::fault);
  }

  Deciding deciding(Analyses analyses) {
    return new Deciding(repository, chain, proposals, decisions, analyses, changes, following);
  }

  Reverts reverts() {
    return new Reverts(repository, chain, proposals);
  }

  /** What of its volume nothing new may take. */
  VolumeReserve reserve() {
    return reserve;
  }

  Submissions submissions() {
    return submissions(Room.STANDARD, reserve);
  }

  Submissions submissions(Room room, VolumeReserve kept) {
    return new Submissions(
        genesis, repository, proposals, workspaces, custody, MAX_BUNDLE_BYTES, room, kept, clock);
  }

  @Override
  public Changes changes() {
    return changes;
  }

  @Override
  public long height() {
    return chain.state().height();
  }

  @Override
  public boolean apply(Block block, Finality finality) {
    Landing.Result result = landing.apply(block, finality);
    return switch (result) {
      case Landing.Result.Landed _ -> {
        waiting = Optional.empty();
        changes.signal();
        yield true;
      }
      case Landing.Result.Waiting(Obstacle why) -> {
        await(why);
        yield false;
      }
      case Landing.Result.Refused refused -> {
        LOG.log(System.Logger.Level.WARNING, "refused: {0}", refused.why());
        yield false;
      }
      case Landing.Result.Unsafe unsafe -> {
        LOG.log(System.Logger.Level.ERROR, "nothing lands any more: {0}", unsafe.why());
        stall = new Stall("SafetyViolation", unsafe.why());
        changes.signal();
        yield false;
      }
    };
  }

  /** The block comes again with the next conversation. */
  private void await(Obstacle why) {
    if (!waiting.equals(Optional.of(why))) {
      LOG.log(System.Logger.Level.WARNING, "landing waits: {0}", why.message());
      waiting = Optional.of(why);
      changes.signal();
    }
  }

  @Override
  public List<Decision> undecided() {
    Set<Digest> deciding = new LinkedHashSet<>(); // those that land together have one decision
    for (HubProposal proposal : proposals.all()) {
      if (proposal.standing() instanceof Standing.Deciding standing) {
        deciding.add(standing.decision());
      }
    }
    List<Decision> undecided = new ArrayList<>();
    deciding.forEach(digest -> decisions.find(digest).ifPresent(undecided::add));
    decisions.changes().stream()
        .filter(decision -> changeToCome(decision).isPresent())
        .forEach(undecided::add);
    following.flatMap(Following::pending).ifPresent(undecided::add);
    return undecided;
  }

  /**
   * Why the validators rejected changes of policy and set that are to come, by the digest of the
   * change. One that another decision asks for too is not among them before that is rejected.
   */
  Map<Digest, String> rejectedChanges() {
    Map<Digest, String> rejected = new LinkedHashMap<>();
    Set<Digest> open = new HashSet<>();
    for (Decision decision : decisions.changes()) {
      Optional<Digest> change = changeToCome(decision).map(Digest::sha256);
      if (change.isPresent()) {
        decisions
            .rejection(decision.digest())
            .ifPresentOrElse(why -> rejected.put(change.get(), why), () -> open.add(change.get()));
      }
    }
    rejected.keySet().removeAll(open);
    return rejected;
  }

  /** What a decision changes, if it was handed in for the policy or the set that is in force. */
  private Optional<byte[]> changeToCome(Decision decision) {
    ChainState state = chain.state();
    return switch (decision) {
      case PolicyDecision policy ->
          policy.sequence() == state.policyChanges()
                  && policy.previousDigest().equals(state.policyDigest())
              ? Optional.of(policy.change().encode())
              : Optional.empty();
      case SetDecision set ->
          set.change().epoch() == state.set().epoch()
              ? Optional.of(set.change().encode())
              : Optional.empty();
      case LandingDecision landing -> Optional.empty();
      case VoidDecision undone -> Optional.empty();
      case AdoptDecision adopt -> Optional.empty();
      case EngineDecision change -> Optional.empty();
    };
  }

  @Override
  public void report(int validator, List<DecisionState> pending) {
    if (tallies.report(validator, pending)) {
      for (HubProposal proposal : proposals.all()) {
        if (proposal.standing() instanceof Standing.Deciding deciding) {
          giveUpRejected(proposal, deciding.decision());
        }
      }
      noteRejectedChanges();
      changes.signal();
    }
  }

  private void noteRejectedChanges() {
    for (Decision decision : decisions.changes()) {
      if (changeToCome(decision).isPresent()) {
        Digest digest = decision.digest();
        tallies.rejection(digest).ifPresent(why -> decisions.reject(digest, why));
      }
    }
  }

  private void giveUpRejected(HubProposal proposal, Digest decision) {
    Optional<String> rejection = tallies.rejection(decision);
    if (rejection.isEmpty()) {
      return;
    }
    if (decisions.find(decision).filter(BatchDecision.class::isInstance).isPresent()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} was rejected with others, and is decided by itself: {1}",
          proposal.name(),
          rejection.get());
      proposals.part(proposal.name(), decision);
    } else {
      proposals.close(
          proposal.name(),
          proposal.workspaceUid().orElse(""),
          new Standing.Closed(
              "Rejected", "a quorum of validators rejects it: " + rejection.get(), Bytes.EMPTY));
    }
  }
}
