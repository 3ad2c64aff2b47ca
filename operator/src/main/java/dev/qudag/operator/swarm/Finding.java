package dev.qudag.operator.swarm;

/**
 * Why a Swarm is not as it should be: the first one found is what its status says.
 *
 * @param kind whether the operator, or only a person, can change it
 */
record Finding(Kind kind, String reason, String message) {
  enum Kind {
    /** It goes on by itself. */
    RECONCILING,
    /** A person must change something. */
    STALLED
  }

  static Finding reconciling(String reason, String message) {
    return new Finding(Kind.RECONCILING, reason, message);
  }

  static Finding stalled(String reason, String message) {
    return new Finding(Kind.STALLED, reason, message);
  }
}
