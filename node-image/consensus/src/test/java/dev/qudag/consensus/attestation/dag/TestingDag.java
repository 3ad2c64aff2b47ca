package dev.qudag.consensus.attestation.dag;

import dev.qudag.consensus.attestation.DagMessage;
import dev.qudag.consensus.attestation.DagRecord;
import dev.qudag.consensus.attestation.TestingAuthors;
import dev.qudag.consensus.attestation.Vertex;
import dev.qudag.consensus.attestation.VertexFlaw;
import dev.qudag.consensus.attestation.Word;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A member whose log is kept and whose effects can be asked for by kind. */
final class TestingDag {
  private final DagConfig config;
  private final List<DagRecord> log = new ArrayList<>();
  private Dag dag;

  TestingDag(DagConfig config) {
    this.config = config;
    this.dag = new Dag(config);
    var unused = perform(new Event.Started(List.of()));
  }

  TestingDag(int members, int self) {
    this(TestingAuthors.config(members, self));
  }

  Dag core() {
    return dag;
  }

  List<DagRecord> log() {
    return log;
  }

  List<Effect> perform(Event event) {
    List<Effect> effects = dag.apply(event).effects();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Persist(DagRecord entry)) {
        log.add(entry);
      }
    }
    return effects;
  }

  List<Effect> receive(int peer, DagMessage message) {
    return perform(new Event.Received(peer, DagMessage.ofBytes(message.toBytes())));
  }

  /** Hands in vertices as their author would; what of all that was refused. */
  List<VertexFlaw> refusals(Vertex... vertices) {
    return Stream.of(vertices)
        .flatMap(
            vertex -> receive(vertex.author() == self() ? 0 : vertex.author(), vertex).stream())
        .flatMap(effect -> effect instanceof Effect.Refused r ? Stream.of(r.flaw()) : Stream.of())
        .toList();
  }

  private int self() {
    return config.self();
  }

  Vertex say(Word... words) {
    return perform(new Event.Say(List.of(words))).stream()
        .flatMap(
            effect ->
                effect instanceof Effect.Broadcast(Vertex vertex) ? Stream.of(vertex) : Stream.of())
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  List<Effect> end(String... decisions) {
    return perform(new Event.Ended(Stream.of(decisions).map(TestingAuthors::digest).toList()));
  }

  /** Comes back with what was persisted. */
  List<Effect> restart() {
    return restartWith(List.copyOf(log));
  }

  /** Comes back with the log in its short form. */
  List<Effect> restartFromCheckpoint() {
    List<DagRecord> checkpoint = dag.checkpoint();
    log.clear();
    log.addAll(checkpoint);
    return restartWith(checkpoint);
  }

  private List<Effect> restartWith(List<DagRecord> entries) {
    dag = new Dag(config);
    return perform(
        new Event.Started(
            entries.stream().map(entry -> DagRecord.decode(entry.encode())).toList()));
  }

  long next(int author) {
    return dag.frontier().of(author).next();
  }

  long floor(int author) {
    return dag.frontier().of(author).floor();
  }

  boolean hasConvicted(int author) {
    return dag.frontier().of(author).convicted();
  }

  static List<Digest> heard(List<Effect> effects) {
    return effects.stream()
        .flatMap(
            effect ->
                effect instanceof Effect.Heard(Attestation attestation)
                    ? Stream.of(attestation.decisionDigest())
                    : Stream.of())
        .toList();
  }

  static List<DagMessage> sentTo(int peer, List<Effect> effects) {
    return effects.stream()
        .flatMap(
            effect ->
                effect instanceof Effect.Send send && send.peer() == peer
                    ? Stream.of(send.message())
                    : Stream.of())
        .toList();
  }
}
