package dev.qudag.node.hub;

import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.node.hub.restore.Validator;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A link to each validator of the epoch that the chain is in. A seal that lands ends the links to
 * those who leave with it, and opens those to whoever joins.
 */
final class ValidatorLinks implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final Supplier<MemberSet> set;
  private final ValidatorWays ways;
  private final ValidatorLink.Chain hub;
  private final Map<Member, ValidatorLink> links = new LinkedHashMap<>();
  private final Thread worker = Thread.ofVirtual().name("follow-set").unstarted(this::followSet);
  private volatile boolean closed;

  /**
   * @param set of the epoch that the chain is in
   */
  ValidatorLinks(Supplier<MemberSet> set, ValidatorWays ways, ValidatorLink.Chain hub) {
    this.set = set;
    this.ways = ways;
    this.hub = hub;
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
        links.put(validator.member(), link);
        link.start();
      }
    }
  }

  private void close(Member linked) throws InterruptedException {
    ValidatorLink link = links.remove(linked);
    if (link != null) {
      link.close();
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
