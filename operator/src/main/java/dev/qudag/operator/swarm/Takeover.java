package dev.qudag.operator.swarm;

import dev.qudag.consensus.certificate.Recovery;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.operator.node.EnrolledNode;
import dev.qudag.operator.node.SwarmKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether the nodes of a swarm can begin a chain in the place of one that cannot go on. Pure.
 *
 * <p>The hub comes with the volume of the old chain and its branch, each validator with an empty
 * one. Keys never leave a volume: who comes with new ones has none that the old chain knows.
 */
final class Takeover {
  private Takeover() {}

  /**
   * What is in the way, with the remedy; empty when nothing is.
   *
   * @param validators in the order of their index, from 0
   */
  static Optional<String> obstacle(
      Recovery old, SwarmKey key, EnrolledNode hub, List<EnrolledNode> validators) {
    return otherVolume(old, key, hub)
        .or(() -> otherHead(old, key, hub))
        .or(() -> survivors(old, key, validators));
  }

  private static Optional<String> otherVolume(Recovery old, SwarmKey key, EnrolledNode hub) {
    Digest wanted = old.genesis().digest();
    return hub.genesis().filter(wanted::equals).isPresent()
        ? Optional.empty()
        : Optional.of(
            "The volume of %s is of %s, ConfigMap %s tells of genesis %s: give the hub the volume of that chain, or delete the ConfigMap"
                .formatted(
                    key.hubName(),
                    hub.genesis().map(joined -> "genesis " + joined).orElse("no chain"),
                    key.recoveryName(),
                    wanted));
  }

  private static Optional<String> otherHead(Recovery old, SwarmKey key, EnrolledNode hub) {
    return hub.head().equals(old.head())
        ? Optional.empty()
        : Optional.of(
            "The branch of %s is at %s, ConfigMap %s proves that %s had landed: make it anew with the certificate of the branch's head (docs/how-to/recover.md)"
                .formatted(key.hubName(), hub.head(), key.recoveryName(), old.head()));
  }

  private static Optional<String> survivors(
      Recovery old, SwarmKey key, List<EnrolledNode> validators) {
    String names =
        IntStream.range(0, validators.size())
            .filter(index -> validators.get(index).genesis().isPresent())
            .mapToObj(key::validatorName)
            .collect(Collectors.joining(", "));
    if (names.isEmpty()) {
      return Optional.empty();
    }
    List<VerifyingKey> alive = validators.stream().map(EnrolledNode::signingKey).toList();
    return Optional.of(
        old.canGoOn(alive)
            ? "The old chain can go on: %s have the keys of a quorum. Delete ConfigMap %s, and restore ConfigMap %s from a backup"
                .formatted(names, key.recoveryName(), key.genesisName())
            : "The volumes of %s are of a chain already: delete their PersistentVolumeClaims and their pods, so that they begin with new keys"
                .formatted(names));
  }
}
