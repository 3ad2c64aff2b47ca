package dev.qudag.operator.node;

import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.WorkspaceState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What a hub told anew, compared once for all who listen. A swarm of hundreds of agents has a
 * change every moment, and each concerns few of its objects.
 *
 * @param concernsAll whether it is more than that something moved within what is known
 * @param movesChain whether the branch, the chain, the policy or the hub's own condition stands
 *     differently
 * @param movesLine whether a proposal came, went, or stands differently. Votes on one are nothing
 *     to the others, and there are as many as validators, each with a state of its own
 * @param workspaces names of those that moved, or of which a proposal moved
 */
public record HubChange(
    SwarmKey swarm,
    boolean concernsAll,
    boolean movesChain,
    boolean movesLine,
    Set<String> workspaces) {

  public HubChange {
    workspaces = Set.copyOf(workspaces);
  }

  /** Of the connection, or of all: the follower starts, or the hub answers again. */
  public static HubChange ofConnection(SwarmKey swarm) {
    return new HubChange(swarm, true, true, true, Set.of());
  }

  /**
   * From one state to the next. Heartbeats, which are no news, are left out of both.
   *
   * @param before what the hub had told
   * @param after what it tells
   */
  static HubChange between(SwarmKey swarm, HubState before, HubState after) {
    Set<String> moved = new HashSet<>();
    differing(before, after, HubState::getWorkspacesList).stream()
        .map(WorkspaceState::getName)
        .forEach(moved::add);
    List<Proposal> proposals = differing(before, after, HubState::getProposalsList);
    proposals.stream().map(Proposal::getWorkspaceName).forEach(moved::add);
    boolean line = !proposals.isEmpty() && !line(before).equals(line(after));
    return new HubChange(swarm, false, !chain(before).equals(chain(after)), line, moved);
  }

  /** What is on one side only. */
  private static <T> List<T> differing(
      HubState before, HubState after, Function<HubState, List<T>> part) {
    List<T> left = part.apply(before);
    List<T> right = part.apply(after);
    if (left.equals(right)) {
      return List.of();
    }
    Set<T> both = new HashSet<>(left);
    both.retainAll(right);
    Set<T> differing = new HashSet<>(left);
    differing.addAll(right);
    differing.removeAll(both);
    return List.copyOf(differing);
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
