package dev.qudag.node.policy;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A pattern of paths, as an automaton that is in many states at once (Thompson, "Regular Expression
 * Search Algorithm", CACM 11(6), 1968). It reads a path once, so no path of an agent takes it long;
 * and it asks neither file system nor locale, so all who judge by it agree.
 *
 * @param states it begins in the first; behind the last one it has matched
 */
record Glob(List<State> states) {
  /** Where it stands between two characters. */
  sealed interface State {
    /** Takes one character and goes on. */
    record One(IntPredicate taken) implements State {}

    /** Takes any number of characters, none too, and goes on. */
    record Many(IntPredicate taken) implements State {}

    /** Takes nothing and goes on at each of these. */
    record Fork(List<Integer> targets) implements State {
      public Fork {
        targets = List.copyOf(targets);
      }
    }
  }

  Glob {
    states = List.copyOf(states);
  }

  /**
   * Whether it matches the path, or a directory that the path lies in.
   *
   * @param path code points
   * @param directoriesOnly the latter alone
   */
  boolean matches(int[] path, boolean directoriesOnly) {
    BitSet at = new BitSet();
    enter(at, 0);
    for (int i = 0; i < path.length && !at.isEmpty(); i++) {
      at = after(at, path[i]);
      boolean isEnd = i + 1 == path.length ? !directoriesOnly : path[i + 1] == '/';
      if (isEnd && at.get(states.size())) {
        return true;
      }
    }
    return false;
  }

  private BitSet after(BitSet at, int character) {
    BitSet next = new BitSet();
    at.stream()
        .filter(state -> state < states.size())
        .forEach(state -> take(next, state, character));
    return next;
  }

  private void take(BitSet next, int state, int character) {
    switch (states.get(state)) {
      case State.One(var taken) -> {
        if (taken.test(character)) {
          enter(next, state + 1);
        }
      }
      case State.Many(var taken) -> {
        if (taken.test(character)) {
          enter(next, state);
        }
      }
      case State.Fork _ -> {}
    }
  }

  /** With all that it goes on to without a character. */
  private void enter(BitSet at, int state) {
    if (at.get(state)) {
      return;
    }
    at.set(state);
    if (state < states.size()) {
      switch (states.get(state)) {
        case State.One _ -> {}
        case State.Many _ -> enter(at, state + 1);
        case State.Fork(var targets) -> targets.forEach(target -> enter(at, target));
      }
    }
  }
}
