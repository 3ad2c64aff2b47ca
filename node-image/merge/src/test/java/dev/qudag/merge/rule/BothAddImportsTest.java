package dev.qudag.merge.rule;

import static dev.qudag.merge.rule.TestingHunks.addition;
import static dev.qudag.merge.rule.TestingHunks.change;
import static dev.qudag.merge.rule.TestingHunks.lines;
import static dev.qudag.merge.rule.TestingHunks.mirrored;
import static dev.qudag.merge.rule.TestingHunks.part;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.text.Hunk;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BothAddImportsTest {
  private final BothAddImports rule = new BothAddImports();

  private static Hunk add(String path, String ours, String theirs) {
    return addition(path, "\n", ours, theirs, "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A.java  | import b.C;                      | import static b.D.e;",
        "a.py    | import os                        | from typing import Any, List as L",
        "a.py    | from . import x                  | from .a.b import y",
        "a.ts    | import { a, b as c } from './m'; | import type { D } from \"n\"",
        "a.jsx   | import React, { useId } from 'r' | import * as z from 'z';",
        "a.go    | import \"fmt\"                   | import y \"gopkg.in/yaml.v3\"",
        "a.rs    | use std::io::{Read, Write as W}; | use std::fmt;",
      })
  void importsOfBothSidesAreKept(String path, String ours, String theirs) {
    Hunk hunk = add(path, ours + "\n", theirs + "\n");

    assertThat(rule.resolve(hunk).orElseThrow()).containsExactlyInAnyOrder(ours, theirs);
    assertThat(rule.resolve(mirrored(hunk))).isEqualTo(rule.resolve(hunk));
  }

  @Test
  void sortedSidesGiveASortedWholeInWhichNothingIsTwice() {
    Hunk hunk =
        add(
            "A.java",
            "import a.A;\nimport c.C;\nimport e.E;\n",
            "import b.B;\nimport c.C;\nimport d.D;\n");

    assertThat(rule.resolve(hunk))
        .hasValue(lines("import a.A;\nimport b.B;\nimport c.C;\nimport d.D;\nimport e.E;\n"));
  }

  @Test
  void aSidesOwnOrderStays() {
    Hunk hunk = add("A.java", "import z.Z;\nimport a.A;\n", "import m.M;\n");

    assertThat(rule.resolve(hunk)).hasValue(lines("import m.M;\nimport z.Z;\nimport a.A;\n"));
    assertThat(rule.resolve(mirrored(hunk))).isEqualTo(rule.resolve(hunk));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A.java | import java.util.List;     | import java.awt.List;", // one name
        "A.java | import java.util.*;        | import java.awt.List;", // names unknown
        "A.java | import a.B;                | class C {}", // no import
        "a.py   | from a import x            | from b import x",
        "a.py   | from a import *            | import b",
        "a.py   | from __future__ import x   | import b", // must come first
        "a.py   | import a, b                | import c",
        "a.py   | import a  # noqa           | import c",
        "a.ts   | import './a.css';          | import b from 'b'", // runs, in an order
        "a.ts   | import a from 'a';         | import { a } from 'b';",
        "a.js   | const a = require('a');    | import b from 'b';",
        "a.go   | import . \"a\"             | import \"b\"",
        "a.go   | import _ \"a\"             | import \"b\"",
        "a.go   | import \"C\"               | import \"b\"",
        "a.go   | import \"a/yaml\"          | import \"gopkg.in/yaml.v3\"",
        "a.go   | import \"a/go-yaml\"       | import \"b/yaml\"",
        "py     | import a                  | import b",
        "a.go   | import \"a/yaml\"          | import \"b/yaml/v3\"",
        "a.rs   | use a::*;                  | use b::C;",
        "a.rs   | use a::{self, B};          | use c::D;",
        "a.rs   | use a::B;                  | use c::D as B;",
        "a.c    | #include <a.h>             | #include <b.h>", // order matters
      })
  void inDoubtItIsLeftToPeople(String path, String ours, String theirs) {
    Hunk hunk = add(path, ours + "\n", theirs + "\n");

    assertThat(rule.resolve(hunk)).isEmpty();
    assertThat(rule.resolve(mirrored(hunk))).isEmpty();
  }

  @Test
  void linesOfAGoBlockAreImportsInItAlone() {
    assertThat(
            rule.resolve(
                addition("a.go", "import (\n\t\"a\"\n", "\t\"b\"\n", "\tc \"x/y\"\n", ")\n")))
        .hasValue(lines("\t\"b\"\n\tc \"x/y\"\n"));
    assertThat(
            rule.resolve(addition("a.go", "import (\n", "\t\"b\"\n", "\t\"c\"\n", "\t\"d\"\n)\n")))
        .isPresent();
    assertThat(rule.resolve(addition("a.go", "x := y(\n", "\t\"b\"\n", "\t\"c\"\n", ")\n")))
        .isEmpty();
    assertThat(
            rule.resolve(
                addition("a.go", "import (\n\t\"a\"\n)\n", "\t\"b\"\n", "\t\"c\"\n", "\n")))
        .isEmpty();
  }

  /** An annotation, a comment for the compiler, or the head of a block takes the next line. */
  @Test
  void afterALineThatMayReachIntoTheNextItIsLeftToPeople() {
    assertThat(rule.resolve(addition("a.rs", "#[cfg(test)]\n", "use a::B;\n", "use c::D;\n", "\n")))
        .isEmpty();
    assertThat(
            rule.resolve(
                addition(
                    "a.ts", "// @ts-ignore\n", "import a from 'a'\n", "import b from 'b'\n", "\n")))
        .isEmpty();
    assertThat(
            rule.resolve(
                addition("a.py", "\"\"\"Doc.\n\n", "import a\n", "import b\n", "\"\"\"\n")))
        .isEmpty();
    assertThat(rule.resolve(addition("a.py", "\n", "import a\n", "import b\n", "  x = 1\n")))
        .isEmpty();
  }

  @Test
  void afterThePackageOrAtTheTopTheyMayStand() {
    assertThat(
            rule.resolve(addition("A.java", "package a;\n", "import b.C;\n", "import b.D;\n", "")))
        .isPresent();
    assertThat(rule.resolve(addition("a.py", "", "import a\n", "import b\n", ""))).isPresent();
  }

  /** One that git merges, elsewhere in the file, binds names too. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A.java | import java.awt.List;", // the name of an added one
        "A.java | import java.awt.*;", // names unknown
        "A.java | import java.awt.Map; // for maps",
        "a.py   | from a import List",
        "a.py   | from a import *",
        "a.py   | from a import (",
        "a.ts   | import { List } from './m';",
        "a.ts   | import {",
        "a.rs   | use a::List;",
        "a.rs   | pub use a::*;",
      })
  void besideAnImportThatMayBindTheNameItIsLeftToPeople(String path, String other) {
    var imports =
        switch (path) {
          case "A.java" -> List.of("import b.List;", "import c.C;");
          case "a.py" -> List.of("from b import List", "from c import C");
          case "a.ts" -> List.of("import List from 'b';", "import C from 'c';");
          case "a.rs" -> List.of("use b::List;", "use c::C;");
          default -> throw new IllegalArgumentException(path);
        };
    var plain = addition(path, "\n", imports.get(0) + "\n", imports.get(1) + "\n", "\n");
    var after =
        new Hunk(
            path,
            2,
            plain.inBase(),
            plain.inOurs(),
            part("\n", imports.get(1) + "\n", "\n" + other + "\n"));

    assertThat(rule.resolve(plain)).isPresent();
    assertThat(rule.resolve(after)).isEmpty();
    assertThat(rule.resolve(mirrored(after))).isEmpty();
  }

  /** What runs before an import may be what it needs; and it may have made a text of its lines. */
  @Test
  void afterCodeItIsLeftToPeople() {
    assertThat(rule.resolve(addition("a.py", "setup()\n\n", "import a\n", "import b\n", "")))
        .isEmpty();
    assertThat(
            rule.resolve(
                addition("a.js", "f();\n\n", "import a from 'a'\n", "import b from 'b'\n", "")))
        .isEmpty();
    assertThat(
            rule.resolve(
                addition(
                    "A.java", "/* a */ import a.*;\n\n", "import b.C;\n", "import b.D;\n", "")))
        .isEmpty();
    assertThat(
            rule.resolve(
                addition("a.py", "# \"\"\"\nx = \"\"\"\n\n", "import a\n", "import b\n", "")))
        .isEmpty();
  }

  @Test
  void afterTheTextAndCommentsOfTheHeadTheyMayStand() {
    assertThat(
            rule.resolve(
                addition(
                    "a.py",
                    "\"\"\"Does a.\n\nAnd b.\n\"\"\"\n# c\n\nfrom __future__ import x\nimport z\n",
                    "import a\n",
                    "import b\n",
                    "\n")))
        .isPresent();
    assertThat(
            rule.resolve(
                addition(
                    "A.java",
                    "/*\n * Free.\n */\npackage a;\n\n",
                    "import b.C;\n",
                    "import b.D;\n",
                    "")))
        .isPresent();
  }

  @Test
  void anImportThatASideMovedIsLeftToPeople() {
    var moved =
        new Hunk(
            "a.py",
            2,
            part("import a\nimport b\n", "", "\n"),
            part("import b\n", "import a\nimport c\n", "\n"),
            part("import b\n", "import d\n", "\n"));

    assertThat(rule.resolve(moved)).isEmpty();
  }

  @Test
  void whatBothAddInAnotherOrderIsLeftToPeople() {
    Hunk hunk = add("a.py", "import patch\nimport late\n", "import late\n");

    assertThat(rule.resolve(hunk)).isEmpty();
    assertThat(rule.resolve(mirrored(hunk))).isEmpty();
  }

  @Test
  void inAFileOfThousandsOfLinesItIsLeftToPeople() {
    assertThat(rule.resolve(addition("a.py", "", "import a\n", "import b\n", "x\n".repeat(5001))))
        .isEmpty();
  }

  @Test
  void whereOneSideMadeAnotherBlockOfItIsLeftToPeople() {
    var hunk =
        new Hunk(
            "a.go",
            3,
            part("import (\n\t\"a\"\n", "", ")\n"),
            part("import (\n)\nvar x = y(\n\t\"a\"\n", "\t\"b\"\n", ")\n"),
            part("import (\n\t\"a\"\n", "\t\"c\"\n", ")\n"));

    assertThat(rule.resolve(hunk)).isEmpty();
  }

  @Test
  void aChangedImportIsNoAddition() {
    assertThat(rule.resolve(change("A.java", "import a.A;\n", "import b.A;\n", "import c.C;\n")))
        .isEmpty();
  }
}
