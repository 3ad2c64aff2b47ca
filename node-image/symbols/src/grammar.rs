//! What the kinds of nodes mean in each grammar. All that is particular to a language stands here.

use tree_sitter::{Language, Node};

pub fn language(id: u8) -> Option<Language> {
    Some(match id {
        b'J' => tree_sitter_java::LANGUAGE.into(),
        b'P' => tree_sitter_python::LANGUAGE.into(),
        b'S' => tree_sitter_javascript::LANGUAGE.into(),
        b'T' => tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(),
        b'X' => tree_sitter_typescript::LANGUAGE_TSX.into(),
        b'G' => tree_sitter_go::LANGUAGE.into(),
        b'R' => tree_sitter_rust::LANGUAGE.into(),
        _ => return None,
    })
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Type,
    Callable,
    Value,
    Scope,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Type => "Type",
            Kind::Callable => "Callable",
            Kind::Value => "Value",
            Kind::Scope => "Scope",
        }
    }
}

/// A definition: what it is, and the nodes of its name. A method of Go is named within the type that it is of.
pub struct Defined<'t> {
    pub kind: Kind,
    pub owner: Option<Node<'t>>,
    pub trait_of: Option<Node<'t>>,
    pub name: Node<'t>,
}

/// Where a node stands.
#[derive(Clone, Copy)]
pub struct Place {
    /// Within a function that has a name or none: what is declared there is nobody else's.
    pub in_callable: bool,
    pub in_definition: bool,
}

/// Some when the node defines something that others can name.
pub fn defined<'t>(node: Node<'t>, parent: Option<Node<'t>>, place: Place) -> Option<Defined<'t>> {
    use Kind::{Callable, Scope, Type, Value};
    let parent_kind = parent.map_or("", |p| p.kind());
    let of = |kind, field| node.child_by_field_name(field).map(|name| plain(kind, name));
    match node.kind() {
        // Java, JavaScript, TypeScript
        "class_declaration"
        | "interface_declaration"
        | "enum_declaration"
        | "record_declaration"
        | "annotation_type_declaration"
        | "abstract_class_declaration"
        | "type_alias_declaration" => of(Type, "name"),
        "method_declaration" if parent_kind == "source_file" => method_of_go(node),
        "method_declaration"
        | "constructor_declaration"
        | "compact_constructor_declaration"
        | "annotation_type_element_declaration"
        | "function_declaration"
        | "generator_function_declaration"
        | "function_signature"
        | "method_definition"
        | "method_signature"
        | "abstract_method_signature"
        | "method_elem" => of(Callable, "name"),
        "field_declaration" | "constant_declaration" => match node.child_by_field_name("declarator") {
            Some(declarator) => declarator.child_by_field_name("name").map(|name| plain(Value, name)),
            None => of(Value, "name"), // Go and Rust
        },
        "enum_constant" | "property_signature" | "enum_assignment" | "enum_variant" => of(Value, "name"),
        "property_identifier" if parent_kind == "enum_body" => Some(plain(Value, node)),
        "public_field_definition" => of(of_value(node), "name"),
        "field_definition" => of(of_value(node), "property"),
        "variable_declarator" => declarator(node, parent_kind, place),
        "pair" if place.in_definition && !place.in_callable => of(of_value(node), "key"),
        "internal_module" | "module" if node.child_by_field_name("name").is_some() => of(Scope, "name"),
        // Python
        "decorated_definition" => {
            let inner = node.child_by_field_name("definition")?;
            let kind = if inner.kind() == "class_definition" { Type } else { Callable };
            inner.child_by_field_name("name").map(|name| plain(kind, name))
        }
        "function_definition" if parent_kind != "decorated_definition" => of(Callable, "name"),
        "class_definition" if parent_kind != "decorated_definition" => of(Type, "name"),
        "assignment" if !place.in_callable && parent_kind == "expression_statement" => {
            node.child_by_field_name("left").filter(|left| left.kind() == "identifier").map(|name| plain(Value, name))
        }
        // Go
        "type_spec" | "type_alias" => of(Type, "name"),
        "const_spec" | "var_spec" if !place.in_callable => of(Value, "name"),
        // Rust
        "function_item" | "function_signature_item" | "macro_definition" => of(Callable, "name"),
        "struct_item" | "enum_item" | "union_item" | "trait_item" | "type_item" | "associated_type" => of(Type, "name"),
        "const_item" | "static_item" => of(Value, "name"),
        "mod_item" => of(Scope, "name"),
        "impl_item" => node
            .child_by_field_name("type")
            .map(|name| Defined { trait_of: node.child_by_field_name("trait"), ..plain(Scope, name) }),
        _ => None,
    }
}

fn plain(kind: Kind, name: Node<'_>) -> Defined<'_> {
    Defined { kind, owner: None, trait_of: None, name }
}

fn method_of_go(node: Node<'_>) -> Option<Defined<'_>> {
    let receiver = node.child_by_field_name("receiver").and_then(first_type);
    node.child_by_field_name("name").map(|name| Defined { owner: receiver, ..plain(Kind::Callable, name) })
}

fn first_type(node: Node<'_>) -> Option<Node<'_>> {
    let mut next = node;
    for _ in 0..8 {
        if next.kind() == "type_identifier" {
            return Some(next);
        }
        next = next.child_by_field_name("type").or_else(|| next.named_child(0))?;
    }
    None
}

/// In JavaScript; those of Java are found with their fields.
fn declarator<'t>(node: Node<'t>, parent_kind: &str, place: Place) -> Option<Defined<'t>> {
    let kind = of_value(node);
    let is_others = !place.in_callable || kind == Kind::Callable;
    node.child_by_field_name("name")
        .filter(|name| name.kind() == "identifier" && is_others)
        .filter(|_| matches!(parent_kind, "lexical_declaration" | "variable_declaration"))
        .map(|name| plain(kind, name))
}

fn of_value(node: Node<'_>) -> Kind {
    match node.child_by_field_name("value").map(|value| value.kind()) {
        Some("arrow_function" | "function_expression" | "generator_function") => Kind::Callable,
        _ => Kind::Value,
    }
}

/// A function without a name: what it declares is its own.
pub fn is_closure(kind: &str) -> bool {
    matches!(
        kind,
        "arrow_function"
            | "function_expression"
            | "generator_function"
            | "lambda"
            | "lambda_expression"
            | "func_literal"
            | "closure_expression"
    )
}

pub fn is_comment(node: Node<'_>) -> bool {
    matches!(node.kind(), "comment" | "line_comment" | "block_comment" | "html_comment") || is_docstring(node)
}

/// A statement of Python that is a string and does nothing.
fn is_docstring(node: Node<'_>) -> bool {
    node.kind() == "expression_statement"
        && node.child_count() == 1
        && node.child(0).is_some_and(|only| only.kind() == "string" && only.named_child_count() <= 3 && is_plain(only))
}

fn is_plain(string: Node<'_>) -> bool {
    (0..string.named_child_count()).all(|i| string.named_child(i as u32).is_some_and(|c| c.kind() != "interpolation"))
}

/// Where the text counts as it stands, white space too.
pub fn is_quoted(kind: &str) -> bool {
    matches!(
        kind,
        "string"
            | "string_literal"
            | "raw_string_literal"
            | "interpreted_string_literal"
            | "template_string"
            | "character_literal"
            | "char_literal"
            | "rune_literal"
            | "regex"
            | "jsx_text"
    )
}

/// What separates members: to add one changes nothing of what holds them.
pub fn separates(kind: &str, parent_kind: &str) -> bool {
    matches!(kind, "," | ";")
        && matches!(
            parent_kind,
            "enum_body"
                | "enum_body_declarations"
                | "class_body"
                | "interface_body"
                | "object_type"
                | "object"
                | "field_declaration_list"
                | "enum_variant_list"
                | "const_declaration"
                | "var_declaration"
                | "var_spec_list"
                | "type_declaration"
                | "lexical_declaration"
                | "variable_declaration"
        )
}

/// What users of a definition do not rely on.
pub fn is_beside_signature(kind: &str) -> bool {
    matches!(kind, "annotation" | "marker_annotation" | "decorator" | "attribute_item" | "inner_attribute_item")
}

pub enum Name {
    Bare,
    Member,
    Not,
}

/// Whether the leaf is a name that is used, and how.
pub fn name(leaf: Node<'_>, parent: Node<'_>, field: Option<&str>) -> Name {
    match leaf.kind() {
        "property_identifier" | "field_identifier" | "private_property_identifier" => Name::Member,
        "shorthand_field_identifier" | "shorthand_property_identifier" | "package_identifier" => Name::Bare,
        "identifier" | "type_identifier" => match (parent.kind(), field) {
            ("keyword_argument", Some("name")) => Name::Not,
            ("method_invocation", Some("name")) if parent.child_by_field_name("object").is_some() => Name::Member,
            ("field_access", Some("field"))
            | ("attribute", Some("attribute"))
            | (
                "scoped_identifier" | "scoped_type_identifier" | "nested_type_identifier" | "qualified_type",
                Some("name"),
            ) => Name::Member,
            _ => Name::Bare,
        },
        _ => Name::Not,
    }
}

/// Whether what stands there gets a name of its own: a parameter, a local variable.
pub fn binds(parent_kind: &str, field: Option<&str>) -> bool {
    match field {
        Some("name") => matches!(
            parent_kind,
            "formal_parameter"
                | "catch_formal_parameter"
                | "variable_declarator"
                | "resource"
                | "enhanced_for_statement"
                | "instanceof_expression"
                | "named_expression"
                | "default_parameter"
                | "typed_default_parameter"
                | "parameter_declaration"
                | "variadic_parameter_declaration"
                | "var_spec"
                | "const_spec"
        ),
        Some("left") => matches!(
            parent_kind,
            "assignment"
                | "for_statement"
                | "for_in_clause"
                | "for_in_statement"
                | "short_var_declaration"
                | "range_clause"
        ),
        Some("pattern") => matches!(
            parent_kind,
            "let_declaration"
                | "parameter"
                | "for_expression"
                | "let_condition"
                | "required_parameter"
                | "optional_parameter"
        ),
        Some("parameter") => matches!(parent_kind, "arrow_function" | "catch_clause"),
        Some("parameters") => parent_kind == "lambda_expression",
        Some("alias") => parent_kind == "as_pattern",
        Some(_) => false,
        None => matches!(
            parent_kind,
            "parameters"
                | "lambda_parameters"
                | "formal_parameters"
                | "inferred_parameters"
                | "closure_parameters"
                | "match_pattern"
                | "type_parameters"
        ),
    }
}

/// Whether the names below are used after all, though what stands around them binds.
pub fn uses_again(kind: &str, field: Option<&str>) -> bool {
    matches!(field, Some("value" | "right" | "type" | "default_value" | "condition" | "body" | "bounds"))
        || matches!(
            kind,
            "attribute"
                | "subscript"
                | "call"
                | "member_expression"
                | "subscript_expression"
                | "scoped_identifier"
                | "scoped_type_identifier"
                | "type_annotation"
                | "selector_expression"
                | "index_expression"
                | "type"
                | "type_bound"
                | "constraint"
        )
}

/// The last part of what an import names as a text: `x` of `"./a/x.js"`.
pub fn is_source(parent_kind: &str, field: Option<&str>) -> bool {
    matches!(
        (parent_kind, field),
        ("import_statement" | "export_statement", Some("source")) | ("import_spec", Some("path"))
    )
}
