package dev.qudag.consensus.snowball.polling;

/**
 * A network to simulate.
 *
 * @param members with one unit of stake each; the last {@code faulty} of them are faulty
 * @param fault what the faulty ones do
 * @param choices in the one conflict set
 * @param first how many honest members begin with choice 0; the others begin with the other choices
 *     in turn
 */
record Network(int members, int faulty, Fault fault, int choices, int first) {
  /** What a faulty member does when it is asked. */
  enum Fault {
    /** Never answers. */
    SILENT,
    /** Says choice 1, whatever anybody else does. */
    STUBBORN,
    /**
     * Sees all honest preferences: tells everybody what it prefers already, and the rarer choice
     * when the other one gets ahead.
     */
    FLATTERING,
    /** Says something else each time: a choice at random or one that nobody made, often twice. */
    BABBLING
  }

  /** All honest members begin with the same of two choices. */
  static Network agreed(int members, int faulty, Fault fault) {
    return new Network(members, faulty, fault, 2, members - faulty);
  }

  /** One half of the honest members begins with the one choice, one half with the other. */
  static Network split(int members, int faulty, Fault fault) {
    return new Network(members, faulty, fault, 2, (members - faulty) / 2);
  }

  /** Each of five choices is where a fifth of the honest members begins. */
  static Network ofFiveChoices(int members, int faulty, Fault fault) {
    return new Network(members, faulty, fault, 5, (members - faulty) / 5);
  }

  int honest() {
    return members - faulty;
  }

  int firstChoiceOf(int member) {
    return member < first ? 0 : 1 + (member - first) % (choices - 1);
  }
}
