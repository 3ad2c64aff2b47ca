package dev.qudag.operator.proposal.queue.simulation;

import dev.qudag.operator.proposal.queue.Branch;
import dev.qudag.operator.proposal.queue.Entry;
import dev.qudag.operator.proposal.queue.Step;
import dev.qudag.operator.proposal.queue.Window;
import java.util.List;
import java.util.Map;

/** Says what each proposal needs next. Pure. */
interface Policy {
  /**
   * The step of each entry, in the order of the line.
   *
   * @param ends what came of proposals so far, in the order of time
   * @param slots how many checks can run at once
   */
  Map<String, Step> steps(Branch branch, List<Entry> entries, List<Window.Outcome> ends, int slots);
}
