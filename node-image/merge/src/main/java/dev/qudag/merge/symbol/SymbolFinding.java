package dev.qudag.merge.symbol;

import dev.qudag.merge.Printable;
import java.util.Comparator;

/**
 * Why a merge of lines is not enough.
 *
 * @param path of the file that defines the symbol
 * @param symbol its qualified name
 * @param by whose change of it the finding is about
 * @param usedIn path of the file in which the other side uses it; empty where both changed it
 * @param user the definition that uses it; empty when none does, but the file as such
 */
public record SymbolFinding(
    Rule rule, String path, String symbol, By by, String usedIn, String user)
    implements Comparable<SymbolFinding> {
  private static final Comparator<SymbolFinding> ORDER =
      Comparator.comparing(SymbolFinding::path)
          .thenComparing(SymbolFinding::symbol)
          .thenComparing(SymbolFinding::rule)
          .thenComparing(SymbolFinding::by)
          .thenComparing(SymbolFinding::usedIn)
          .thenComparing(SymbolFinding::user);

  /** The names are API (the analysis report). */
  public enum Rule {
    /** Both sides changed, removed or renamed the definition, each in its way. */
    BothChanged("both-changed"),
    /** Both sides added a definition of that name at one place, each its own. */
    BothAdded("both-added"),
    /** One side removed or renamed it, and what the other changed or added uses it. */
    RemovedAndUsed("removed-and-used"),
    /** One side changed its signature, and what the other changed or added uses it. */
    SignatureAndUsed("signature-and-used"),
    /** One side changed what it does, and what the other changed or added uses it. */
    ChangedAndUsed("changed-and-used");

    private final String title;

    Rule(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  /** A side of the merge; the names are API (the analysis report). */
  public enum By {
    Both("both"),
    /** The branch. */
    Ours("ours"),
    /** The proposal. */
    Theirs("theirs");

    private final String title;

    By(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  /** In a line of less than 1024 characters, for people and agents. */
  public String sentence() {
    var place = Printable.of(symbol) + " in " + Printable.of(path);
    var file = Printable.of(usedIn);
    var where = user.isEmpty() ? file : Printable.of(user) + " in " + file;
    return switch (rule) {
      case BothChanged -> "both sides changed " + place;
      case BothAdded -> "both sides added " + place;
      case RemovedAndUsed -> "%s removed %s, which %s uses".formatted(side(), place, where);
      case SignatureAndUsed ->
          "%s changed the signature of %s, which %s uses".formatted(side(), place, where);
      case ChangedAndUsed -> "%s changed %s, which %s uses".formatted(side(), place, where);
    };
  }

  private String side() {
    return switch (by) {
      case Both -> "both sides";
      case Ours -> "the branch";
      case Theirs -> "the proposal";
    };
  }

  @Override
  public int compareTo(SymbolFinding other) {
    return ORDER.compare(this, other);
  }
}
