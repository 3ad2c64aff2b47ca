package dev.qudag.node.hub.upstream;

import dev.qudag.merge.Printable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where upstream is: {@code https://host/path}, {@code http://host/path} or {@code
 * ssh://user@host/path}. Never an option to git, never a local path, and without a password, which
 * has its place in the Secret.
 *
 * @param text as git gets it
 */
public record UpstreamUrl(Scheme scheme, String text) {
  private static final int MAX = 512;

  /** How git may reach it; nothing else is allowed to git. */
  public enum Scheme {
    HTTPS,
    HTTP,
    SSH;

    /** As it stands in a URL. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @throws IllegalArgumentException for anything else; the message never has a password in it
   */
  public static UpstreamUrl parse(String text) {
    if (text.length() > MAX) {
      throw new IllegalArgumentException(
          "an upstream URL of " + text.length() + " characters, at most " + MAX + " are allowed");
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) { // no cause: its message has the whole text
      throw new IllegalArgumentException("an upstream URL that is none: " + e.getReason());
    }
    Scheme scheme = scheme(uri);
    String user = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
    if (user.contains(":") || (scheme != Scheme.SSH && !user.isEmpty())) {
      throw new IllegalArgumentException(
          "an upstream URL with credentials in it: put them into the Secret");
    }
    String host = uri.getHost() == null ? "" : uri.getHost();
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    boolean hasMore = uri.getRawQuery() != null || uri.getRawFragment() != null;
    boolean looksLikeAnOption = host.startsWith("-") || user.startsWith("-");
    if (host.isEmpty() || looksLikeAnOption || path.length() < 2 || hasMore) {
      throw refused(text);
    }
    return new UpstreamUrl(scheme, text);
  }

  private static Scheme scheme(URI uri) {
    for (Scheme scheme : Scheme.values()) {
      if (scheme.text().equals(uri.getScheme())) {
        return scheme;
      }
    }
    throw refused(uri.getScheme() + ":…");
  }

  private static IllegalArgumentException refused(String found) {
    return new IllegalArgumentException(
        "expected https://host/path, http://host/path or ssh://user@host/path as upstream, found "
            + Printable.of(found));
  }

  @Override
  public String toString() {
    return text;
  }
}
