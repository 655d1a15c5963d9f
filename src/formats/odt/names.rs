//! The namespaces of OpenDocument, and the prefixes that a part has for them.

use roxmltree::Node;

pub(super) const OFFICE: &str = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
pub(super) const TEXT: &str = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
pub(super) const STYLE: &str = "urn:oasis:names:tc:opendocument:xmlns:style:1.0";
pub(super) const TABLE: &str = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
pub(super) const FO: &str = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0";

/// Whether an element is of a namespace.
pub(super) fn is(node: Node<'_, '_>, namespace: &str) -> bool {
    node.is_element() && node.tag_name().namespace() == Some(namespace)
}

/// Whether an element is of a namespace and a name.
pub(super) fn is_element(node: Node<'_, '_>, namespace: &str, name: &str) -> bool {
    is(node, namespace) && node.tag_name().name() == name
}

pub(super) fn attribute<'a>(
    node: Node<'a, '_>,
    namespace: &'static str,
    name: &str,
) -> Option<&'a str> {
    node.attribute((namespace, name))
}

pub(super) fn child<'a, 'b>(
    node: Node<'a, 'b>,
    namespace: &str,
    name: &str,
) -> Option<Node<'a, 'b>> {
    node.children()
        .find(|child| is_element(*child, namespace, name))
}

/// The prefixes of a part, and those that it has yet to declare.
#[derive(Debug)]
pub(super) struct Prefixes {
    prefixes: Vec<(&'static str, String, bool)>,
}

impl Prefixes {
    pub(super) fn of(root: Node<'_, '_>) -> Self {
        let known = [
            (TEXT, "text"),
            (STYLE, "style"),
            (FO, "fo"),
            (OFFICE, "office"),
            (TABLE, "table"),
        ];
        let prefixes = known.into_iter().map(|(namespace, usual)| {
            match root
                .lookup_prefix(namespace)
                .filter(|prefix| !prefix.is_empty())
            {
                Some(prefix) => (namespace, prefix.to_owned(), false),
                None => {
                    let mut prefix = usual.to_owned();
                    while root.lookup_namespace_uri(Some(&prefix)).is_some() {
                        prefix.push('x');
                    }
                    (namespace, prefix, true)
                }
            }
        });
        Prefixes {
            prefixes: prefixes.collect(),
        }
    }

    /// A name with its prefix.
    pub(super) fn name(&self, namespace: &str, name: &str) -> String {
        let prefix = self.prefixes.iter().find(|(known, ..)| *known == namespace);
        prefix.map_or_else(
            || name.to_owned(),
            |(_, prefix, _)| format!("{prefix}:{name}"),
        )
    }

    /// What the root has yet to declare.
    pub(super) fn declarations(&self) -> String {
        let new = self.prefixes.iter().filter(|(_, _, is_new)| *is_new);
        new.map(|(namespace, prefix, _)| format!(" xmlns:{prefix}=\"{namespace}\""))
            .collect()
    }
}
