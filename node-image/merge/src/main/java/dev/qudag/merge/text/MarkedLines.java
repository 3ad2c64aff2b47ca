package dev.qudag.merge.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file that git merged and marked its conflicts in (git-merge-file(1), style "merge").
 *
 * @param ours the file with the branch's lines wherever there is a conflict
 * @param theirs the file with the proposal's lines there
 */
public record MarkedLines(List<String> ours, List<String> theirs) {
  private static final String START = "<<<<<<<";
  private static final String ANCESTOR = "|||||||";
  private static final String MIDDLE = "=======";
  private static final String END = ">>>>>>>";

  private enum Place {
    BOTH,
    OURS,
    THEIRS
  }

  public MarkedLines {
    ours = List.copyOf(ours);
    theirs = List.copyOf(theirs);
  }

  /** Whether a line could be taken for one of git's markers. */
  public static boolean haveMarker(List<String> lines) {
    return lines.stream().anyMatch(MarkedLines::isMarker);
  }

  private static boolean isMarker(String line) {
    return line.startsWith(START)
        || line.startsWith(ANCESTOR)
        || line.startsWith(END)
        || line.equals(MIDDLE)
        || line.startsWith(MIDDLE + " ");
  }

  /**
   * @param lines in which every marker is git's
   * @return empty when the markers are not in git's order
   */
  public static Optional<MarkedLines> parse(List<String> lines) {
    var ours = new ArrayList<String>();
    var theirs = new ArrayList<String>();
    var place = Place.BOTH;
    for (var line : lines) {
      if (isMarker(line)) {
        var next = after(place, line);
        if (next.isEmpty()) {
          return Optional.empty();
        }
        place = next.get();
      } else {
        if (place != Place.THEIRS) {
          ours.add(line);
        }
        if (place != Place.OURS) {
          theirs.add(line);
        }
      }
    }
    return place == Place.BOTH ? Optional.of(new MarkedLines(ours, theirs)) : Optional.empty();
  }

  private static Optional<Place> after(Place place, String marker) {
    return switch (place) {
      case BOTH -> marker.startsWith(START) ? Optional.of(Place.OURS) : Optional.empty();
      case OURS -> marker.equals(MIDDLE) ? Optional.of(Place.THEIRS) : Optional.empty();
      case THEIRS -> marker.startsWith(END) ? Optional.of(Place.BOTH) : Optional.empty();
    };
  }
}
