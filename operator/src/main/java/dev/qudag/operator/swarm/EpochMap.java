package dev.qudag.operator.swarm;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.Digest;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.node.SetInForce;
import dev.qudag.operator.node.SwarmKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The set of an epoch after the first as an immutable ConfigMap, written once: {@code set} and the
 * {@code seal} that leads to it, canonical; for people {@code members}, their names, and the
 * indices of those {@code convicted} by {@code evidence}, if that made them fewer.
 */
final class EpochMap {
  private static final String SET = "set";
  private static final String SEAL = "seal";
  private static final String MEMBERS = "members";
  private static final String CONVICTED = "convicted";
  private static final String EVIDENCE = "evidence";
  private static final String SEPARATOR = " ";

  private EpochMap() {}

  /**
   * @param seal of the epoch before, proven
   */
  static ConfigMap of(Swarm swarm, MemberSet set, Seal seal) {
    SwarmKey key = SwarmKey.of(swarm);
    return new ConfigMapBuilder()
        .withMetadata(
            Children.meta(
                swarm,
                /* name= */ key.epochName(set.epoch()),
                /* swarm= */ key.name(),
                /* component= */ "swarm"))
        .withImmutable(true)
        .withBinaryData(Map.of(SET, base64(set.encode()), SEAL, base64(seal.encode())))
        .withData(forPeople(set, seal.decision()))
        .build();
  }

  private static Map<String, String> forPeople(MemberSet set, SetDecision change) {
    Map<String, String> data = new TreeMap<>();
    data.put(MEMBERS, joined(set.members().stream().map(Member::name)));
    if (change.grounds() instanceof Grounds.Misbehaviour misbehaviour) {
      data.put(CONVICTED, joined(change.change().out().stream().map(String::valueOf)));
      data.put(EVIDENCE, misbehaviour.evidence().hex());
    }
    return data;
  }

  private static String joined(Stream<String> words) {
    return words.collect(Collectors.joining(SEPARATOR));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * The last set that was written down; that of genesis, if none was.
   *
   * @param find the ConfigMap of a name, if it is the swarm's
   */
  static SetInForce inForce(
      Genesis genesis, SwarmKey key, Function<String, Optional<ConfigMap>> find) {
    SetInForce first = SetInForce.of(genesis);
    Map<String, Long> joined = new HashMap<>(first.joined());
    List<SetInForce.Conviction> convicted = new ArrayList<>();
    Optional<ConfigMap> last = Optional.empty();
    long epoch = genesis.epoch() + 1;
    for (Optional<ConfigMap> next = find.apply(key.epochName(epoch));
        next.isPresent();
        next = find.apply(key.epochName(epoch))) {
      for (String name : words(next.get(), MEMBERS)) {
        joined.putIfAbsent(name, epoch);
      }
      convicted.addAll(convicted(next.get(), epoch - 1));
      last = next;
      epoch++;
    }
    return new SetInForce(last.map(EpochMap::set).orElse(first.set()), joined, convicted);
  }

  private static List<SetInForce.Conviction> convicted(ConfigMap map, long lastEpoch) {
    if (!map.getData().containsKey(CONVICTED)) {
      return List.of();
    }
    Digest evidence = Digest.ofHex(value(map, map.getData(), EVIDENCE));
    return words(map, CONVICTED).stream()
        .map(index -> new SetInForce.Conviction(Integer.parseInt(index), evidence, lastEpoch))
        .toList();
  }

  private static List<String> words(ConfigMap map, String key) {
    return List.of(value(map, map.getData(), key).split(SEPARATOR, -1));
  }

  private static MemberSet set(ConfigMap map) {
    return MemberSet.decode(Base64.getDecoder().decode(value(map, map.getBinaryData(), SET)));
  }

  private static String value(ConfigMap map, Map<String, String> values, String key) {
    String value = values == null ? null : values.get(key);
    if (value == null) {
      throw new IllegalStateException(
          "ConfigMap %s has no %s: delete it, and the operator writes it anew"
              .formatted(map.getMetadata().getName(), key));
    }
    return value;
  }
}
