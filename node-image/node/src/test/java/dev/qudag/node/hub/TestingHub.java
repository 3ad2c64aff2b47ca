package dev.qudag.node.hub;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.policy.CheckResult;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.analysis.Analyses;
import dev.qudag.node.hub.analysis.SigningSecret;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.hub.book.Wishes;
import dev.qudag.node.hub.landing.Upstream;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.hub.repository.Seed;
import dev.qudag.node.hub.upstream.Outside;
import dev.qudag.node.hub.upstream.UpstreamStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A hub on a volume, without its network. Opening another one on the same volume is a restart. */
final class TestingHub {
  final TestingChain chain;
  final HubRepository repository;
  final Hub hub;
  private final Path data;
  private final Optional<MakesUpstream> upstream;

  /** Makes the way to an upstream, as each start of a hub does. */
  interface MakesUpstream {
    Upstream of(HubRepository repository) throws IOException;
  }

  private TestingHub(
      TestingChain chain, HubRepository repository, Path data, Optional<MakesUpstream> upstream)
      throws IOException {
    this.chain = chain;
    this.repository = repository;
    this.data = data;
    this.upstream = upstream;
    Optional<Outside> outside = Optional.empty();
    if (upstream.isPresent()) {
      outside =
          Optional.of(
              new Outside(upstream.get().of(repository), chain.hub.signingKey(), Outside.PACE));
    }
    this.hub =
        new Hub(
            chain.genesis,
            repository,
            data,
            InstantSource.system(),
            chain.hub.signingKey(),
            TestingHub::noneLost,
            outside,
            new SigningSecret(data.resolve("signing")));
  }

  /** A hub that begins where its upstream is. */
  static TestingHub following(Path data, int validators, MakesUpstream upstream)
      throws IOException {
    HubRepository repository = planted(data, upstream);
    return new TestingHub(
        TestingChain.withUpstream(validators, repository.head().hex()),
        repository,
        data,
        Optional.of(upstream));
  }

  /** The same hub with an empty volume, begun where its upstream is by now. */
  TestingHub onNewVolume(Path empty) throws IOException {
    return new TestingHub(chain, planted(empty, upstream.orElseThrow()), empty, upstream);
  }

  private static HubRepository planted(Path data, MakesUpstream upstream) throws IOException {
    HubRepository repository = HubRepository.open(data, "main");
    Optional<String> obstacle = new UpstreamStart(repository, upstream.of(repository)).plant();
    if (obstacle.isPresent()) {
      throw new IllegalStateException(obstacle.get());
    }
    return repository;
  }

  static TestingHub on(Path data, int validators) throws IOException {
    return on(data, validators, HubRepository.open(data, "main"));
  }

  static TestingHub on(Path data, int validators, HubRepository repository) throws IOException {
    Seed.plant(repository, data.resolve("no-seed"), "s");
    return new TestingHub(
        new TestingChain(
            validators, NodeIdentity.generate(), NodeIdentity.generate(), repository.head().hex()),
        repository,
        data,
        Optional.empty());
  }

  private static void noneLost(ObjectId commit, List<ObjectId> haves) throws IOException {
    throw new IOException("this hub never lost " + commit);
  }

  TestingHub restarted() throws IOException {
    return new TestingHub(chain, HubRepository.open(data, "main"), data, upstream);
  }

  /** A commit on the present head that writes one file, as a workspace would bring it. */
  ObjectId commit(String path, String content) {
    ObjectId head = repository.head();
    Map<String, byte[]> files = new java.util.TreeMap<>();
    repository
        .git()
        .entries(head)
        .forEach(
            entry ->
                files.put(
                    new String(entry.path(), StandardCharsets.UTF_8),
                    repository.git().content(entry.id())));
    files.put(path, content.getBytes(StandardCharsets.UTF_8));
    var meta =
        new CommitMeta("agent", "agent@example.invalid", "agent", "agent@example.invalid", 1, path);
    return repository
        .git()
        .writeCommit(CommitBuilder.bytes(repository.git().writeTree(files), List.of(head), meta));
  }

  /** Proposes the commit and makes the decision that lands it on the present head. */
  MergeDecision decide(ObjectId commit, String title) {
    AuthorStatement statement = chain.statement(commit.hex(), title);
    repository.keepProposal(statement);
    hub.proposals().accept(chain.submission(commit.hex(), title));
    return decideAgain(statement);
  }

  MergeDecision decideAgain(AuthorStatement statement) {
    return (MergeDecision) decideAgain(statement.proposal());
  }

  /** Takes the order and makes the decision that carries it out on the present head. */
  RevertDecision decide(RevertOrder.Signed order) {
    hub.proposals().accept(order);
    return (RevertDecision) decideAgain(order.order().proposal());
  }

  private LandingDecision decideAgain(String proposal) {
    var analyses = hub.analyses();
    ObjectId base = repository.head();
    var source = hub.proposals().find(proposal).orElseThrow().source();
    var clean = (Analyses.Analysed.Clean) analyses.of(source, base);
    Digest digest =
        hub.deciding(analyses)
            .land(List.of(proposal), base, clean.commit(), List.<CheckResult>of());
    return (LandingDecision)
        hub.undecided().stream()
            .filter(decision -> decision.digest().equals(digest))
            .findFirst()
            .orElseThrow();
  }

  Standing standing(LandingDecision decision) {
    return standing(decision.proposals().getFirst());
  }

  Standing standing(String proposal) {
    return hub.proposals().find(proposal).orElseThrow().standing();
  }

  /** Proposes the commits, one stacked on the other, and decides that they land together. */
  BatchDecision decideTogether(ObjectId... commits) {
    var analyses = hub.analyses();
    List<String> names = new ArrayList<>();
    ObjectId last = repository.head();
    for (ObjectId commit : commits) {
      AuthorStatement statement = chain.statement(commit.hex(), "Change " + names.size());
      repository.keepProposal(statement);
      hub.proposals()
          .accept(chain.submission(commit.hex(), statement.title()), new Wishes(true, 0));
      names.add(statement.proposal());
      var source = hub.proposals().find(statement.proposal()).orElseThrow().source();
      last = ((Analyses.Analysed.Clean) analyses.of(source, last)).commit();
    }
    Digest digest =
        hub.deciding(analyses).land(names, repository.head(), last, List.<CheckResult>of());
    return (BatchDecision)
        hub.undecided().stream()
            .filter(decision -> decision.digest().equals(digest))
            .findFirst()
            .orElseThrow();
  }

  ChainState state() {
    return hub.chain().state();
  }
}
