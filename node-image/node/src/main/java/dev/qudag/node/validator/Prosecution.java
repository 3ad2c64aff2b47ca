package dev.qudag.node.validator;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.DecisionRules;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.evidence.Conviction;
import dev.qudag.consensus.evidence.Conviction.Convicted;
import dev.qudag.consensus.evidence.Conviction.Refused;
import dev.qudag.consensus.evidence.Docket;
import dev.qudag.consensus.evidence.Docket.Case;
import dev.qudag.consensus.evidence.Evidence;
import dev.qudag.node.disk.DurableFiles;
import dev.qudag.node.main.CrashPoint;
import dev.qudag.node.validator.judge.Opinion;
import dev.qudag.proto.PeerFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * From evidence to the decision that removes whom it convicts.
 *
 * <pre>
 *   found here, or told by a peer --> verified --> on the disk --> told to all, once --> a SetChange is submitted
 *                                        +--> against nobody in the set, or not the case that is acted on: dropped
 * </pre>
 *
 * <p>What is on the disk is prosecuted again after a restart and in each epoch, until its offenders
 * are gone.
 */
final class Prosecution {
  /** What came of a piece of evidence. */
  enum Finding {
    NEWS,
    NO_NEWS,
    /** Of an epoch that is not known here yet. */
    TOO_EARLY,
    FORGED
  }

  private static final System.Logger LOG = System.getLogger(Prosecution.class.getName());
  private static final String SUFFIX = ".evidence";

  private final Path folder;
  private final BlockStore blocks;
  private final Consumer<PeerFrame> spread;
  private final ValidatorMetrics metrics;
  private final Docket docket = new Docket();

  /** Takes up what is on the disk, and deletes what nothing is to be done about any more. */
  Prosecution(Path data, BlockStore blocks, Consumer<PeerFrame> spread, ValidatorMetrics metrics)
      throws IOException {
    this.folder = Files.createDirectories(data.resolve("evidence"));
    this.blocks = blocks;
    this.spread = spread;
    this.metrics = metrics;
    DurableFiles.syncFolder(data);
    for (Path file : files()) {
      Evidence evidence = Evidence.decode(Files.readAllBytes(file));
      boolean open =
          convicted(evidence) instanceof Convicted convicted
              && docket.file(new Case(evidence, convicted.offences()), blocks.state().set());
      if (!open) {
        Files.delete(file);
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  private Conviction convicted(Evidence evidence) {
    MemberSet set = blocks.setOf(evidence.epoch()).orElseThrow();
    return evidence.verify(blocks.state().chainId(), set);
  }

  /** Takes what this validator found, or what a peer says that it found. */
  Finding take(Evidence evidence) throws IOException {
    if (holds(evidence)) {
      return Finding.NO_NEWS;
    }
    if (blocks.setOf(evidence.epoch()).isEmpty()) {
      return Finding.TOO_EARLY;
    }
    return switch (convicted(evidence)) {
      case Refused refused -> Finding.FORGED;
      case Convicted convicted -> file(new Case(evidence, convicted.offences()));
    };
  }

  private synchronized boolean holds(Evidence evidence) {
    return docket.find(evidence.digest()).isPresent();
  }

  private synchronized Finding file(Case found) throws IOException {
    if (!docket.file(found, blocks.state().set())) {
      return Finding.NO_NEWS;
    }
    Evidence evidence = found.evidence();
    DurableFiles.write(folder.resolve(evidence.digest().hex() + SUFFIX), evidence.encode());
    CrashPoint.reached("validator-after-evidence-kept");
    metrics.convicted();
    LOG.log(
        System.Logger.Level.ERROR, "evidence {0} shows {1}", evidence.digest(), found.offences());
    spread.accept(frame(evidence));
    return Finding.NEWS;
  }

  /** Tells a peer, whose stream is new, what it may have missed. */
  synchronized void greet(Consumer<PeerFrame> peer) {
    docket.cases().forEach(held -> peer.accept(frame(held.evidence())));
  }

  /** The removals that may be decided now. Forgets those who have been removed. */
  synchronized List<Decision> removals() {
    ChainState state = blocks.state();
    docket.forgetGone(state.set());
    List<Decision> removals = new ArrayList<>();
    for (Case held : docket.cases()) {
      SetDecision removal = held.removal(state);
      if (DecisionRules.check(state, removal).isEmpty()) {
        removals.add(removal);
      }
    }
    return removals;
  }

  /** Judges a removal whose form is good. Who has not heard of the evidence yet has no opinion. */
  synchronized Opinion judge(Grounds.Misbehaviour misbehaviour) {
    Optional<Case> held = docket.find(misbehaviour.evidence());
    if (held.isEmpty()) {
      return new Opinion.NotYet();
    }
    return held.get().offences().equals(misbehaviour.offences())
        ? new Opinion.Approve()
        : new Opinion.Reject("NotProven: the evidence shows " + held.get().offences());
  }

  private static PeerFrame frame(Evidence evidence) {
    return PeerFrame.newBuilder().setEvidence(ByteString.copyFrom(evidence.encode())).build();
  }
}
