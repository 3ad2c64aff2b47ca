//! From a file to the lines of an answer. The same bytes give the same answer: every limit here counts, none is a time.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::ControlFlow;

use sha2::{Digest, Sha256};
use tree_sitter::{Node, ParseOptions, Parser, TreeCursor};

use crate::grammar::{self, Defined, Kind, Name, Place};
use crate::protocol::Request;

/// Nodes of a tree.
const MOST_NODES: usize = 200_000;
/// Nodes within each other.
const MOST_DEPTH: usize = 1_000;
/// Times that the parser asks whether to go on: once in 100 steps.
const MOST_STEPS: u32 = 100_000;
/// Definitions of a file.
const MOST_DEFINITIONS: usize = 2_000;
/// Definitions within each other: each is told with the names of all around it.
const MOST_NESTED: usize = 32;
/// Bytes of an answer.
const MOST_ANSWER: usize = 4 << 20;
/// Bytes of a name that is told as it stands.
const MOST_NAME: usize = 200;
/// Digits of a digest.
const DIGITS: usize = 32;

/// One line: `unknown`, `encoding`, `error` or `complex`; or `symbols` and then a line for each definition and one of the
/// names that are used outside of all: docs/adr/0028.
pub fn answer(request: &Request) -> String {
    let Some(language) = grammar::language(request.language) else { return "unknown\n".into() };
    if std::str::from_utf8(&request.source).is_err() {
        return "encoding\n".into();
    }
    let mut parser = Parser::new();
    if parser.set_language(&language).is_err() {
        return "unknown\n".into();
    }
    let mut steps = 0;
    let mut go_on = |_: &tree_sitter::ParseState| {
        steps += 1;
        if steps > MOST_STEPS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let source = request.source.as_slice();
    let options = ParseOptions::new().progress_callback(&mut go_on);
    let Some(tree) = parser.parse_with_options(&mut |at, _| &source[at.min(source.len())..], None, Some(options))
    else {
        return "complex\n".into();
    };
    let root = tree.root_node();
    if root.has_error() {
        return "error\n".into();
    }
    if root.descendant_count() > MOST_NODES {
        return "complex\n".into();
    }
    let mut walk = Walk { source, open: Vec::new(), found: Vec::new(), outside: BTreeSet::new() };
    let whole = Here {
        place: Place { in_callable: false, in_definition: false },
        in_signature: false,
        binding: false,
        depth: 0,
    };
    match walk.children(&mut root.walk(), whole).and_then(|()| walk.text()) {
        Ok(text) => text,
        Err(TooComplex) => "complex\n".into(),
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

struct TooComplex;

/// What is known of the place of a node.
#[derive(Clone, Copy)]
struct Here {
    place: Place,
    in_signature: bool,
    binding: bool,
    depth: usize,
}

/// A definition whose end has not come.
struct Open {
    at: usize,
    kind: Kind,
    node: usize,
    name: usize,
    own: Sha256,
    signature: Sha256,
    uses: BTreeSet<String>,
    bound: BTreeSet<String>,
}

struct Definition {
    path: Vec<String>,
    kind: Kind,
    lines: (usize, usize),
    digest: String,
    signature: String,
    uses: BTreeSet<String>,
}

struct Walk<'s> {
    source: &'s [u8],
    open: Vec<Open>,
    found: Vec<Definition>,
    outside: BTreeSet<String>,
}

impl Walk<'_> {
    /// The cursor stands on the parent, before and after.
    fn children(&mut self, cursor: &mut TreeCursor<'_>, here: Here) -> Result<(), TooComplex> {
        if here.depth > MOST_DEPTH {
            return Err(TooComplex);
        }
        let parent = cursor.node();
        let mut end = parent.start_byte();
        if !cursor.goto_first_child() {
            return Ok(());
        }
        loop {
            let node = cursor.node();
            self.between(end, node.start_byte(), here);
            end = node.end_byte();
            if !grammar::is_comment(node) && !grammar::separates(node.kind(), parent.kind()) {
                self.child(cursor, parent, Here { depth: here.depth + 1, ..here })?;
            }
            if !cursor.goto_next_sibling() {
                break;
            }
        }
        cursor.goto_parent();
        self.between(end, parent.end_byte(), here);
        Ok(())
    }

    /// Text of a node that none of its children has.
    fn between(&mut self, from: usize, to: usize, here: Here) {
        let text = self.source[from..to.max(from)].trim_ascii();
        if !text.is_empty() {
            self.feed(b"=", text, here);
        }
    }

    fn child(&mut self, cursor: &mut TreeCursor<'_>, parent: Node<'_>, here: Here) -> Result<(), TooComplex> {
        let node = cursor.node();
        match grammar::defined(node, Some(parent), here.place) {
            Some(defined) => self.definition(cursor, &defined, here),
            None => self.plain(cursor, parent, here),
        }
    }

    fn definition(&mut self, cursor: &mut TreeCursor<'_>, defined: &Defined<'_>, here: Here) -> Result<(), TooComplex> {
        if self.found.len() >= MOST_DEFINITIONS || self.open.len() >= MOST_NESTED {
            return Err(TooComplex);
        }
        let node = cursor.node();
        let mut path = self.open.last().map_or_else(Vec::new, |around| self.found[around.at].path.clone());
        path.extend(defined.owner.map(|owner| self.name(owner)));
        let name = self.name(defined.name);
        path.push(defined.trait_of.map_or_else(|| name.clone(), |of| format!("{} for {name}", self.name(of))));
        self.open.push(Open {
            at: self.found.len(),
            kind: defined.kind,
            node: node.id(),
            name: defined.name.id(),
            own: Sha256::new(),
            signature: Sha256::new(),
            uses: BTreeSet::new(),
            bound: BTreeSet::new(),
        });
        self.found.push(Definition {
            path,
            kind: defined.kind,
            lines: (node.start_position().row + 1, node.end_position().row + 1),
            digest: String::new(),
            signature: String::new(),
            uses: BTreeSet::new(),
        });
        let in_callable = match defined.kind {
            Kind::Type => false,
            Kind::Callable => true,
            Kind::Value | Kind::Scope => here.place.in_callable,
        };
        let inside = Here {
            place: Place { in_callable, in_definition: true },
            in_signature: true,
            binding: false,
            depth: here.depth,
        };
        self.feed(b"(", node.kind().as_bytes(), inside);
        self.children(cursor, inside)?;
        self.close();
        Ok(())
    }

    fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            let whole = &mut self.found[open.at];
            whole.digest = hex(&open.own.finalize())[..DIGITS].into();
            whole.signature = hex(&open.signature.finalize())[..DIGITS].into();
            whole.uses = open.uses.into_iter().filter(|name| !open.bound.contains(name)).collect();
        }
    }

    fn plain(&mut self, cursor: &mut TreeCursor<'_>, parent: Node<'_>, here: Here) -> Result<(), TooComplex> {
        let node = cursor.node();
        let field = cursor.field_name();
        let binds = grammar::binds(parent.kind(), field) || here.binding && !grammar::uses_again(node.kind(), field);
        let here = Here {
            binding: binds && !grammar::uses_again(node.kind(), None),
            in_signature: here.in_signature && self.is_relied_on(node, parent, field),
            place: Place { in_callable: here.place.in_callable || grammar::is_closure(node.kind()), ..here.place },
            depth: here.depth,
        };
        if grammar::is_source(parent.kind(), field) {
            self.source_of_import(node);
        }
        if node.child_count() == 0 {
            self.leaf(node, parent, field, here);
            return Ok(());
        }
        self.feed(b"(", node.kind().as_bytes(), here);
        if grammar::is_quoted(node.kind()) {
            let text = &self.source[node.byte_range()];
            self.feed(b"'", text, here);
        }
        self.children(cursor, here)?;
        self.feed(b")", b"", here);
        Ok(())
    }

    fn is_relied_on(&self, node: Node<'_>, parent: Node<'_>, field: Option<&str>) -> bool {
        if grammar::is_beside_signature(node.kind()) {
            return false;
        }
        match field {
            Some("body") => false,
            Some("value" | "right") => {
                self.open.last().is_some_and(|open| open.kind == Kind::Callable && open.node == parent.id())
            }
            _ => true,
        }
    }

    fn leaf(&mut self, node: Node<'_>, parent: Node<'_>, field: Option<&str>, here: Here) {
        let text = &self.source[node.byte_range()];
        if text.trim_ascii().is_empty() {
            return; // an end of a line, as Go has them
        }
        self.feed(b"'", text, here);
        if node.kind() == "shorthand_property_identifier_pattern" || here.binding && node.kind() == "identifier" {
            let name = self.name(node);
            if let Some(open) = self.open.last_mut() {
                open.bound.insert(name);
            }
            return;
        }
        if self.open.last().is_some_and(|open| open.name == node.id()) {
            return;
        }
        match grammar::name(node, parent, field) {
            Name::Bare => self.used(self.name(node)),
            Name::Member => self.used(format!(".{}", self.name(node))),
            Name::Not => {}
        }
    }

    fn used(&mut self, name: String) {
        match self.open.last_mut() {
            Some(open) => open.uses.insert(name),
            None => self.outside.insert(name),
        };
    }

    fn source_of_import(&mut self, node: Node<'_>) {
        let text = String::from_utf8_lossy(&self.source[node.byte_range()]);
        let last = text.trim_matches(['"', '\'', '`']).rsplit('/').next().unwrap_or_default();
        let stem = last.split('.').next().unwrap_or_default();
        if !stem.is_empty() && stem.len() <= MOST_NAME && stem.chars().all(is_told) {
            self.used(stem.to_owned());
        }
    }

    /// As it stands; what would not fit into a line of the answer by its digest. No name of a language begins with `#` but a
    /// private one of JavaScript, which is no digest.
    fn name(&self, node: Node<'_>) -> String {
        let text = &self.source[node.byte_range()];
        match std::str::from_utf8(text) {
            Ok(name) if name.len() <= MOST_NAME && !name.is_empty() && name.chars().all(is_told) => name.to_owned(),
            _ => format!("##{}", &hex(&Sha256::digest(text))[..DIGITS]),
        }
    }

    fn feed(&mut self, tag: &[u8], text: &[u8], here: Here) {
        if let Some(open) = self.open.last_mut() {
            let length = text.len().to_be_bytes();
            for part in [tag, &length, text] {
                open.own.update(part);
                if here.in_signature {
                    open.signature.update(part);
                }
            }
        }
    }

    fn text(&self) -> Result<String, TooComplex> {
        let mut text = String::from("symbols\n");
        for it in &self.found {
            let _ = writeln!(
                text,
                "{}\t{}\t{}\t{}\t{}\t{}\t{}",
                it.kind.name(),
                it.lines.0,
                it.lines.1,
                it.digest,
                it.signature,
                it.path.join("\u{1f}"),
                joined(&it.uses)
            );
            if text.len() > MOST_ANSWER {
                return Err(TooComplex);
            }
        }
        text.push_str(&joined(&self.outside));
        text.push('\n');
        if text.len() > MOST_ANSWER { Err(TooComplex) } else { Ok(text) }
    }
}

fn is_told(c: char) -> bool {
    !c.is_control() && !c.is_whitespace()
}

fn joined(names: &BTreeSet<String>) -> String {
    names.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
