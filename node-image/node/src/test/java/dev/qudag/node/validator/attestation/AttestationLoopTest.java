package dev.qudag.node.validator.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.qudag.consensus.attestation.DagEquivocation;
import dev.qudag.consensus.attestation.DagMessage;
import dev.qudag.consensus.attestation.Frontier;
import dev.qudag.consensus.attestation.Vertex;
import dev.qudag.consensus.attestation.VertexFlaw;
import dev.qudag.consensus.attestation.Word;
import dev.qudag.consensus.attestation.dag.DagConfig;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop with a real disk and real signatures. */
class AttestationLoopTest {
  private static final Digest CHAIN = digest("chain");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<SigningKey> keys = Stream.generate(SigningKey::generate).limit(4).toList();
  private final TestingOutlet outlet = new TestingOutlet();

  @TempDir Path folder;

  @Test
  void whatWasSaidIsOnTheDiskWhenItIsSentAndComesBack() throws Exception {
    try (AttestationLoop loop = start(true)) {
      loop.say(approve("a"));
      await().until(() -> !outlet.sent.isEmpty());
      assertThat(Files.readString(file(), StandardCharsets.ISO_8859_1))
          .contains(new String(signature(outlet.sent.getFirst()), StandardCharsets.ISO_8859_1));
    }
    outlet.heard.clear();
    try (AttestationLoop loop = start(false)) {
      assertThat(outlet.heard).extracting(Attestation::decisionDigest).containsExactly(digest("a"));
      loop.say(new Word(digest("a"), Verdict.REJECT, "later"));
      loop.say(approve("b"));
      await().until(() -> outlet.sent.size() == 2);
      assertThat(outlet.sent.get(1).sequence()).isEqualTo(1);
      assertThat(outlet.sent.get(1).attestations())
          .extracting(Attestation::decisionDigest)
          .containsExactly(digest("b"));
    }
  }

  /** The ordering may put it into a block as soon as it is heard. */
  @Test
  void whatWasSaidIsOnTheDiskWhenItIsHeardHere() throws Exception {
    List<Boolean> unsynced = new CopyOnWriteArrayList<>();
    AttestationLog log = AttestationLog.open(folder, "incarnation", CHAIN, true);
    TestingOutlet syncing =
        new TestingOutlet() {
          @Override
          public void heard(Attestation attestation) throws IOException {
            unsynced.add(log.sync());
          }
        };
    try (AttestationLoop loop = new AttestationLoop(config(0), log, syncing)) {
      loop.start();
      loop.say(approve("a"));
      await().until(() -> !syncing.sent.isEmpty());
    }
    assertThat(unsynced).containsExactly(false);
  }

  @Test
  void whatHasEndedIsToldOnceTheDiskKnowsAndTheFileStaysSmall() throws Exception {
    try (AttestationLoop loop = start(true)) {
      for (int i = 0; i < 600; i++) {
        loop.say(approve("d" + i));
        loop.end(List.of(digest("d" + i)));
      }
      await().atMost(PATIENCE).until(() -> outlet.ended.size() == 600);
    }
    assertThat(Files.size(file())).as("not 600 vertices of 10 kB").isLessThan(4 << 20);
    try (AttestationLoop loop = start(false)) {
      loop.say(approve("d599"));
      loop.say(approve("next"));
      await().until(() -> outlet.sent.getLast().sequence() == 600);
    }
  }

  @Test
  void twoVerticesForOneSequenceAreEvidenceAlsoAfterARestart() throws Exception {
    try (AttestationLoop loop = start(true)) {
      receive(loop, 1, firstVertexOf(1, approve("a")));
      receive(loop, 2, firstVertexOf(1, approve("b")));
      await().until(() -> !outlet.evidence.isEmpty());
    }
    start(false).close();
    assertThat(outlet.evidence).hasSize(2);
    assertThat(outlet.evidence.getFirst().isProvenBy(keys.get(1).verifyingKey())).isTrue();
  }

  @Test
  void whatOnePeerFloodsWaitsAtThatPeerAndDisplacesNothingOfOthers() throws Exception {
    Vertex honest = firstVertexOf(2, approve("a"));
    CompletableFuture<Boolean> goesOn = new CompletableFuture<>();
    TestingOutlet slow =
        new TestingOutlet() {
          @Override
          public void refused(int peer, VertexFlaw flaw) {
            if (goesOn.join()) {
              super.refused(peer, flaw);
            }
          }
        };
    AttestationLog log = AttestationLog.open(folder, "incarnation", CHAIN, true);
    try (AttestationLoop loop = new AttestationLoop(config(0), log, slow)) {
      loop.start();
      Thread flood =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 2000; i++) {
                      receive(loop, 1, new Frontier(digest("another chain"), 0, List.of()));
                    }
                  });
      await().until(() -> flood.getState() == Thread.State.WAITING);
      receive(loop, 2, honest);
      goesOn.complete(true);
      await().until(() -> slow.refusals.get() == 2000);
      await().until(() -> !slow.heard.isEmpty());
    }
  }

  @Test
  void anErrorIsToldOfLikeADiskThatFails() throws Exception {
    StackOverflowError error = new StackOverflowError("too deep");
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    TestingOutlet failing =
        new TestingOutlet() {
          @Override
          public void refused(int peer, VertexFlaw flaw) {
            throw error;
          }

          @Override
          public void failed(Throwable reason) {
            told.complete(reason);
          }
        };
    AttestationLog log = AttestationLog.open(folder, "incarnation", CHAIN, true);
    try (AttestationLoop loop = new AttestationLoop(config(0), log, failing)) {
      loop.start();
      receive(loop, 1, new Frontier(digest("another chain"), 0, List.of()));
      assertThat(told.orTimeout(10, TimeUnit.SECONDS).join()).isSameAs(error);
    }
  }

  @Test
  void aKeyWithoutItsLogIsRefused() {
    assertThatThrownBy(() -> start(false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("attestations.log is gone: it may have said anything");
  }

  @Test
  void aDamagedLogIsRefusedWithPlaceAndRemedy() throws Exception {
    try (AttestationLoop loop = start(true)) {
      loop.say(approve("a"));
      await().until(() -> outlet.sent.size() == 1);
      loop.say(approve("b"));
      await().until(() -> outlet.sent.size() == 2);
    }
    byte[] whole = Files.readAllBytes(file());
    whole[500] ^= 1;
    Files.write(file(), whole);
    assertThatThrownBy(() -> start(false))
        .hasMessageContaining("attestations.log is damaged at byte ")
        .hasMessageContaining("delete the volume");
  }

  private static void receive(AttestationLoop loop, int peer, DagMessage message) {
    try {
      loop.received(peer, message, message.toBytes().length);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What another validator would send: made by a loop of its own. */
  private Vertex firstVertexOf(int author, Word word) throws Exception {
    TestingOutlet theirs = new TestingOutlet();
    Path elsewhere = Files.createTempDirectory(folder, "author");
    AttestationLog log = AttestationLog.open(elsewhere, "theirs", CHAIN, true);
    try (AttestationLoop loop = new AttestationLoop(config(author), log, theirs)) {
      loop.start();
      loop.say(word);
      await().until(() -> !theirs.sent.isEmpty());
    }
    return theirs.sent.getFirst();
  }

  private AttestationLoop start(boolean mayBeNew) throws IOException {
    AttestationLog log = AttestationLog.open(folder, "incarnation", CHAIN, mayBeNew);
    AttestationLoop loop = new AttestationLoop(config(0), log, outlet);
    loop.start();
    return loop;
  }

  private DagConfig config(int self) {
    List<ValidatorSet.SignatureCheck> checks =
        keys.stream().map(key -> (ValidatorSet.SignatureCheck) key.verifyingKey()::verify).toList();
    return new DagConfig(
        CHAIN,
        0,
        ValidatorSet.ofEqualWeight(checks),
        self,
        keys.get(self)::sign,
        DagConfig.Limits.DEFAULT);
  }

  private Path file() {
    return folder.resolve("attestations.log");
  }

  private static byte[] signature(Vertex vertex) {
    return vertex.signature().toArray();
  }

  private static Word approve(String decision) {
    return new Word(digest(decision), Verdict.APPROVE, "");
  }

  private static Digest digest(String word) {
    return Digest.sha256(word.getBytes(StandardCharsets.UTF_8));
  }

  private static class TestingOutlet implements AttestationLoop.Outlet {
    private final List<Vertex> sent = new CopyOnWriteArrayList<>();
    private final List<Attestation> heard = new CopyOnWriteArrayList<>();
    private final List<Digest> ended = new CopyOnWriteArrayList<>();
    private final List<DagEquivocation> evidence = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();

    @Override
    public void send(int peer, DagMessage message) {}

    @Override
    public void broadcast(DagMessage message) {
      if (message instanceof Vertex vertex) {
        sent.add(vertex);
      }
    }

    @Override
    public void heard(Attestation attestation) throws IOException {
      heard.add(attestation);
    }

    @Override
    public void forgotten(Digest decision) {}

    @Override
    public void ended(List<Digest> decisions) {
      ended.addAll(decisions);
    }

    @Override
    public void convicted(DagEquivocation proof) {
      evidence.add(proof);
    }

    @Override
    public void refused(int peer, VertexFlaw flaw) {
      refusals.incrementAndGet();
    }

    @Override
    public void stands(int held, int orphans) {}

    @Override
    public void failed(Throwable reason) {
      throw new AssertionError(reason);
    }
  }
}
