use super::*;

fn of(language: u8, source: &str) -> Vec<Vec<String>> {
    let text = answer(&Request { language, source: source.as_bytes().to_vec() });
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("symbols"), "{text}");
    lines.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn paths(language: u8, source: &str) -> Vec<String> {
    let lines = of(language, source);
    lines[..lines.len() - 1].iter().map(|line| format!("{} {}", line[0], line[5].replace('\u{1f}', "."))).collect()
}

#[test]
fn names_what_java_defines() {
    let source = "package p; import a.B;\n@A class C<T> extends D { int f = 1, g; C() {} void m(int x) { int y = x; h(y); }\n  enum E { ONE, TWO { void o() {} }; } record R(int a) {} }";
    assert_eq!(
        paths(b'J', source),
        [
            "Type C",
            "Value C.f",
            "Callable C.C",
            "Callable C.m",
            "Type C.E",
            "Value C.E.ONE",
            "Value C.E.TWO",
            "Callable C.E.TWO.o",
            "Type C.R"
        ]
    );
    assert_eq!(of(b'J', source)[3][6], "h");
}

#[test]
fn names_what_python_defines() {
    let source = "import os\nLIMIT = 3\n@d\nclass A(B):\n    x: int = 1\n    @property\n    def p(self): return self.q(LIMIT)\n\ndef f(a, b=1, *c, d: int = 2):\n    y = a\n    def g(): pass\n    return h(y, k=d)\n";
    assert_eq!(
        paths(b'P', source),
        ["Value LIMIT", "Type A", "Value A.x", "Callable A.p", "Callable f", "Callable f.g"]
    );
    assert_eq!(of(b'P', source)[3][6], ".q LIMIT property");
    assert_eq!(of(b'P', source)[4][6], "h int");
    assert_eq!(of(b'P', source)[6][0], "os");
}

#[test]
fn names_what_javascript_and_typescript_define() {
    let source = "import { a } from './lib/b.js';\nexport const f = (x) => { const y = x; return a(y); };\nconst o = { m() {}, k: 1, n: function () {} };\nexport default class C { #p = 1; q() {} }\ndescribe('x', () => { const z = 1; });\n";
    let expected =
        ["Callable f", "Value o", "Callable o.m", "Value o.k", "Callable o.n", "Type C", "Value C.#p", "Callable C.q"];
    assert_eq!(paths(b'S', source), expected);
    let lines = of(b'S', source);
    assert_eq!((lines[0][6].as_str(), lines[8][0].as_str()), ("a", "a b describe"));
    let source = "interface I { a: string; b(x: number): void }\nenum E { A, B = 2 }\ntype T = I | null;\nnamespace N { export function g(): T { return null; } }\nabstract class K { private x: I; abstract m(): void; }\nfunction h<T>(x?: T): T { return x as T; }";
    let expected = [
        "Type I",
        "Value I.a",
        "Callable I.b",
        "Type E",
        "Value E.A",
        "Value E.B",
        "Type T",
        "Scope N",
        "Callable N.g",
        "Type K",
        "Value K.x",
        "Callable K.m",
        "Callable h",
    ];
    assert_eq!(paths(b'T', source), expected);
    assert_eq!(paths(b'X', "const A = () => <B c={d}>text</B>;"), ["Callable A"]);
}

#[test]
fn names_what_go_defines() {
    let source = "package p\nimport \"x/y\"\ntype S struct {\n\tA int\n\tB, C string\n}\ntype I interface {\n\tM(int) error\n}\nconst (\n\tX = iota\n\tY\n)\nvar v = y.F()\nfunc (s *S) Get(k string) int {\n\tn := s.A\n\treturn n + f(k)\n}\nfunc f(string) int { return 1 }\n";
    assert_eq!(
        paths(b'G', source),
        [
            "Type S",
            "Value S.A",
            "Value S.B",
            "Type I",
            "Callable I.M",
            "Value X",
            "Value Y",
            "Value v",
            "Callable S.Get",
            "Callable f"
        ]
    );
    assert_eq!(of(b'G', source)[8][6], ".A S f int string");
}

#[test]
fn names_what_rust_defines() {
    let source = "use a::b;\nstruct S { x: u8 }\nenum E { A, B(u8) }\nimpl S { fn m(&self) -> u8 { let y = self.x; c::d(y) } }\nimpl T for S { const K: u8 = 1; fn t(&self) {} }\nmod q { pub fn r() {} }\nmacro_rules! z { () => {} }\ntrait T { fn t(&self); }";
    assert_eq!(
        paths(b'R', source),
        [
            "Type S",
            "Value S.x",
            "Type E",
            "Value E.A",
            "Value E.B",
            "Scope S",
            "Callable S.m",
            "Scope T for S",
            "Value T for S.K",
            "Callable T for S.t",
            "Scope q",
            "Callable q.r",
            "Callable z",
            "Type T",
            "Callable T.t"
        ]
    );
}

fn digests(language: u8, source: &str) -> Vec<(String, String)> {
    let lines = of(language, source);
    lines[..lines.len() - 1].iter().map(|line| (line[3].clone(), line[4].clone())).collect()
}

#[test]
fn neither_comments_nor_white_space_change_a_digest() {
    let plain = digests(b'J', "class A { int f(int x) { return x + 1; } }");
    assert_eq!(
        plain,
        digests(b'J', "/** Doc. */\nclass A {\n  // so\n  int f( int x )\n { return x /* 1 */ + 1; }\n}\n")
    );
    let plain = digests(b'P', "def f(x):\n    return x\n");
    assert_eq!(plain, digests(b'P', "def f( x ):\n    \"\"\"Doc.\"\"\"\n    # so\n    return x  # it\n"));
    assert_ne!(digests(b'P', "a = 'x y'\n"), digests(b'P', "a = 'x  y'\n"));
    assert_ne!(
        digests(b'P', "def f():\n    if a:\n        b()\n        c()\n"),
        digests(b'P', "def f():\n    if a:\n        b()\n    c()\n")
    );
}

#[test]
fn what_stands_within_a_definition_is_not_its_own() {
    let one = digests(b'J', "class A { int a; void f() { g(); } }");
    let other = digests(b'J', "class A { int a; int b; void f() { h(); } }");
    assert_eq!(one[0], other[0], "the class");
    assert_ne!(one[2].0, other[3].0, "the method");
    assert_eq!(one[2].1, other[3].1, "its signature");
    let one = digests(b'T', "enum E { A, B }");
    assert_eq!(one[0], digests(b'T', "enum E { A, B, C, }")[0]);
    let one = digests(b'G', "package p\nconst (\n\tA = 1\n)\ntype S struct {\n\tX int\n}\n");
    let other = digests(b'G', "package p\nconst (\n\tA = 1\n\tB = 2\n)\ntype S struct {\n\tX int\n\tY int\n}\n");
    assert_eq!((&one[0], &one[1]), (&other[0], &other[2]));
}

#[test]
fn a_signature_is_what_users_rely_on() {
    let one = digests(b'S', "const f = (a) => a;");
    assert_eq!(one[0].1, digests(b'S', "const f = (a) => a + 1;")[0].1);
    assert_ne!(one[0].1, digests(b'S', "const f = (a, b) => a;")[0].1);
    let one = digests(b'P', "@old\ndef f(a, b=1): pass\n");
    assert_eq!(one[0].1, digests(b'P', "@new\ndef f(a, b=2): return a\n")[0].1);
    assert_ne!(one[0].1, digests(b'P', "@old\ndef f(a, b): pass\n")[0].1);
    assert_eq!(
        digests(b'J', "class A { static final int X = 1; }")[1].1,
        digests(b'J', "class A { static final int X = 2; }")[1].1
    );
}

#[test]
fn what_does_not_parse_is_said() {
    let said = |language, source: &[u8]| answer(&Request { language, source: source.to_vec() });
    assert_eq!(said(b'J', b"class A {"), "error\n");
    assert_eq!(said(b'J', b"class \xff {}"), "encoding\n");
    assert_eq!(said(b'?', b""), "unknown\n");
    assert_eq!(said(b'P', b""), "symbols\n\n");
}

#[test]
fn hostile_nesting_is_followed_only_so_far() {
    for (language, open, close) in
        [(b'S', "[", "]"), (b'P', "(", ")"), (b'J', "{", "}"), (b'G', "{", "}"), (b'R', "{", "}")]
    {
        let source = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
        let said = answer(&Request { language, source: source.into_bytes() });
        assert!(said == "complex\n" || said == "error\n", "{said:.80}");
    }
    let deep = format!("x = {}1{}\n", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(answer(&Request { language: b'P', source: deep.into_bytes() }), "complex\n");
}

#[test]
fn definitions_within_each_other_are_followed_only_so_far() {
    let nested = |n| format!("{}{}", "class A {".repeat(n), "}".repeat(n));
    assert_eq!(paths(b'J', &nested(32)).len(), 32);
    assert_eq!(answer(&Request { language: b'J', source: nested(33).into_bytes() }), "complex\n");
}

#[test]
fn the_same_bytes_give_the_same_answer() {
    let source = include_str!("tests.rs");
    assert_eq!(of(b'R', source), of(b'R', source));
}
