package dev.qudag.consensus.attestation.dag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.attestation.ParentLink;
import dev.qudag.consensus.attestation.TestingAuthors;
import dev.qudag.consensus.attestation.Vertex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * What holds for every order of delivery, every loss and every crash; a failing seed is printed.
 */
class DagPropertyTest {
  @Property(tries = 40)
  void afterHealingAllHoldTheSameGraph(
      @ForAll long seed, @ForAll @IntRange(min = 4, max = 7) int n) {
    DagSwarm swarm = new DagSwarm(n, seed);
    for (int i = 0; i < 400; i++) {
      swarm.step();
    }
    swarm.heal();
    swarm.assertAgreement();
  }

  @Property(tries = 40)
  void anEquivocatorIsFoundByAllAndHoldsUpNobody(
      @ForAll long seed, @ForAll @IntRange(min = 4, max = 7) int n) {
    DagSwarm swarm = new DagSwarm(n, seed);
    for (int i = 0; i < 300; i++) {
      swarm.step();
      if (i == 150) {
        swarm.equivocate((int) Math.floorMod(seed, (long) n));
      }
    }
    swarm.heal();
    swarm.assertAgreement();
  }

  @Property(tries = 40)
  void anAuthorThatWhispersToOneMemberCutsItOffFromNobody(
      @ForAll long seed, @ForAll @IntRange(min = 4, max = 7) int n) {
    DagSwarm swarm = new DagSwarm(n, seed);
    int author = (int) Math.floorMod(seed, (long) n);
    swarm.whisper(author, (author + 1) % n);
    for (int i = 0; i < 300; i++) {
      swarm.step();
    }
    swarm.heal();
    swarm.assertAgreementOnAllBut(author);
  }

  @Property(tries = 100)
  void anyOrderOfDeliveryGivesTheSameGraph(@ForAll long seed) {
    Random random = new Random(seed);
    List<Vertex> graph = randomGraph(random);
    TestingDag inOrder = new TestingDag(4, 0);
    graph.forEach(vertex -> inOrder.receive(1, vertex));
    List<Vertex> shuffled = new ArrayList<>(graph);
    shuffled.addAll(graph);
    Collections.shuffle(shuffled, random);
    TestingDag other = new TestingDag(4, 0);
    shuffled.forEach(vertex -> other.receive(2, vertex));
    assertThat(other.core().frontier()).isEqualTo(inOrder.core().frontier());
    assertThat(other.core().held()).isEqualTo(graph.size());
    assertThat(other.core().orphans()).isZero();
  }

  /** Vertices of three authors, each on the last of the others that its author may have seen. */
  private static List<Vertex> randomGraph(Random random) {
    List<Vertex> graph = new ArrayList<>();
    List<List<Vertex>> chains = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < 30; i++) {
      int author = 1 + random.nextInt(3);
      List<ParentLink> parents = new ArrayList<>();
      List<Vertex> own = chains.get(author - 1);
      if (!own.isEmpty()) {
        parents.add(TestingAuthors.link(own.getLast()));
      }
      for (int seen = 1; seen <= 3; seen++) {
        List<Vertex> chain = chains.get(seen - 1);
        if (seen != author && !chain.isEmpty() && random.nextBoolean()) {
          parents.add(TestingAuthors.link(chain.get(random.nextInt(chain.size()))));
        }
      }
      Vertex vertex = TestingAuthors.vertex(author, parents, TestingAuthors.approve("d" + i));
      own.add(vertex);
      graph.add(vertex);
    }
    return graph;
  }
}
