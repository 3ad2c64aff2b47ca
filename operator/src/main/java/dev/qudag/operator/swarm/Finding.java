package dev.qudag.operator.swarm;

import dev.qudag.operator.swarm.configmap.ToSign;
import java.util.Optional;

/**
 * Why a Swarm is not as it should be: the first one found is what its status says.
 *
 * @param kind whether the operator, or only a person, can change it
 * @param toSign what an administrator has to sign, where that is what it waits for
 */
record Finding(Kind kind, String reason, String message, Optional<ToSign> toSign) {
  enum Kind {
    /** It goes on by itself. */
    RECONCILING,
    /** A person must change something. */
    STALLED
  }

  static Finding reconciling(String reason, String message) {
    return new Finding(Kind.RECONCILING, reason, message, Optional.empty());
  }

  static Finding stalled(String reason, String message) {
    return new Finding(Kind.STALLED, reason, message, Optional.empty());
  }

  static Finding unsigned(String reason, String message, ToSign change) {
    return new Finding(Kind.STALLED, reason, message, Optional.of(change));
  }
}
