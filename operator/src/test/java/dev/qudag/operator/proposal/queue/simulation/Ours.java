package dev.qudag.operator.proposal.queue.simulation;

import dev.qudag.operator.proposal.queue.Branch;
import dev.qudag.operator.proposal.queue.Entry;
import dev.qudag.operator.proposal.queue.MergeQueue;
import dev.qudag.operator.proposal.queue.QueueSettings;
import dev.qudag.operator.proposal.queue.Step;
import dev.qudag.operator.proposal.queue.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The queue that the operator runs. */
record Ours(int batchSize) implements Policy {

  @Override
  public Map<String, Step> steps(
      Branch branch, List<Entry> entries, List<Window.Outcome> ends, int slots) {
    var settings = new QueueSettings(Window.after(ends, slots), batchSize, 0);
    Map<String, Step> steps = new LinkedHashMap<>();
    new MergeQueue(branch, settings, entries)
        .plan()
        .forEach((name, place) -> steps.put(name, place.step()));
    return steps;
  }
}
