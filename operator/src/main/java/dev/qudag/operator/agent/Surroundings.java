package dev.qudag.operator.agent;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.operator.node.SwarmKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/** Where a pass reads what is around an agent: the informers' caches, or the API server itself. */
interface Surroundings {
  Optional<Swarm> swarm(SwarmKey key);

  Optional<Workspace> workspace(String namespace, String name);

  /** The agents' pods that run, or ran, in a Workspace; of every agent. */
  List<Pod> pods(String namespace, String workspace);

  /** The ConfigMaps that the agent was given to read: its task, and its feedback. */
  List<ConfigMap> papers(String namespace, String agent);

  /** The MergeProposals that come from a Workspace. */
  List<MergeProposal> proposals(String namespace, String workspace);
}
