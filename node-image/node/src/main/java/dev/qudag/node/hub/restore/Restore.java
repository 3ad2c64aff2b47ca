package dev.qudag.node.hub.restore;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.custody.SignedCustody;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Digest;
import dev.qudag.node.hub.custody.HeldRecords;
import dev.qudag.node.hub.custody.ReturnedRecords;
import dev.qudag.node.hub.landing.Landing;
import dev.qudag.node.hub.landing.Obstacle;
import dev.qudag.proto.ChainGrpc;
import dev.qudag.proto.ChainStatus;
import dev.qudag.proto.ChainStatusRequest;
import dev.qudag.proto.FinalizedBlock;
import dev.qudag.proto.FollowRequest;
import dev.qudag.proto.OpenDecision;
import dev.qudag.proto.OpenRequest;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Gets back from the validators what a hub holds: one attempt.
 *
 * <pre>
 *   ask all how far the chain is -> land every block up to there -> take back what is open or ended
 *                                                      +-> in a later epoch now: its set is asked anew
 * </pre>
 *
 * <p>Each step can be repeated, so that an attempt begins where the one before it ended, whatever
 * ended that.
 */
public final class Restore {
  private static final long STATUS_SECONDS = 5;
  private static final long CALL_SECONDS = 600;
  private static final int MOST_OPEN = 4096;

  /** Many times what an honest validator's pool has, which is at most 8 MiB. */
  private static final long MOST_OPEN_BYTES = 32L << 20;

  private final Genesis genesis;
  private final Function<List<Member>, List<Validator>> waysTo;
  private final Optional<MemberSet> introduced;
  private final Landing landing;
  private final ReturnedRecords returned;
  private final OpenDecisions open;

  /** What became of an attempt. */
  public sealed interface Result {
    /**
     * The hub holds everything.
     *
     * @param height of the last block landed
     * @param proposals how many are back that have not ended, decided or not
     * @param open how many open decisions are back
     * @param all whether every validator of the set said what it holds; else what only those hold
     *     who did not, and some whom nobody need believe, may be missing
     */
    record Complete(long height, int proposals, int open, boolean all) implements Result {}

    /** It does not, or nobody can say. */
    record Refused(String why) implements Result {}
  }

  /**
   * @param waysTo validators and the ways to them
   * @param introduced the set that decides by now, on the operator's word: asked when too few of
   *     the one answer that the chain has led to here
   */
  public Restore(
      Genesis genesis,
      Function<List<Member>, List<Validator>> waysTo,
      Optional<MemberSet> introduced,
      Landing landing,
      ReturnedRecords returned,
      OpenDecisions open) {
    this.genesis = genesis;
    this.waysTo = waysTo;
    this.introduced = introduced;
    this.landing = landing;
    this.returned = returned;
    this.open = open;
  }

  public Result attempt() throws InterruptedException {
    MemberSet set = landing.set();
    List<Validator> validators =
        waysTo.apply(
            Stream.concat(
                    set.members().stream(),
                    introduced.stream().flatMap(later -> later.members().stream()))
                .distinct()
                .toList());
    Survey survey = survey(set, ask(validators));
    return switch (survey.finding()) {
      case Survey.Finding.Refused(String why) -> new Result.Refused(why);
      case Survey.Finding.Reachable(long height) -> restore(validators, survey, height);
    };
  }

  private Survey survey(MemberSet set, List<Survey.Answer> answers) {
    Survey survey = new Survey(set, answers);
    return survey.finding() instanceof Survey.Finding.Refused
        ? introduced
            .filter(later -> later.epoch() > set.epoch())
            .map(later -> new Survey(later, answers))
            .orElse(survey)
        : survey;
  }

  private List<Survey.Answer> ask(List<Validator> validators) throws InterruptedException {
    Map<Validator, Future<ChainStatus>> calls = new LinkedHashMap<>();
    for (Validator validator : validators) {
      validator.channel().resetConnectBackoff(); // It may just have started.
      calls.put(
          validator,
          ChainGrpc.newFutureStub(validator.channel())
              .withDeadlineAfter(STATUS_SECONDS, TimeUnit.SECONDS)
              .status(ChainStatusRequest.getDefaultInstance()));
    }
    List<Survey.Answer> answers = new ArrayList<>();
    for (Map.Entry<Validator, Future<ChainStatus>> call : calls.entrySet()) {
      answers.add(answer(call.getKey(), call.getValue()));
    }
    return answers;
  }

  private Survey.Answer answer(Validator validator, Future<ChainStatus> call)
      throws InterruptedException {
    try {
      ChainStatus status = call.get();
      byte[] joined = status.getGenesisDigest().toByteArray();
      return joined.length == Digest.SIZE && Digest.of(joined).equals(genesis.digest())
          ? new Survey.Answer.Height(validator.member(), status.getHeight())
          : new Survey.Answer.Stranger(
              validator.member(), status.getGenesisDigest().isEmpty() ? "none" : hex(joined));
    } catch (ExecutionException e) {
      Status status = Status.fromThrowable(e);
      return new Survey.Answer.Silent(
          validator.member(), status.getCode() + " " + status.getDescription());
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private Result restore(List<Validator> validators, Survey survey, long height) {
    List<String> obstacles = new ArrayList<>();
    try {
      landing.startFromGenesis();
    } catch (RuntimeException e) {
      return new Result.Refused("the first commit is missing: " + e.getMessage());
    }
    for (Survey.Answer.Height answer : survey.heights()) {
      if (landing.height() < height && answer.height() > landing.height()) {
        land(way(validators, answer), answer, height, obstacles);
      }
    }
    if (landing.height() < height) {
      return new Result.Refused(
          "of %d blocks %d are here: %s"
              .formatted(height, landing.height(), String.join("; ", obstacles)));
    }
    if (!landing.set().equals(survey.set())) {
      return new Result.Refused(
          "the chain is in epoch %d: its set is asked next".formatted(landing.set().epoch()));
    }
    return reopen(validators, survey, height);
  }

  private static ManagedChannel way(List<Validator> validators, Survey.Answer.Height answer) {
    return validators.stream()
        .filter(one -> one.member().equals(answer.member()))
        .findFirst()
        .orElseThrow()
        .channel();
  }

  /** Lands what one validator hands out, as far as it is good. */
  private void land(
      ManagedChannel way, Survey.Answer.Height from, long height, List<String> obstacles) {
    String name = from.member().name();
    try (Context.CancellableContext conversation = Context.current().withCancellation()) {
      conversation.run(
          () ->
              follow(way, Math.min(height, from.height()))
                  .ifPresent(obstacle -> obstacles.add(name + " hands out " + obstacle)));
    } catch (RuntimeException e) {
      obstacles.add(name + ": " + e.getMessage());
    }
  }

  /** What ended it before that height. */
  private Optional<String> follow(ManagedChannel way, long height) {
    Iterator<FinalizedBlock> blocks =
        within(way).follow(FollowRequest.newBuilder().setFromHeight(landing.height() + 1).build());
    while (landing.height() < height) {
      FinalizedBlock next = blocks.next();
      Landing.Result result =
          landing.apply(
              Block.decode(next.getBlock().toByteArray()),
              Finality.decode(next.getFinality().toByteArray()));
      switch (result) {
        case Landing.Result.Landed _ -> {}
        case Landing.Result.Waiting(Obstacle why) -> {
          return Optional.of("what upstream has to take first: " + why.message());
        }
        case Landing.Result.Refused(String why) -> {
          return Optional.of("what nobody certified: " + why);
        }
        case Landing.Result.Unsafe(String why) -> {
          return Optional.of("what is final and cannot be: " + why);
        }
      }
    }
    return Optional.empty();
  }

  private Result reopen(List<Validator> validators, Survey survey, long height) {
    Map<Digest, Decision> decisions = new LinkedHashMap<>();
    Map<Digest, SignedCustody> records = new LinkedHashMap<>();
    List<Member> told = new ArrayList<>();
    List<String> obstacles = new ArrayList<>();
    for (Survey.Answer.Height answer : survey.heights()) {
      try {
        ManagedChannel way = way(validators, answer);
        collect(way, decisions);
        new HeldRecords(way)
            .whole(returned::isGenuine)
            .forEach(held -> records.put(held.record().digest(), held));
        told.add(answer.member());
      } catch (RuntimeException e) {
        obstacles.add(answer.member().name() + ": " + e.getMessage());
      }
    }
    if (!survey.oneIsHonest(told)) {
      return new Result.Refused(
          survey.tooFew(told, "say what is open") + " (" + String.join("; ", obstacles) + ")");
    }
    int proposals = returned.take(records.values());
    return new Result.Complete(
        height, proposals, open.take(decisions.values()), told.containsAll(survey.set().members()));
  }

  private static void collect(ManagedChannel way, Map<Digest, Decision> decisions) {
    Iterator<OpenDecision> answers = within(way).open(OpenRequest.getDefaultInstance());
    long bytes = 0;
    for (int count = 0; answers.hasNext(); count++) {
      byte[] encoded = answers.next().getDecision().toByteArray();
      bytes += encoded.length;
      if (count == MOST_OPEN || bytes > MOST_OPEN_BYTES) {
        throw new IllegalArgumentException(
            "more than %d open decisions, or %d bytes of them"
                .formatted(MOST_OPEN, MOST_OPEN_BYTES));
      }
      Decision decision = Decision.decode(encoded);
      decisions.put(decision.digest(), decision);
    }
  }

  private static ChainGrpc.ChainBlockingStub within(ManagedChannel way) {
    return ChainGrpc.newBlockingStub(way).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
  }
}
