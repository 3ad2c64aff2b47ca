package dev.qudag.consensus.attestation.dag;

import java.util.List;

/** The answer to one event: effects, to be performed in this order. */
public record Step(List<Effect> effects) {
  public Step {
    effects = List.copyOf(effects);
  }
}
