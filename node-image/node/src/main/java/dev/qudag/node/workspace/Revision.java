package dev.qudag.node.workspace;

import java.util.List;

/**
 * The workspace at one moment.
 *
 * @param commit the files on top of {@code base}; the base itself when nothing differs
 * @param ahead commits that the branch does not have
 * @param behind commits of the branch that this one does not have
 * @param refusedFiles new files that are in no snapshot: too large, denied by the policy, or a
 *     repository of their own
 * @param conflicts paths that are in conflict since a sync; then the commit is of the files before
 *     it
 */
public record Revision(
    String commit,
    String base,
    String tree,
    int ahead,
    int behind,
    List<String> refusedFiles,
    List<String> conflicts) {}
