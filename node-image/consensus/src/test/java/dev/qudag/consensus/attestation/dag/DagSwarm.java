package dev.qudag.consensus.attestation.dag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.attestation.DagMessage;
import dev.qudag.consensus.attestation.DagRecord;
import dev.qudag.consensus.attestation.Frontier;
import dev.qudag.consensus.attestation.ParentLink;
import dev.qudag.consensus.attestation.TestingAuthors;
import dev.qudag.consensus.attestation.Vertex;
import dev.qudag.consensus.attestation.Word;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.crypto.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/**
 * Members, their disks and a network that loses, repeats and reorders as a seed says. One author
 * may be faulty: its member says nothing more, and it signs whatever it likes and shows each member
 * something else.
 */
final class DagSwarm {
  private static final DagConfig.Limits LIMITS = new DagConfig.Limits(8, 16, 1 << 20);

  private record Post(int from, int to, DagMessage message) {}

  private final Random random;
  private final int size;
  private final List<TestingDag> members = new ArrayList<>();
  private final List<Post> network = new ArrayList<>();
  private final List<Digest> ended = new ArrayList<>();
  private final Map<Digest, Map<Integer, Verdict>> said = new HashMap<>();
  private final Set<Integer> convictedBy = new HashSet<>();
  private int decisions;
  private OptionalInt faulty = OptionalInt.empty();
  private Optional<Fork> fork = Optional.empty();

  private record Fork(Vertex one, Vertex other) {}

  DagSwarm(int size, long seed) {
    this.size = size;
    this.random = new Random(seed);
    for (int self = 0; self < size; self++) {
      members.add(new TestingDag(TestingAuthors.config(size, self, LIMITS)));
    }
  }

  List<TestingDag> members() {
    return members;
  }

  private void perform(int member, Event event) {
    List<Effect> effects = members.get(member).perform(event);
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Broadcast(DagMessage message) -> {
          if (message instanceof Vertex vertex) {
            assertThat(effects.indexOf(new Effect.Persist(new DagRecord.Accepted(vertex))))
                .as("persisted before it is sent")
                .isBetween(0, effects.indexOf(effect));
            vertex.attestations().forEach(this::noteSaid);
          }
          for (int peer = 0; peer < size; peer++) {
            if (peer != member) {
              network.add(new Post(member, peer, message));
            }
          }
        }
        case Effect.Send(int peer, DagMessage message) ->
            network.add(new Post(member, peer, message));
        case Effect.Convicted convicted -> convictedBy.add(member);
        case Effect.Persist persist -> {}
        case Effect.Heard heard -> {}
        case Effect.Forgotten forgotten -> {}
        case Effect.Refused refused -> {}
      }
    }
    assertThat(members.get(member).core().orphans()).isLessThanOrEqualTo(LIMITS.orphans());
  }

  /** No member signs two different words about one decision. */
  private void noteSaid(Attestation attestation) {
    Verdict before =
        said.computeIfAbsent(attestation.decisionDigest(), decision -> new HashMap<>())
            .putIfAbsent(attestation.author(), attestation.verdict());
    assertThat(before)
        .as("one word for each author and decision")
        .isIn(null, attestation.verdict());
  }

  /** One random thing happens: mostly messages arrive, in any order. */
  void step() {
    int member = random.nextInt(size);
    int lot = random.nextInt(100);
    if (lot < 70 && !network.isEmpty()) {
      arrive();
    } else if (lot < 88) {
      if (faulty.equals(OptionalInt.of(member))) {
        return;
      }
      List<Word> words = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        words.add(word());
      }
      perform(member, new Event.Say(words));
    } else if (lot < 92) {
      Digest decision = TestingAuthors.digest("decision " + random.nextInt(decisions + 1));
      ended.add(decision);
      perform(member, new Event.Ended(List.of(decision)));
    } else if (lot < 96) {
      perform(member, new Event.Tick());
    } else if (random.nextBoolean()) {
      members.get(member).restart();
    } else {
      members.get(member).restartFromCheckpoint();
    }
  }

  private Word word() {
    decisions += random.nextInt(3) == 0 ? 1 : 0;
    String decision = "decision " + Math.max(0, decisions - random.nextInt(4));
    return random.nextInt(4) == 0
        ? TestingAuthors.reject(decision)
        : TestingAuthors.approve(decision);
  }

  private void arrive() {
    Post post = network.remove(random.nextInt(network.size()));
    int fate = random.nextInt(10);
    if (fate == 0) {
      return; // lost
    }
    if (fate == 1) {
      network.add(post); // comes again
    }
    perform(post.to(), new Event.Received(post.from(), post.message()));
  }

  /**
   * An author shows each half of the members another vertex for a sequence number that none of them
   * has seen, and says nothing after that.
   */
  void equivocate(int author) {
    faulty = OptionalInt.of(author);
    Frontier.Extent longest =
        members.stream()
            .map(member -> member.core().frontier().of(author))
            .max(Comparator.comparingLong(Frontier.Extent::next))
            .orElseThrow();
    List<ParentLink> parents =
        longest.next() == 0
            ? List.of()
            : List.of(new ParentLink(author, longest.next() - 1, longest.last()));
    fork =
        Optional.of(
            new Fork(
                TestingAuthors.vertex(author, parents, TestingAuthors.approve("fork")),
                TestingAuthors.vertex(author, parents, TestingAuthors.reject("fork"))));
    fork.ifPresent(this::show);
  }

  private void show(Fork shown) {
    for (int peer = 0; peer < size; peer++) {
      Vertex vertex = peer % 2 == 0 ? shown.one() : shown.other();
      if (peer != vertex.author()) {
        perform(peer, new Event.Received(vertex.author(), vertex));
      }
    }
  }

  /**
   * An author that has said nothing yet shows one member two vertices, the first of which is pruned
   * there at once, and says nothing after that.
   */
  void whisper(int author, int listener) {
    faulty = OptionalInt.of(author);
    Vertex first = TestingAuthors.vertex(author, List.of(), TestingAuthors.approve("passing"));
    Vertex second =
        TestingAuthors.vertex(
            author, List.of(TestingAuthors.link(first)), TestingAuthors.approve("unknown"));
    ended.add(TestingAuthors.digest("passing"));
    perform(listener, new Event.Ended(List.copyOf(ended)));
    perform(listener, new Event.Received(author, first));
    perform(listener, new Event.Received(author, second));
  }

  /**
   * The network heals: nothing is lost any more, and all hear of every end. No stream is opened
   * anew, so that time alone has to bring all together.
   */
  void heal() {
    fork.ifPresent(this::show);
    for (int member = 0; member < size; member++) {
      perform(member, new Event.Ended(List.copyOf(ended)));
    }
    for (int round = 0; round < 8 * size; round++) {
      for (int member = 0; member < size; member++) {
        tickUntilItTells(member);
      }
      int deliveries = 0;
      while (!network.isEmpty()) {
        Post post = network.removeFirst();
        perform(post.to(), new Event.Received(post.from(), post.message()));
        assertThat(++deliveries).as("anti-entropy comes to rest").isLessThan(200_000);
      }
    }
  }

  private void tickUntilItTells(int member) {
    int before = network.size();
    for (int tick = 0; tick < AntiEntropy.QUIET_TICKS && network.size() == before; tick++) {
      perform(member, new Event.Tick());
    }
    assertThat(network.size()).as("it is never quiet for longer").isGreaterThan(before);
  }

  /** All hold the same graph, and nothing waits. */
  void assertAgreement() {
    Frontier first = members.getFirst().core().frontier();
    for (TestingDag member : members) {
      for (int author = 0; author < size; author++) {
        Frontier.Extent here = member.core().frontier().of(author);
        assertThat(here.convicted()).isEqualTo(first.of(author).convicted());
        if (!here.convicted()) {
          assertAgreement(here, first.of(author));
        }
      }
      assertThat(member.core().orphans()).isZero();
    }
    assertThat(convictedBy).hasSize(fork.isPresent() ? size : 0);
  }

  /** All hold the same of every author but a faulty one. */
  void assertAgreementOnAllBut(int author) {
    Frontier first = members.getFirst().core().frontier();
    for (TestingDag member : members) {
      for (int other = 0; other < size; other++) {
        if (other != author) {
          assertAgreement(member.core().frontier().of(other), first.of(other));
        }
      }
    }
    assertThat(convictedBy).isEmpty();
  }

  /** Whoever passed over what others had pruned may not know the digest before. */
  private static void assertAgreement(Frontier.Extent one, Frontier.Extent other) {
    assertThat(one.floor()).isEqualTo(other.floor());
    assertThat(one.next()).isEqualTo(other.next());
    if (!one.last().equals(Digest.ZERO) && !other.last().equals(Digest.ZERO)) {
      assertThat(one.last()).isEqualTo(other.last());
    }
  }
}
