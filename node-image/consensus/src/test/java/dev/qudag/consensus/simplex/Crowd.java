package dev.qudag.consensus.simplex;

import dev.qudag.consensus.snowball.stake.Stake;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The members of a large set, with one unit of stake each: all of them poll, the drawn ones vote.
 *
 * @param committee the places of those who vote, rising; who is at index i there is member i of
 *     Simplex
 * @param fates by place; who is not in here is honest
 */
record Crowd(int size, List<Integer> committee, Map<Integer, Fate> fates) {
  /**
   * A tenth is faulty, as may be declared; the committee is drawn as in a swarm, with so many
   * seats. It never falls into bad hands here: whose fate would be one too many is honest.
   */
  static Crowd drawn(int size, int seats, Random random) {
    List<Integer> committee =
        List.copyOf(Stake.ofEqualWeight(size).draw(seats, random).byMember().keySet());
    List<Integer> places = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(places, random);
    Map<Integer, Fate> fates = new TreeMap<>();
    int left = (seats - 1) / 3;
    for (int place : places.subList(0, size / 10)) {
      Fate fate = Fate.values()[random.nextInt(Fate.values().length)];
      boolean votes = committee.contains(place);
      if (!votes || left > 0) {
        fates.put(place, fate);
        left -= votes ? 1 : 0;
      }
    }
    return new Crowd(size, committee, fates);
  }

  /** The committee as Simplex knows it. */
  Cast cast() {
    Map<Integer, Fate> ofMembers = new TreeMap<>();
    for (int index = 0; index < committee.size(); index++) {
      Fate fate = fates.get(committee.get(index));
      if (fate != null) {
        ofMembers.put(index, fate);
      }
    }
    return new Cast(committee.size(), ofMembers);
  }

  Optional<Fate> fate(int place) {
    return Optional.ofNullable(fates.get(place));
  }
}
