package dev.qudag.merge.rule;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Imports of a language, of those forms alone that take one line, run nothing that has an order,
 * and name all that they bind.
 */
enum ImportSyntax {
  /** {@code import a.b.C;}, {@code import static a.b.C.d;}; no wildcard. */
  JAVA("", Set.of("java"), "import (?:static )?(?:\\w+\\.)+(?<name>\\w+);"),

  /** {@code import a.b}, {@code import a as b}, {@code from a import b, c as d}. */
  PYTHON(
      "",
      Set.of("py", "pyi"),
      "import (?<name>\\w+)(?:\\.\\w+)*",
      "import \\w+(?:\\.\\w+)* as (?<name>\\w+)",
      "from (?!__future__ )(?:\\.*\\w+(?:\\.\\w+)*|\\.+) import (?<list>"
          + Forms.PLAIN_NAMES
          + ")"),

  /**
   * {@code import a, {b, c as d} from 'm';}, {@code import * as a from "m"}; none without a name.
   */
  JAVASCRIPT(
      "",
      Set.of("js", "jsx", "mjs", "ts", "tsx", "mts"),
      "import (?:type )?(?<name>[\\w$]+) from " + Forms.MODULE,
      "import (?:type )?\\* as (?<name>[\\w$]+) from " + Forms.MODULE,
      "import (?:type )?(?:(?<name>[\\w$]+), )?\\{ ?(?<list>"
          + Forms.NAMES
          + ") ?\\} from "
          + Forms.MODULE),

  /** {@code import "a/b"}, {@code import c "a/b"}. */
  GO("", Set.of("go"), "import " + Forms.PACKAGE),

  /** A line of {@code import ( … )}. */
  GO_BLOCK("\t", Set.of(), Forms.PACKAGE),

  /** {@code use a::b;}, {@code use a::b as c;}, {@code use a::{b, c as d};}; no wildcard. */
  RUST(
      "",
      Set.of("rs"),
      "use (?:\\w+::)+(?<name>(?!self;)\\w+);",
      "use (?:\\w+::)+\\w+ as (?<name>\\w+);",
      "use (?:\\w+::)+\\{(?!.*\\bself\\b)(?<list>" + Forms.PLAIN_NAMES + ")\\};");

  /** Characters; longer lines are not looked at. */
  private static final int LONGEST = 300;

  private static final Pattern ITEM = Pattern.compile("(?:type )?(?:[\\w$]+ as )?([\\w$]+)");
  private static final Pattern MAJOR = Pattern.compile("v\\d+");

  private static final class Forms {
    static final String MODULE = "(?:'[^'\\\\]+'|\"[^\"\\\\]+\");?";
    static final String NAMES =
        "(?:type )?[\\w$]+(?: as [\\w$]+)?(?:, (?:type )?[\\w$]+(?: as [\\w$]+)?)*";
    static final String PLAIN_NAMES = "\\w+(?: as \\w+)?(?:, \\w+(?: as \\w+)?)*";
    static final String PACKAGE = "(?:(?<name>\\w+) )?\"(?!C\")(?<path>[\\w./-]+)\"";
  }

  private final String indent;
  private final Set<String> endings;
  private final List<Pattern> forms;

  ImportSyntax(String indent, Set<String> endings, String... forms) {
    this.indent = indent;
    this.endings = endings;
    this.forms = Arrays.stream(forms).map(Pattern::compile).toList();
  }

  /**
   * Of the place before which those lines stand.
   *
   * @param before from the start of the file
   */
  static Optional<ImportSyntax> of(String fileName, List<String> before) {
    var ending = fileName.substring(fileName.lastIndexOf('.') + 1);
    return Arrays.stream(values())
        .filter(syntax -> syntax.endings.contains(ending))
        .map(syntax -> syntax == GO && endsInGoBlock(before) ? GO_BLOCK : syntax)
        .findFirst();
  }

  private static boolean endsInGoBlock(List<String> before) {
    for (var line : before.reversed()) {
      if (line.equals("import (")) {
        return true;
      }
      if (!line.isEmpty() && !line.startsWith("\t")) {
        return false;
      }
    }
    return false;
  }

  /**
   * What an import makes known.
   *
   * @return empty when the line is no import of these forms
   */
  Optional<Set<String>> names(String line) {
    if (line.length() > LONGEST || !line.startsWith(indent)) {
      return Optional.empty();
    }
    return forms.stream()
        .map(form -> form.matcher(line.substring(indent.length())))
        .filter(Matcher::matches)
        .findFirst()
        .map(ImportSyntax::bound);
  }

  private static Set<String> bound(Matcher match) {
    var names = new LinkedHashSet<String>();
    group(match, "name").ifPresent(names::add);
    group(match, "list").ifPresent(list -> names.addAll(items(list)));
    if (names.isEmpty()) {
      group(match, "path").map(ImportSyntax::lastName).ifPresent(names::add);
    }
    return names;
  }

  private static Optional<String> group(Matcher match, String group) {
    return match.namedGroups().containsKey(group)
        ? Optional.ofNullable(match.group(group))
        : Optional.empty();
  }

  private static List<String> items(String list) {
    return Arrays.stream(list.split(", ", -1))
        .map(ITEM::matcher)
        .filter(Matcher::matches)
        .map(item -> item.group(1))
        .toList();
  }

  /** What Go code calls a package by custom: the last part of its path that is no version. */
  private static String lastName(String path) {
    var parts = path.split("/", -1);
    int last = parts.length - 1;
    return last > 0 && MAJOR.matcher(parts[last]).matches() ? parts[last - 1] : parts[last];
  }

  /** Whether an import may stand right after that line, which is no import. */
  boolean mayFollow(String line) {
    return line.isEmpty()
        || (this == JAVA && line.startsWith("package "))
        || (this == GO && line.startsWith("package "))
        || (this == GO_BLOCK && line.equals("import ("));
  }
}
