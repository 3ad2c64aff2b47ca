package dev.qudag.merge.symbol;

import java.util.List;
import java.util.Set;

/**
 * The symbols of one version of a file that parses without an error.
 *
 * @param definitions from the top of the file, what holds others before these
 * @param uses names that are used outside of every definition, imports among them; written as in
 *     {@link Definition#uses}
 */
public record FileSymbols(Language language, List<Definition> definitions, Set<String> uses) {
  public FileSymbols {
    definitions = List.copyOf(definitions);
    uses = Set.copyOf(uses);
  }
}
