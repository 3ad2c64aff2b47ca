package dev.qudag.merge.git;

import java.util.stream.Stream;

/**
 * A file with the functions {@code f} and {@code g} in each language, and what to make of it.
 *
 * @param f the text of the first function, with a line for each statement {@code one} to {@code
 *     five}
 * @param g the text of the second one, with {@code six} and {@code seven}
 * @param head before the functions
 * @param tail after them
 * @param comment a line within a function
 * @param more an import
 * @param symbol qualified name of {@code f}
 * @param signature parameters of {@code f}
 * @param otherSignature others in their place
 */
record TestingSource(
    String path,
    String head,
    String f,
    String g,
    String tail,
    String comment,
    String more,
    String symbol,
    String signature,
    String otherSignature) {

  static Stream<TestingSource> all() {
    return Stream.of(
        java(), python(), script("a.js", "x"), script("a.ts", "x: number"), tsx(), go(), rust());
  }

  private static TestingSource java() {
    return new TestingSource(
        "p/A.java",
        "package p;\n\nimport a.B;\n\nclass A {\n",
        body("  void f(int x) {\n", "    ", ";\n", "  }\n"),
        "  void g() {\n    six();\n    seven();\n  }\n",
        "}\n",
        "    // so\n",
        "import a.C;\n",
        "A.f",
        "(int x)",
        "(int x, int y)");
  }

  private static TestingSource python() {
    return new TestingSource(
        "p/a.py",
        "import b\n\n",
        body("def f(x):\n", "    ", "\n", ""),
        "def g():\n    six()\n    seven()\n",
        "",
        "    # so\n",
        "import c\n",
        "f",
        "(x)",
        "(x, y)");
  }

  private static TestingSource script(String path, String parameter) {
    return new TestingSource(
        path,
        "import b from './b';\n\n",
        body("export function f(%s) {\n".formatted(parameter), "  ", ";\n", "}\n"),
        "const g = () => {\n  six();\n  seven();\n};\n",
        "",
        "  // so\n",
        "import c from './c';\n",
        "f",
        "(" + parameter + ")",
        "(" + parameter + ", y)");
  }

  private static TestingSource tsx() {
    var script = script("src/a.tsx", "x: number");
    return new TestingSource(
        script.path,
        script.head,
        script.f,
        script.g,
        "const View = () => <p>{f(1)}</p>;\n",
        script.comment,
        script.more,
        script.symbol,
        script.signature,
        script.otherSignature);
  }

  private static TestingSource go() {
    return new TestingSource(
        "p/a.go",
        "package p\n\nimport \"b\"\n\n",
        body("func f(x int) {\n", "\t", "\n", "}\n"),
        "func g() {\n\tsix()\n\tseven()\n}\n",
        "",
        "\t// so\n",
        "import \"c\"\n",
        "f",
        "(x int)",
        "(x, y int)");
  }

  private static TestingSource rust() {
    return new TestingSource(
        "src/a.rs",
        "use b::B;\n\n",
        body("fn f(x: u8) {\n", "    ", ";\n", "}\n"),
        "fn g() {\n    six();\n    seven();\n}\n",
        "",
        "    // so\n",
        "use c::C;\n",
        "f",
        "(x: u8)",
        "(x: u8, y: u8)");
  }

  private static String body(String open, String indent, String end, String close) {
    var text = new StringBuilder(open);
    for (var statement : new String[] {"one()", "two()", "three()", "four()", "five()"}) {
      text.append(indent).append(statement).append(end);
    }
    return text.append(close).toString();
  }

  String text() {
    return head + f + "\n" + g + tail;
  }

  String withFirstLineChanged() {
    return text().replace("one()", "uno()");
  }

  String withLastLineChanged() {
    return text().replace("five()", "cinco()");
  }

  String withTheOtherFunctionChanged() {
    return text().replace("seven()", "siete()");
  }

  String withAComment() {
    int line = text().indexOf("two()");
    int start = text().lastIndexOf('\n', line) + 1;
    return text().substring(0, start) + comment + text().substring(start);
  }

  String withAnImport() {
    int first = head.indexOf('\n', head.contains("\n\nimport") ? head.indexOf("\n\n") + 2 : 0) + 1;
    return head.substring(0, first) + more + head.substring(first) + f + "\n" + g + tail;
  }

  String withAnotherSignature() {
    return text().replace(signature, otherSignature);
  }

  String withTheFunctionRenamed() {
    return text().replace(" f(", " h(");
  }

  String withoutTheFunction() {
    return head + g + tail;
  }

  String withTheFunctionMoved() {
    return head + g + "\n" + f + tail;
  }

  String withACall() {
    return text().replace("seven()", "f(1)");
  }

  String broken() {
    return text().replace("five()", "five(");
  }
}
