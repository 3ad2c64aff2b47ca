package dev.qudag.operator.swarm.configmap;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.SetChange;
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
 * The set of an epoch after the first as an immutable ConfigMap, written once: the {@code seal}
 * that leads to it and proves it, canonical, which is all that is read again; {@code set},
 * canonical; for people {@code members}, their names, and the indices of those {@code convicted} by
 * {@code evidence}, if that made them fewer.
 */
public final class EpochMap {
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
  public static ConfigMap of(Swarm swarm, MemberSet set, Seal seal) {
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
   * The last set that was written down; the known one, if none was after it. Nothing is believed of
   * what was written but the seals, each proven by the set of its epoch: who may write ConfigMaps
   * decides nothing.
   *
   * @param known a set that is proven
   * @param find the ConfigMap of a name, if it is the swarm's
   * @throws IllegalStateException when one of them proves no set
   */
  public static SetInForce inForce(
      Digest chainId, SetInForce known, SwarmKey key, Function<String, Optional<ConfigMap>> find) {
    SetInForce last = known;
    for (Optional<ConfigMap> next = find.apply(nameAfter(last, key));
        next.isPresent();
        next = find.apply(nameAfter(last, key))) {
      last = after(chainId, last, next.get());
    }
    return last;
  }

  private static String nameAfter(SetInForce last, SwarmKey key) {
    return key.epochName(last.set().epoch() + 1);
  }

  private static SetInForce after(Digest chainId, SetInForce before, ConfigMap map) {
    try {
      Seal seal = seal(map);
      MemberSet set = CertificateVerifier.of(chainId, before.set()).setAfter(seal);
      Map<String, Long> joined = new HashMap<>(before.joined());
      set.members().forEach(member -> joined.putIfAbsent(member.name(), set.epoch()));
      List<SetInForce.Conviction> convicted = new ArrayList<>(before.convicted());
      convicted.addAll(convicted(seal.decision()));
      return new SetInForce(set, joined, convicted);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "ConfigMap %s proves no set (%s): delete it, and the operator writes it anew"
              .formatted(map.getMetadata().getName(), e.getMessage()),
          e);
    }
  }

  private static Seal seal(ConfigMap map) {
    String seal = map.getBinaryData() == null ? null : map.getBinaryData().get(SEAL);
    if (seal == null) {
      throw new IllegalArgumentException("it has no " + SEAL);
    }
    return Seal.decode(Base64.getDecoder().decode(seal));
  }

  private static List<SetInForce.Conviction> convicted(SetDecision decision) {
    SetChange change = decision.change();
    return decision.grounds() instanceof Grounds.Misbehaviour misbehaviour
        ? change.out().stream()
            .map(index -> new SetInForce.Conviction(index, misbehaviour.evidence(), change.epoch()))
            .toList()
        : List.of();
  }
}
