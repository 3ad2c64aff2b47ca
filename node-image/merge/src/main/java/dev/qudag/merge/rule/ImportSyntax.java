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
  JAVA(
      "",
      Set.of("java"),
      Forms.COMMENT + "|package [\\w.]+;",
      "import\\b.*",
      "import (?:static )?(?:\\w+\\.)+(?<name>\\w+);"),

  /** {@code import a.b}, {@code import a as b}, {@code from a import b, c as d}. */
  PYTHON(
      "",
      Set.of("py", "pyi"),
      "#.*|from __future__ import .*",
      "(?:import|from)\\b.*",
      "import (?<name>\\w+)(?:\\.\\w+)*",
      "import \\w+(?:\\.\\w+)* as (?<name>\\w+)",
      "from (?!__future__ )(?:\\.*\\w+(?:\\.\\w+)*|\\.+) import (?<list>"
          + Forms.PLAIN_NAMES
          + ")"),

  /** {@code import a, {b, c as d} from 'm';}, {@code import * as a from "m"}; each with a name. */
  JAVASCRIPT(
      "",
      Set.of("js", "jsx", "mjs", "ts", "tsx", "mts"),
      Forms.COMMENT + "|['\"]use [a-z]+['\"];?|import " + Forms.MODULE,
      "import\\b(?!\\(|\\.).*",
      "import (?:type )?(?<name>[\\w$]+) from " + Forms.MODULE,
      "import (?:type )?\\* as (?<name>[\\w$]+) from " + Forms.MODULE,
      "import (?:type )?(?:(?<name>[\\w$]+), )?\\{ ?(?<list>"
          + Forms.NAMES
          + ") ?\\} from "
          + Forms.MODULE),

  /** {@code import "a/b"}, {@code import c "a/b"}; none for what it runs ({@code _}). */
  GO("", Set.of("go"), "//.*|package \\w+", "import\\b.*", "import " + Forms.PACKAGE),

  /** A line of {@code import ( … )}. */
  GO_BLOCK(
      "\t",
      Set.of(),
      "\\t?//.*|package \\w+|import \\(|\\t_ \"[^\"]+\"",
      "import\\b.*|\\t(?:[\\w.]+ )?\"[^\"]*\"(?:\\s*//.*)?",
      Forms.PACKAGE),

  /** {@code use a::b;}, {@code use a::b as c;}, {@code use a::{b, c as d};}; no wildcard. */
  RUST(
      "",
      Set.of("rs"),
      "//.*|#!\\[.*",
      "(?:pub\\b.*)?\\b(?:use|extern crate)\\b.*",
      "use (?:\\w+::)+(?<name>(?!self;)\\w+);",
      "use (?:\\w+::)+\\w+ as (?<name>\\w+);",
      "use (?:\\w+::)+\\{(?!.*\\bself\\b)(?<list>" + Forms.PLAIN_NAMES + ")\\};");

  /** Characters; longer lines are not looked at. */
  private static final int LONGEST = 300;

  private static final Pattern ITEM = Pattern.compile("(?:type )?(?:[\\w$]+ as )?([\\w$]+)");
  private static final Pattern MAJOR = Pattern.compile("v\\d+");

  private static final class Forms {
    /** A line of a comment, behind which nothing stands. */
    static final String COMMENT = "//.*|(?!.*\\*/\\s*\\S)(?:/\\*|\\s\\*).*";

    static final String MODULE = "(?:'[^'\\\\]+'|\"[^\"\\\\]+\");?";
    static final String NAMES =
        "(?:type )?[\\w$]+(?: as [\\w$]+)?(?:, (?:type )?[\\w$]+(?: as [\\w$]+)?)*";
    static final String PLAIN_NAMES = "\\w+(?: as \\w+)?(?:, \\w+(?: as \\w+)?)*";
    static final String PACKAGE = "(?:(?<name>(?!_ )\\w+) )?\"(?!C\")(?<path>[\\w./-]+)\"";
  }

  private final String indent;
  private final Set<String> endings;
  private final Pattern head;
  private final Pattern any;
  private final List<Pattern> forms;

  /**
   * @param head what may stand before imports and binds no name
   * @param any lines that may be imports, or begin one, of whatever form
   * @param forms of imports, without the indent
   */
  ImportSyntax(String indent, Set<String> endings, String head, String any, String... forms) {
    this.indent = indent;
    this.endings = endings;
    this.head = Pattern.compile(head);
    this.any = Pattern.compile(any, Pattern.DOTALL);
    this.forms = Arrays.stream(forms).map(Pattern::compile).toList();
  }

  /**
   * Of the place before which those lines stand.
   *
   * @param befores from the start of the file, in each version
   * @return empty when the language is unknown, or the versions differ in what the place is
   */
  static Optional<ImportSyntax> of(String fileName, List<List<String>> befores) {
    int dot = fileName.lastIndexOf('.');
    return Arrays.stream(values())
        .filter(syntax -> dot >= 0 && syntax.endings.contains(fileName.substring(dot + 1)))
        .findFirst()
        .flatMap(syntax -> syntax == GO ? ofGo(befores) : Optional.of(syntax));
  }

  private static Optional<ImportSyntax> ofGo(List<List<String>> befores) {
    long inBlock = befores.stream().filter(ImportSyntax::endsInGoBlock).count();
    if (inBlock == 0) {
      return Optional.of(GO);
    }
    return inBlock == befores.size() ? Optional.of(GO_BLOCK) : Optional.empty();
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
        .map(ImportSyntax::bound)
        .filter(names -> !names.isEmpty());
  }

  private static Set<String> bound(Matcher match) {
    var names = new LinkedHashSet<String>();
    group(match, "name").ifPresent(names::add);
    group(match, "list").ifPresent(list -> names.addAll(items(list)));
    if (names.isEmpty()) {
      group(match, "path").ifPresent(path -> names.addAll(packageNames(path)));
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

  /**
   * What Go code may call a package: by custom the last part of its path that is no version, or of
   * {@code go-yaml}, {@code yaml.v3} the word that is no version and not "go".
   */
  private static List<String> packageNames(String path) {
    var parts = path.split("/", -1);
    int last = parts.length - 1;
    var name = last > 0 && MAJOR.matcher(parts[last]).matches() ? parts[last - 1] : parts[last];
    return Arrays.stream(name.split("[-.]", -1))
        .filter(word -> !word.isEmpty() && !word.equals("go") && !MAJOR.matcher(word).matches())
        .toList();
  }

  /** Whether a line before all code is of this form: empty, a comment, or an import with names. */
  boolean mayBeInHead(String line) {
    return line.isEmpty() || bindsNothing(line) || names(line).isPresent();
  }

  /** Whether a line may be an import, or the first line of one, whose names do not show. */
  boolean isOfOtherForm(String line) {
    return any.matcher(line).matches() && !bindsNothing(line) && names(line).isEmpty();
  }

  private boolean bindsNothing(String line) {
    return head.matcher(line).matches();
  }

  /** Whether an import may stand right after that line, which is no import. */
  boolean mayFollow(String line) {
    return line.isEmpty()
        || (this == JAVA && line.startsWith("package "))
        || (this == GO && line.startsWith("package "))
        || (this == GO_BLOCK && line.equals("import ("));
  }
}
