//! What stands on page after page around the texts of a site: its menu, its footer, the note about cookies.
//!
//! A text is furniture if it stands on at least half of the pages of one language, and on three or more, in a landmark that is not the text
//! itself (navigation, header, footer, sidebar), or, on pages that mark nothing, in the run of such texts with which pages begin and end.
//! A formula of letters stands in the text, so it is none.

use std::collections::{HashMap, HashSet};

use super::letter::Letter;
use crate::formats::Format;
use crate::text::fold;
use crate::text::language::Language;

/// On so many pages a text must stand.
const PAGES: usize = 3;

/// The furniture of the pages in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Furniture {
    /// The language.
    pub language: Language,
    /// How many pages there are in it.
    pub pages: usize,
    /// What stands on them, in the order of the page that has it first.
    pub texts: Vec<String>,
}

/// The furniture of some pages, language by language. Documents of other formats have none.
pub fn furniture(letters: &[&Letter]) -> Vec<Furniture> {
    let mut found: Vec<Furniture> = Vec::new();
    for letter in letters {
        if found.iter().any(|known| known.language == letter.language) {
            continue;
        }
        let pages: Vec<&Letter> = letters
            .iter()
            .copied()
            .filter(|other| other.language == letter.language && other.format() == Format::Html)
            .collect();
        let texts = of_pages(&pages);
        if !texts.is_empty() {
            found.push(Furniture {
                language: letter.language.clone(),
                pages: pages.len(),
                texts,
            });
        }
    }
    found
}

fn of_pages(pages: &[&Letter]) -> Vec<String> {
    let enough = PAGES.max(pages.len().div_ceil(2));
    let mut on: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let own: HashSet<String> = page.paragraphs().map(|text| key(text, page)).collect();
        for text in own {
            *on.entry(text).or_default() += 1;
        }
    }
    let repeats = |text: &str, page: &Letter| {
        on.get(&key(text, page))
            .is_some_and(|count| *count >= enough)
    };
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for page in pages {
        let texts: Vec<&str> = page.paragraphs().collect();
        let first = texts.iter().position(|text| !repeats(text, page));
        let last = texts.iter().rposition(|text| !repeats(text, page));
        let regions = page.regions();
        let marks_its_text = regions.iter().any(|region| !region.is_empty());
        for (number, text) in texts.iter().enumerate() {
            let is_outside = match regions.get(number) {
                Some(region) if marks_its_text => is_beside(region),
                _ => {
                    first.is_none_or(|first| number < first)
                        || last.is_none_or(|last| number > last)
                }
            };
            if is_outside && repeats(text, page) && seen.insert(key(text, page)) {
                found.push((*text).to_owned());
            }
        }
    }
    found
}

/// Whether landmarks (`header/nav`) say that a text is not the page's own.
fn is_beside(region: &str) -> bool {
    let mut landmarks = region.split('/');
    landmarks
        .clone()
        .any(|landmark| matches!(landmark, "nav" | "aside" | "footer"))
        || landmarks.next() == Some("header")
}

fn key(text: &str, page: &Letter) -> String {
    fold::identity(text, &page.language)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::app::letter::Cutting;
    use crate::formats::document::ReadOptions;
    use crate::segment::Segmentation;

    fn page(name: &str, html: &str) -> Letter {
        let cutting = Cutting::Rules(Segmentation::default());
        let options = ReadOptions::default();
        Letter::from_bytes(
            html.as_bytes().to_vec(),
            Path::new(name),
            None,
            &cutting,
            &options,
        )
        .unwrap()
    }

    #[test]
    fn menus_are_furniture_and_formulas_are_not() {
        let marked = |text: &str| {
            format!(
                "<html><nav><p>Kryefaqja<p>Letrat</nav><main><p>Të dashur miq,<p>{text}</main><footer>Shtypur në shtator</footer>"
            )
        };
        let pages = ["Erdhi vjeshta.", "Erdhi dimri.", "Erdhi pranvera."].map(marked);
        let pages: Vec<Letter> = pages.iter().map(|html| page("a.sq.html", html)).collect();
        let all: Vec<&Letter> = pages.iter().collect();
        let found = furniture(&all);
        assert_eq!(
            found[0].texts,
            ["Kryefaqja", "Letrat", "Shtypur në shtator"]
        );
        assert_eq!(found[0].pages, 3);
        // Two pages are too few to tell.
        assert!(furniture(&all[..2]).is_empty());
        let bare = ["خزان آمد.", "زمستان آمد.", "بهار آمد."].map(|text| {
            format!("<p>خانه<p>نامه‌ها<p>{text}<p>دوستان گرامی،<p>{text} باز هم.<p>چاپ شد")
        });
        let bare: Vec<Letter> = bare.iter().map(|html| page("a.fa.html", html)).collect();
        let found = furniture(&bare.iter().collect::<Vec<_>>());
        assert_eq!(found[0].texts, ["خانه", "نامه‌ها", "چاپ شد"]);
    }
}
