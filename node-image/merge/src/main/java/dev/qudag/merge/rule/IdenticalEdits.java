package dev.qudag.merge.rule;

import dev.qudag.merge.text.Hunk;
import java.util.List;
import java.util.Optional;

/** Both sides changed the same lines to the same. */
record IdenticalEdits() implements Rule {
  @Override
  public String name() {
    return "identical-edits";
  }

  @Override
  public Optional<List<String>> resolve(Hunk hunk) {
    return hunk.ours().equals(hunk.theirs()) ? Optional.of(hunk.ours()) : Optional.empty();
  }
}
