package dev.qudag.merge.quality;

import java.util.Map;

/**
 * Two changes of the same files by people or agents who knew nothing of each other.
 *
 * @param set the data set it is of
 * @param ancestor the files by path, as are those of both sides
 * @param truth what became of them
 */
record StrangersMerge(
    String set,
    String name,
    Map<String, byte[]> ancestor,
    Map<String, byte[]> ours,
    Map<String, byte[]> theirs,
    Truth truth) {}
