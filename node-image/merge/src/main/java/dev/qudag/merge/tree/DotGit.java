package dev.qudag.merge.tree;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Every spelling that some file system takes for {@code .git}: case, HFS+ (ignored code points),
 * NTFS (short names, trailing dots and blanks, streams). See Git's utf8.c {@code is_hfs_dotgit} and
 * path.c {@code is_ntfs_dotgit}, CVE-2014-9390.
 */
final class DotGit {
  private static final Pattern NTFS = Pattern.compile("(\\.git|git~[0-9]+)[ .]*(:.*)?");
  private static final Set<String> FORBIDDEN_FILES = Set.of(".gitmodules");

  private DotGit() {}

  static boolean isSpelling(String component) {
    var folded = fold(component);
    return NTFS.matcher(folded).matches() || folded.equals(".jj") || folded.startsWith(".jj:");
  }

  /** Submodules are refused, so the file that would configure them is too. */
  static boolean isForbiddenFile(String component) {
    return FORBIDDEN_FILES.contains(fold(component));
  }

  private static String fold(String component) {
    var out = new StringBuilder();
    component.codePoints().filter(c -> !isIgnoredByHfs(c)).forEach(out::appendCodePoint);
    return out.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean isIgnoredByHfs(int c) {
    return (c >= 0x200c && c <= 0x200f)
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x206a && c <= 0x206f)
        || c == 0xfeff;
  }
}
