//! Words as one language knows another by them: what is counted of their translations.

/// How often two words were each other's translation. Words are light stems of loosely folded words ([`super::stem`], [`super::fold`]),
/// numbers `#` and their digits.
#[derive(Clone, Debug, PartialEq)]
pub struct WordCount {
    /// The word of the first language.
    pub a: String,
    /// The word of the second.
    pub b: String,
    /// How often the second came from the first.
    pub there: f64,
    /// How often the first came from the second.
    pub back: f64,
}
