package dev.qudag.merge.conflict;

/**
 * A regular file that git merged with conflicts, as bytes.
 *
 * @param base the ancestor's version
 * @param ours the branch's
 * @param theirs the proposal's
 * @param marked what git made of the three, with conflict markers
 */
public record ConflictedFile(String path, byte[] base, byte[] ours, byte[] theirs, byte[] marked) {}
