package dev.qudag.consensus.attestation.dag;

import dev.qudag.consensus.attestation.DagEquivocation;
import dev.qudag.consensus.attestation.DagMessage;
import dev.qudag.consensus.attestation.DagRecord;
import dev.qudag.consensus.attestation.Frontier;
import dev.qudag.consensus.attestation.Vertex;
import dev.qudag.consensus.attestation.VertexBody;
import dev.qudag.consensus.attestation.VertexFlaw;
import dev.qudag.consensus.attestation.Word;
import dev.qudag.crypto.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One member of the attestation layer: events in, effects out.
 *
 * <pre>
 *   a vertex:  received --place, signatures--> (gap before it) orphan --gap filled--> accepted --decisions ended--> pruned
 *                  |                                |                                   |
 *                  +--> refused                     +--> evicted                        |
 *                  +--------- another one for its author and sequence is here --------->+--> author convicted
 * </pre>
 *
 * <p>Each author's vertices form a chain without gaps or forks: a vertex waits for its author's
 * vertex before, and for nothing else. A parent by another author that is not here is asked for,
 * not waited for: only one member may ever have seen it, and pruned what it hangs on. So an author
 * cannot hold up the honest by showing one of them what the others cannot have.
 *
 * <p>Two vertices that an author signed for one sequence number convict it: from then on nothing is
 * taken of it, and its words are dropped.
 *
 * <p><b>No member ever signs two different words about one decision.</b> The core leaves out a word
 * about a decision that it has spoken of while its vertex is held, and about one that has ended;
 * the process around it must not ask again about what ended.
 *
 * <p>What has ended is pruned from the oldest vertex of each author on; what stays is the author's
 * last digest and sequence number.
 */
public final class Dag {
  private final DagConfig config;
  private final VertexRules rules;
  private final Strands strands;
  private final Orphans orphans;
  private final Mentions mentions;
  private final AntiEntropy antiEntropy;
  private final VertexSigner signer;
  private final List<Effect> effects = new ArrayList<>();
  private boolean started;
  private long accepted;

  public Dag(DagConfig config) {
    this.config = config;
    this.rules = new VertexRules(config);
    this.strands = new Strands(config);
    this.orphans = new Orphans(config.limits());
    this.mentions = new Mentions(config.self());
    this.antiEntropy = new AntiEntropy(config, strands, effects::add);
    this.signer = new VertexSigner(config);
  }

  /** Takes one event in. {@link Event.Started} is the first, and never comes again. */
  public Step apply(Event event) {
    if (started == event instanceof Event.Started) {
      throw new IllegalStateException(
          "Started is the first event and only the first, got " + event);
    }
    effects.clear();
    switch (event) {
      case Event.Started(List<DagRecord> log) -> recall(log);
      case Event.Received(int peer, DagMessage message) -> receive(peer, message);
      case Event.Connected(int peer) -> antiEntropy.greet(peer);
      case Event.Say(List<Word> words) -> say(words);
      case Event.Ended(List<Digest> decisions) -> end(decisions);
      case Event.Tick() -> antiEntropy.tick(orphans.size() > 0);
    }
    return new Step(effects);
  }

  /** How far this member is. */
  public Frontier frontier() {
    return strands.frontier();
  }

  /** Vertices that are held. */
  public int held() {
    return strands.held();
  }

  /** Vertices that wait for their author's vertex before. */
  public int orphans() {
    return orphans.size();
  }

  /** A log that brings back what this member is now: it may take the place of the one so far. */
  public List<DagRecord> checkpoint() {
    List<DagRecord> log = new ArrayList<>();
    strands.all().forEach(strand -> log.add(strand.root()));
    strands.convictions().forEach(evidence -> log.add(new DagRecord.Convicted(evidence)));
    strands.select(held -> true).forEach(held -> log.add(new DagRecord.Accepted(held.vertex())));
    log.add(new DagRecord.Ended(mentions.ended()));
    return log;
  }

  // ---- the log

  private void recall(List<DagRecord> log) {
    started = true;
    for (DagRecord entry : log) {
      switch (entry) {
        case DagRecord.Accepted(Vertex vertex) -> append(vertex);
        case DagRecord.Ended(List<Digest> decisions) -> {
          mentions.end(decisions);
          prune();
        }
        case DagRecord.Convicted(DagEquivocation evidence) -> drop(evidence);
        case DagRecord.Raised(int author, long floor, Digest last) ->
            forget(
                strands
                    .of(author)
                    .raise(floor, Optional.of(last).filter(known -> !known.equals(Digest.ZERO))));
      }
    }
  }

  // ---- what peers say

  private void receive(int peer, DagMessage message) {
    Optional<VertexFlaw> flaw =
        switch (message) {
          case Vertex vertex -> offer(peer, vertex);
          case Frontier frontier -> compare(peer, frontier);
          case DagEquivocation evidence -> offer(evidence);
        };
    flaw.ifPresent(found -> effects.add(new Effect.Refused(peer, found)));
  }

  private Optional<VertexFlaw> offer(int peer, Vertex vertex) {
    Optional<VertexFlaw> misplaced = rules.checkPlace(vertex);
    if (misplaced.isPresent()) {
      return misplaced;
    }
    Strand strand = strands.of(vertex.author());
    if (strand.isConvicted()) {
      return Optional.of(VertexFlaw.CONVICTED_AUTHOR);
    }
    Optional<Vertex> here = find(vertex.author(), vertex.sequence());
    boolean isKnown = here.filter(one -> one.digest().equals(vertex.digest())).isPresent();
    if (isKnown || vertex.sequence() < strand.floor()) {
      return Optional.empty();
    }
    boolean hasRoom = strand.bytes() + vertex.encode().length <= config.limits().heldBytes();
    if (here.isEmpty() && !hasRoom) {
      return Optional.of(VertexFlaw.TOO_MUCH_HELD);
    }
    Optional<VertexFlaw> forged = rules.checkSignatures(vertex);
    if (forged.isPresent()) {
      return forged;
    }
    if (here.isPresent()) {
      convict(DagEquivocation.of(here.get(), vertex));
      return Optional.empty();
    }
    boolean mayAppend = strands.mayAppend(vertex);
    boolean lacksParent = strands.lacksParentOf(vertex);
    if (mayAppend) {
      accept(vertex);
      adoptOrphans();
    } else {
      orphans.put(vertex);
    }
    if (!mayAppend) {
      antiEntropy.ask(peer);
    } else if (lacksParent) {
      antiEntropy.inquire(peer);
    }
    return Optional.empty();
  }

  private Optional<Vertex> find(int author, long sequence) {
    return strands
        .of(author)
        .at(sequence)
        .map(Strand.Held::vertex)
        .or(() -> orphans.at(author, sequence));
  }

  private Optional<VertexFlaw> offer(DagEquivocation evidence) {
    boolean isOurs =
        evidence.chainId().equals(config.chainId())
            && evidence.epoch() == config.epoch()
            && config.set().contains(evidence.author());
    if (!isOurs) {
      return Optional.of(VertexFlaw.BAD_EVIDENCE);
    }
    if (strands.of(evidence.author()).isConvicted()) {
      return Optional.empty();
    }
    if (!evidence.isProvenBy(config.check(evidence.author()))) {
      return Optional.of(VertexFlaw.BAD_EVIDENCE);
    }
    convict(evidence);
    return Optional.empty();
  }

  private Optional<VertexFlaw> compare(int peer, Frontier frontier) {
    if (!frontier.chainId().equals(config.chainId()) || frontier.epoch() != config.epoch()) {
      return Optional.of(VertexFlaw.OTHER_CHAIN);
    }
    if (frontier.extents().size() != config.set().size()) {
      return Optional.of(VertexFlaw.BAD_FRONTIER);
    }
    antiEntropy.hear(peer, frontier);
    skip();
    antiEntropy.answer(peer, frontier);
    return Optional.empty();
  }

  // ---- the graph

  private void adoptOrphans() {
    for (Optional<Vertex> ready = orphans.takeReady(strands);
        ready.isPresent();
        ready = orphans.takeReady(strands)) {
      accept(ready.get());
    }
  }

  private void accept(Vertex vertex) {
    effects.add(new Effect.Persist(new DagRecord.Accepted(vertex)));
    append(vertex);
    antiEntropy.learned();
  }

  private void append(Vertex vertex) {
    strands
        .of(vertex.author())
        .append(new Strand.Held(vertex, vertex.digest(), accepted++, vertex.encode().length));
    mentions.add(vertex);
    vertex.attestations().forEach(one -> effects.add(new Effect.Heard(one)));
    prune();
  }

  private void convict(DagEquivocation evidence) {
    effects.add(new Effect.Persist(new DagRecord.Convicted(evidence)));
    drop(evidence);
    effects.add(new Effect.Broadcast(evidence));
    antiEntropy.learned();
    adoptOrphans();
  }

  private void drop(DagEquivocation evidence) {
    List<Strand.Held> dropped = strands.of(evidence.author()).convict(evidence);
    effects.add(new Effect.Convicted(evidence));
    forget(dropped);
  }

  private void end(List<Digest> decisions) {
    effects.add(new Effect.Persist(new DagRecord.Ended(decisions)));
    mentions.end(decisions);
    prune();
    adoptOrphans();
  }

  /** Drops each author's oldest vertices as long as all that they speak of has ended. */
  private void prune() {
    for (Strand strand : strands.all()) {
      long floor = strand.floor();
      while (strand.at(floor).filter(one -> mentions.isSpent(one.vertex())).isPresent()) {
        floor++;
      }
      forget(strand.raise(floor, Optional.empty()));
    }
  }

  /**
   * Passes over what peers vouch for that nobody needs: they may have pruned it. What this member
   * spoke of below that has ended then, and is kept as such: it may not hear of the end by itself
   * before it is asked for a word again.
   */
  private void skip() {
    for (int author = 0; author < config.set().size(); author++) {
      Strand strand = strands.of(author);
      long to = antiEntropy.vouchedFloor(author);
      if (author == config.self()) {
        List<Digest> ended = strand.decisionsBelow(to);
        if (!ended.isEmpty()) {
          end(ended);
        }
      } else if (to > strand.floor() && !strand.isConvicted()) {
        effects.add(new Effect.Persist(new DagRecord.Raised(author, to, Digest.ZERO)));
        forget(strand.raise(to, Optional.empty()));
        antiEntropy.learned();
      }
    }
    adoptOrphans();
  }

  private void forget(List<Strand.Held> dropped) {
    mentions.remove(dropped).forEach(decision -> effects.add(new Effect.Forgotten(decision)));
  }

  // ---- what this member says

  private void say(List<Word> words) {
    Map<Digest, Word> fresh = new LinkedHashMap<>();
    for (Word word : words) {
      if (!mentions.isClosed(word.decision())) {
        fresh.putIfAbsent(word.decision(), word);
      }
    }
    List<Word> rest = List.copyOf(fresh.values());
    while (!rest.isEmpty() && !strands.of(config.self()).isConvicted()) {
      int batch = Math.min(rest.size(), VertexBody.MOST_ENTRIES);
      Strand own = strands.of(config.self());
      Vertex vertex = signer.sign(own.next(), strands.parents(), rest.subList(0, batch));
      accept(vertex);
      effects.add(new Effect.Broadcast(vertex));
      rest = rest.subList(batch, rest.size());
    }
  }
}
