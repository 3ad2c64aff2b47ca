package dev.qudag.merge.tree;

/**
 * What a repository may hold; beyond it is TooLarge.
 *
 * @param files in one tree
 * @param fileBytes of one file
 * @param treeBytes of all files of one tree
 * @param pathBytes of one path
 * @param packBytes of one bundle as sent
 * @param packObjects in one bundle
 * @param inflatedBytes of all objects of one bundle, unpacked
 */
public record TreeLimits(
    int files,
    long fileBytes,
    long treeBytes,
    int pathBytes,
    long packBytes,
    int packObjects,
    long inflatedBytes) {

  private static final long MIB = 1024 * 1024;

  public static final TreeLimits DEFAULT =
      new TreeLimits(200_000, 100 * MIB, 2048 * MIB, 1024, 512 * MIB, 1_000_000, 4096 * MIB);

  public TreeLimits {
    if (files < 1 || fileBytes < 1 || treeBytes < fileBytes || pathBytes < 1) {
      throw new IllegalArgumentException("limits of a tree must be at least 1 and hold one file");
    }
    if (packBytes < 1 || packObjects < 1 || inflatedBytes < fileBytes) {
      throw new IllegalArgumentException("limits of a bundle must be at least 1 and hold one file");
    }
  }
}
