//! What elements are to a translator: where blocks end, what stands in a sentence, what is nobody's text.

use super::tokens::StartTag;

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It ends a block and begins another.
    Block,
    /// It ends a line.
    Break,
    /// It stands in a sentence and encloses a part of it; what sort of part.
    Inline,
    /// It stands in a sentence and encloses nothing.
    Alone,
    /// What it encloses is no text, or none that stands in a sentence.
    Opaque,
}

/// What an element of this name is. One that HTML does not know is shown in the line.
pub(super) fn role(name: &str) -> Role {
    match name {
        "br" => Role::Break,
        "address" | "article" | "aside" | "blockquote" | "body" | "button" | "caption"
        | "center" | "col" | "colgroup" | "datalist" | "dd" | "details" | "dialog" | "dir"
        | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form"
        | "frameset" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "head" | "header" | "hgroup"
        | "hr" | "html" | "label" | "legend" | "li" | "listing" | "main" | "menu" | "nav"
        | "ol" | "optgroup" | "option" | "p" | "pre" | "search" | "section" | "select"
        | "summary" | "table" | "tbody" | "td" | "tfoot" | "th" | "thead" | "title" | "tr"
        | "ul" => Role::Block,
        "area" | "base" | "basefont" | "bgsound" | "embed" | "frame" | "image" | "img"
        | "input" | "keygen" | "link" | "meta" | "param" | "source" | "track" | "wbr" => {
            Role::Alone
        }
        "applet" | "audio" | "canvas" | "iframe" | "math" | "noembed" | "noframes" | "noscript"
        | "object" | "plaintext" | "script" | "style" | "svg" | "template" | "textarea"
        | "video" | "xmp" => Role::Opaque,
        _ => Role::Inline,
    }
}

/// Whether nothing of it is seen, so that it does not part the blanks around it.
pub(super) fn is_unseen(name: &str) -> bool {
    matches!(
        name,
        "base"
            | "link"
            | "meta"
            | "noscript"
            | "param"
            | "script"
            | "source"
            | "style"
            | "template"
            | "track"
            | "wbr"
    )
}

/// The type of an inline code, in the words of TMX where it has one.
pub(super) fn kind(name: &str) -> &str {
    match name {
        "b" | "strong" => "bold",
        "i" | "em" | "cite" | "dfn" | "var" => "italic",
        "u" | "ins" => "ulined",
        "a" => "link",
        "img" | "image" | "svg" => "image",
        "s" | "strike" | "del" => "strike",
        "" => "x-other",
        name => name,
    }
}

/// What an element closes when it opens inside, and what keeps it from looking further out.
pub(super) fn closes(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "li" => (&["li"], &["ul", "ol", "menu", "table", "td", "th"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl", "table", "td", "th"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "tr" => (&["tr"], &["table"]),
        "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot"], &["table"]),
        "option" | "optgroup" => (&["option"], &["select", "datalist", "optgroup"]),
        _ if role(name) == Role::Block
            && !matches!(name, "button" | "label" | "select" | "option") =>
        {
            (
                &["p"],
                &["button", "table", "td", "th", "li", "div", "blockquote"],
            )
        }
        _ => (&[], &[]),
    }
}

/// Whether it is one of the parts of a page that assistive technology can jump to.
pub(super) fn is_landmark(name: &str) -> bool {
    matches!(
        name,
        "nav" | "header" | "footer" | "aside" | "main" | "article"
    )
}

/// Whether its text is written for machines, and its direction with it.
pub(super) fn is_code(name: &str) -> bool {
    matches!(
        name,
        "pre" | "code" | "kbd" | "samp" | "tt" | "input" | "textarea" | "select"
    )
}

/// Whether an attribute holds text for people.
pub(super) fn is_text_attribute(tag: &StartTag, name: &str, text: &str) -> bool {
    let is = |attribute: &str, values: &[&str]| {
        let value = tag.value(attribute, text).unwrap_or_default().trim();
        values.iter().any(|known| known.eq_ignore_ascii_case(value))
    };
    match name {
        // Names of style sheets, which a browser lists among its settings.
        "title" => !matches!(tag.name.as_str(), "link" | "style"),
        "alt" | "placeholder" | "aria-label" | "aria-description" => true,
        "label" => matches!(tag.name.as_str(), "optgroup" | "option" | "track"),
        "value" => tag.name == "input" && is("type", &["button", "submit", "reset"]),
        "content" => {
            const DESCRIBING: &[&str] = &[
                "description",
                "keywords",
                "og:title",
                "og:description",
                "twitter:title",
                "twitter:description",
            ];
            tag.name == "meta" && (is("name", DESCRIBING) || is("property", DESCRIBING))
        }
        _ => false,
    }
}

/// Whether it says that its text is to be translated, or not to be.
pub(super) fn translate(tag: &StartTag, text: &str) -> Option<bool> {
    let class = tag.value("class", text).unwrap_or_default();
    if class
        .split_ascii_whitespace()
        .any(|class| matches!(class, "notranslate" | "skiptranslate"))
    {
        return Some(false);
    }
    let said = tag.value("translate", text)?.trim();
    match said {
        _ if said.eq_ignore_ascii_case("no") => Some(false),
        _ if said.is_empty() || said.eq_ignore_ascii_case("yes") => Some(true),
        _ => None,
    }
}
