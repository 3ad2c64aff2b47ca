package dev.qudag.merge.structure;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a structured merge made of three versions.
 *
 * @param base the ancestor's version
 * @param ours the branch's
 * @param theirs the proposal's
 * @param merged what is to stand in their place, if it may
 */
public record Candidate(Source base, Source ours, Source theirs, Source merged) {

  List<Source> all() {
    return List.of(base, ours, theirs, merged);
  }

  Stream<Source> sides() {
    return Stream.of(ours, theirs);
  }
}
