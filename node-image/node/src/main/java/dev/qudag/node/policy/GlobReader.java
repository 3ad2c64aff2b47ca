package dev.qudag.node.policy;

import dev.qudag.node.policy.Glob.State;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Reads a glob. {@code ?} is one character of a name, {@code *} any number of them, two stars any
 * number across directories, and with a slash behind them any number of directories, none too;
 * {@code [a-z]} and {@code [!a-z]} are one character of a name, {@code {a,b}} is one of these, and
 * what a backslash stands before is itself. Groups do not nest.
 */
final class GlobReader {
  private static final int NONE = -1;

  private final int[] text;
  private final List<State> states = new ArrayList<>();

  /** Of the group that is open: its fork, where each alternative starts, where all but one end. */
  private int group = NONE;

  private final List<Integer> starts = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();

  private int at;
  private boolean isGlob = true;

  private GlobReader(String text, boolean atAnyDepth) {
    this.text = text.codePoints().toArray();
    if (atAnyDepth) {
      directories();
    }
  }

  /** What is no glob, as with a bracket that is not closed, stands for itself. */
  static Glob read(String text, boolean atAnyDepth) {
    var glob = new GlobReader(text, atAnyDepth);
    glob.readAll();
    if (glob.isGlob) {
      return new Glob(glob.states);
    }
    var literal = new GlobReader(text, atAnyDepth);
    text.codePoints().forEach(literal::literal);
    return new Glob(literal.states);
  }

  private void readAll() {
    while (isGlob && at < text.length) {
      read(text[at++]);
    }
    isGlob &= group == NONE;
  }

  private void read(int character) {
    switch (character) {
      case '*' -> stars();
      case '?' -> states.add(new State.One(GlobReader::isOfName));
      case '[' -> characterClass();
      case '{' -> openGroup();
      case ',' -> nextAlternative();
      case '}' -> closeGroup();
      case '\\' -> literal(at < text.length ? text[at++] : character);
      default -> literal(character);
    }
  }

  private void literal(int character) {
    states.add(new State.One(c -> c == character));
  }

  private void stars() {
    boolean beginsName = at == 1 || text[at - 2] == '/';
    if (!isNext('*')) {
      states.add(new State.Many(GlobReader::isOfName));
      return;
    }
    while (isNext('*')) {
      at++;
    }
    if (beginsName && isNext('/')) {
      at++;
      directories();
    } else {
      across();
    }
  }

  private void directories() {
    int fork = states.size();
    states.add(new State.Fork(List.of(fork + 1, fork + 3)));
    across();
    literal('/');
  }

  private void across() {
    states.add(new State.Many(_ -> true));
  }

  private static boolean isOfName(int character) {
    return character != '/';
  }

  private void characterClass() {
    boolean isNegated = isNext('!') || isNext('^');
    if (isNegated) {
      at++;
    }
    IntPredicate members = _ -> false;
    int first = at;
    while (at < text.length && (at == first || text[at] != ']')) {
      members = members.or(range());
    }
    isGlob = at < text.length;
    at++;
    IntPredicate listed = members;
    states.add(new State.One(c -> isOfName(c) && listed.test(c) != isNegated));
  }

  private IntPredicate range() {
    int low = member();
    if (!isNext('-') || at + 1 >= text.length || text[at + 1] == ']') {
      return c -> c == low;
    }
    at++;
    int high = member();
    return c -> low <= c && c <= high;
  }

  private int member() {
    int character = text[at++];
    return character == '\\' && at < text.length ? text[at++] : character;
  }

  private void openGroup() {
    isGlob = group == NONE;
    group = fork();
    starts.add(states.size());
  }

  /** A comma outside of a group is one. */
  private void nextAlternative() {
    if (group == NONE) {
      literal(',');
    } else {
      ends.add(fork());
      starts.add(states.size());
    }
  }

  private void closeGroup() {
    if (group == NONE) {
      literal('}');
    } else {
      states.set(group, new State.Fork(starts));
      ends.forEach(end -> states.set(end, new State.Fork(List.of(states.size()))));
      starts.clear();
      ends.clear();
      group = NONE;
    }
  }

  /** One whose targets are to be known later. */
  private int fork() {
    states.add(new State.Fork(List.of()));
    return states.size() - 1;
  }

  private boolean isNext(int character) {
    return at < text.length && text[at] == character;
  }
}
