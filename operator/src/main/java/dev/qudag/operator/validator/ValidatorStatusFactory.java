package dev.qudag.operator.validator;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.api.v1alpha1.ValidatorStatus;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.operator.node.NodeJoiner.Standing;
import dev.qudag.operator.node.SetInForce.Conviction;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.Fact;
import dev.qudag.operator.status.PodReason;
import dev.qudag.operator.status.PodReasons;
import dev.qudag.proto.ChainStatus;
import dev.qudag.proto.HubState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes a Validator's status from what a pass knows. */
final class ValidatorStatusFactory {
  private static final String KEY_PINNED = "KeyPinned";
  private static final String IN_SYNC = "InSync";
  private static final String SLASHED = "Slashed";

  private final Conditions conditions;

  ValidatorStatusFactory(Conditions conditions) {
    this.conditions = conditions;
  }

  ValidatorStatus report(ValidatorObservation observed) {
    Validator validator = observed.validator();
    List<Condition> before =
        validator.getStatus() == null ? List.of() : validator.getStatus().conditions();
    long generation = validator.getMetadata().getGeneration();
    Optional<Member> member = observed.member();
    Optional<ChainStatus> chain = observed.chain();
    return new ValidatorStatus(
        generation,
        conditions.merge(before, generation, facts(observed)),
        member.map(m -> m.signingKey().fingerprint().hex()).orElse(null),
        observed.joined().orElse(null),
        chain.map(ChainStatus::getHeight).orElse(null),
        chain.map(c -> c.getPeersConnected() + "/" + c.getPeersTotal()).orElse(null),
        chain.map(ChainStatus::getEngineDigest).filter(digest -> !digest.isEmpty()).orElse(null));
  }

  private static List<Fact> facts(ValidatorObservation observed) {
    Fact pinned = keyPinned(observed);
    Fact inSync = inSync(observed);
    Fact ready = ready(observed, inSync);
    List<Fact> facts = new ArrayList<>(List.of(ready));
    if (!ready.holds()) {
      facts.add(
          isForPeople(ready.reason())
              ? Fact.stalled(ready.reason(), ready.message())
              : Fact.reconciling(ready.reason(), ready.message()));
    }
    facts.add(pinned);
    facts.add(inSync);
    facts.add(slashed(observed));
    return facts;
  }

  /** What never mends itself. */
  private static boolean isForPeople(String reason) {
    return switch (reason) {
      case ValidatorReasons.KEY_CHANGED,
          ValidatorReasons.ENROLMENT_REFUSED,
          ValidatorReasons.SWARM_MISSING,
          ValidatorReasons.NOT_IN_SET,
          ValidatorReasons.REMOVED,
          ValidatorReasons.SLASHED ->
          true;
      default -> false;
    };
  }

  private static Fact ready(ValidatorObservation observed, Fact inSync) {
    String name = observed.name();
    if (observed.swarm().isEmpty()) {
      String swarm = observed.validator().getSpec().swarmRef().name();
      return notReady(
          ValidatorReasons.SWARM_MISSING,
          "Swarm %s is not there: delete this Validator".formatted(swarm));
    }
    if (observed.conviction().isPresent()) {
      return notReady(ValidatorReasons.SLASHED, convicted(name, observed.conviction().get()));
    }
    if (observed.hasLeft()) {
      return notReady(
          ValidatorReasons.REMOVED,
          "The set decided to go on without %s: delete this Validator when you need its volume no more"
              .formatted(name));
    }
    Optional<PodReason> trouble = observed.pod().flatMap(PodReasons::of);
    if (trouble.isPresent()) {
      return notReady(trouble.get().reason(), trouble.get().message());
    }
    if (observed.pod().isEmpty()) {
      return notReady(ValidatorReasons.STARTING, "Waiting for pod %s-0".formatted(name));
    }
    if (observed.set().isEmpty()) {
      return notReady(
          ValidatorReasons.AWAITING_GENESIS, "Waiting until all nodes of the set have enrolled");
    }
    if (observed.member().isEmpty()) {
      return observed.isNewcomer()
          ? notReady(
              ValidatorReasons.JOINING,
              "Waiting until the set decides that %s joins: see condition SetComplete of its Swarm"
                  .formatted(name))
          : notReady(
              ValidatorReasons.NOT_IN_SET,
              "No set names %s, and validators.replicas asks for no more: delete this Validator"
                  .formatted(name));
    }
    return observed
        .standing()
        .flatMap(standing -> notJoined(observed, standing))
        .orElseGet(() -> following(observed, inSync));
  }

  private static Optional<Fact> notJoined(ValidatorObservation observed, Standing standing) {
    return switch (standing) {
      case Standing.Joined _ -> Optional.empty();
      case Standing.Unreachable(String why) ->
          Optional.of(notReady(ValidatorReasons.JOINING, "Waiting until it answers: " + why));
      case Standing.Refused(String why) ->
          Optional.of(notReady(ValidatorReasons.ENROLMENT_REFUSED, why));
      case Standing.KeyChanged _ ->
          Optional.of(notReady(ValidatorReasons.KEY_CHANGED, keyChanged(observed)));
    };
  }

  private static Fact following(ValidatorObservation observed, Fact inSync) {
    if (observed.chain().isEmpty()) {
      return notReady(ValidatorReasons.UNREACHABLE, "It does not tell how its chain stands");
    }
    ChainStatus chain = observed.chain().get();
    if (chain.getAbstainingReason().equals(ValidatorReasons.VOLUME_FULL)) {
      return notReady(ValidatorReasons.VOLUME_FULL, chain.getAbstainingMessage());
    }
    return inSync.holds()
        ? Fact.yes(Condition.READY, ValidatorReasons.VALIDATING, "It judges and orders decisions")
        : notReady(inSync.reason(), inSync.message());
  }

  private static Fact slashed(ValidatorObservation observed) {
    return observed
        .conviction()
        .map(
            conviction ->
                Fact.yes(SLASHED, ValidatorReasons.SLASHED, convicted(observed.name(), conviction)))
        .orElseGet(
            () ->
                Fact.no(
                    SLASHED,
                    ValidatorReasons.NOT_CONVICTED,
                    "The set has decided on no evidence against it"));
  }

  private static String convicted(String name, Conviction conviction) {
    return "Evidence %s convicts %s, and the set of epoch %d decided to go on without it"
        .formatted(conviction.evidence().hex(), name, conviction.epoch());
  }

  private static Fact keyPinned(ValidatorObservation observed) {
    if (observed.member().isEmpty()) {
      return Fact.unknown(KEY_PINNED, ValidatorReasons.AWAITING_GENESIS, "No set names it");
    }
    return switch (observed.standing().orElse(null)) {
      case Standing.Joined _ ->
          Fact.yes(
              KEY_PINNED,
              ValidatorReasons.NAMED_BY_GENESIS,
              "Its key is the one that the set names");
      case Standing.KeyChanged _ ->
          Fact.no(KEY_PINNED, ValidatorReasons.KEY_CHANGED, keyChanged(observed));
      case Standing.Refused(String why) ->
          Fact.no(KEY_PINNED, ValidatorReasons.ENROLMENT_REFUSED, why);
      case Standing.Unreachable(String why) ->
          Fact.unknown(KEY_PINNED, ValidatorReasons.JOINING, why);
      case null -> Fact.unknown(KEY_PINNED, ValidatorReasons.STARTING, "Its pod does not run yet");
    };
  }

  private static String keyChanged(ValidatorObservation observed) {
    return "Validator %s has another key than the set names: its volume was replaced. Restore the volume; this version replaces only who was convicted"
        .formatted(observed.name());
  }

  private static Fact inSync(ValidatorObservation observed) {
    if (observed.chain().isEmpty()) {
      return Fact.unknown(
          IN_SYNC, ValidatorReasons.UNREACHABLE, "It does not tell how its chain stands");
    }
    long height = observed.chain().get().getHeight();
    long hub = observed.hub().map(HubState::getHeight).orElse(0L);
    return height >= hub
        ? Fact.yes(IN_SYNC, ValidatorReasons.AT_HEAD, "Its chain is as high as the hub's")
        : Fact.no(
            IN_SYNC, ValidatorReasons.CATCHING_UP, "Its chain is behind the hub's and catches up");
  }

  private static Fact notReady(String reason, String message) {
    return Fact.no(Condition.READY, reason, message);
  }
}
