package dev.qudag.node.hub;

import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.node.hub.custody.CustodyLink;
import dev.qudag.node.hub.restore.Validator;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The links to each validator of the epoch that the chain is in. A seal that lands ends the links
 * to those who leave with it, and opens those to whoever joins.
 */
final class ValidatorLinks implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final Supplier<MemberSet> set;
  private final ValidatorWays ways;
  private final ValidatorLink.Chain hub;
  private final Function<Validator, CustodyLink> custody;
  private final Map<Member, Links> links = new LinkedHashMap<>();
  private final Thread worker = Thread.ofVirtual().name("follow-set").unstarted(this::followSet);
  private volatile boolean closed;

  private record Links(ValidatorLink chain, CustodyLink custody) {}

  /**
   * @param set of the epoch that the chain is in
   * @param custody makes the link by which a validator gets what it keeps for the hub
   */
  ValidatorLinks(
      Supplier<MemberSet> set,
      ValidatorWays ways,
      ValidatorLink.Chain hub,
      Function<Validator, CustodyLink> custody) {
    this.set = set;
    this.ways = ways;
    this.hub = hub;
    this.custody = custody;
  }

  void start() {
    worker.start();
  }

  private void followSet() {
    try {
      // Counted before it looks whether it is closed: or it would sleep over the change that is.
      for (long seen = hub.changes().count();
          !closed;
          seen = hub.changes().awaitOtherThan(seen, IDLE)) {
        follow(set.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(MemberSet now) throws InterruptedException {
    for (Member linked : List.copyOf(links.keySet())) {
      if (!now.members().contains(linked)) {
        close(linked);
      }
    }
    for (Validator validator : ways.to(now.members())) {
      if (!links.containsKey(validator.member())) {
        var link = new ValidatorLink(validator.member().index(), validator.channel(), hub);
        var keeping = custody.apply(validator);
        links.put(validator.member(), new Links(link, keeping));
        link.start();
        keeping.start();
      }
    }
  }

  private void close(Member linked) throws InterruptedException {
    Links ended = links.remove(linked);
    if (ended != null) {
      ended.chain().close();
      ended.custody().close();
    }
  }

  /** Returns when a landing under way has ended: the volume is somebody else's after that. */
  @Override
  public void close() throws InterruptedException {
    closed = true;
    hub.changes().signal();
    worker.join();
    for (Member linked : List.copyOf(links.keySet())) {
      close(linked);
    }
  }
}
