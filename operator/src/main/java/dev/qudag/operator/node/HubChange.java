package dev.qudag.operator.node;

import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.WorkspaceState;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a hub told anew. A swarm of hundreds of agents has a change every moment, and each concerns
 * few of its objects.
 *
 * @param before what it had told; empty when the connection came or went, which concerns every
 *     object
 * @param after what it tells; heartbeats, which are no news, are left out of both
 */
public record HubChange(SwarmKey swarm, Optional<HubState> before, Optional<HubState> after) {
  /** Of the connection, or of all: the follower starts, or the hub answers again. */
  public static HubChange ofConnection(SwarmKey swarm) {
    return new HubChange(swarm, Optional.empty(), Optional.empty());
  }

  /** Whether it is more than that something moved within what is known. */
  public boolean concernsAll() {
    return before.isEmpty() || after.isEmpty();
  }

  /** Whether the branch, the chain, the policy or the hub's own condition stands differently. */
  public boolean movesChain() {
    return concernsAll() || !before.map(HubChange::chain).equals(after.map(HubChange::chain));
  }

  /**
   * Whether a proposal came, went, or stands differently. Votes on one are nothing to the others,
   * and there are as many as validators, each with a state of its own.
   */
  public boolean movesLine() {
    return concernsAll() || !before.map(HubChange::line).equals(after.map(HubChange::line));
  }

  /** Names of the workspaces that moved, or of which a proposal moved. */
  public Set<String> workspaces() {
    Set<String> names = new HashSet<>();
    moved(HubState::getWorkspacesList).stream().map(WorkspaceState::getName).forEach(names::add);
    moved(HubState::getProposalsList).stream().map(Proposal::getWorkspaceName).forEach(names::add);
    return names;
  }

  /** What is on one side only. */
  private <T> Set<T> moved(Function<HubState, List<T>> part) {
    Set<T> left = before.stream().flatMap(s -> part.apply(s).stream()).collect(Collectors.toSet());
    Set<T> right = after.stream().flatMap(s -> part.apply(s).stream()).collect(Collectors.toSet());
    Set<T> moved = new HashSet<>(left);
    moved.removeAll(right);
    right.removeAll(left);
    moved.addAll(right);
    return moved;
  }

  private static List<Proposal> line(HubState state) {
    return state.getProposalsList().stream().map(HubChange::withoutVotes).toList();
  }

  private static Proposal withoutVotes(Proposal said) {
    return said.toBuilder().clearApprovals().clearRejections().clearRequired().build();
  }

  private static HubState chain(HubState state) {
    return state.toBuilder().clearProposals().clearWorkspaces().build();
  }
}
