//! A pretranslated letter to look at in a browser: side by side, on a desk or on a phone, without a network.
//!
//! Every text carries its language and direction, so that a Persian target beside an English source reads right; scores are
//! said in words and not in colours only.

use super::pretranslate::{Analysis, Band, Outcome, PretranslatedSegment, Pretranslation, doubts};
use crate::check::Finding;
use crate::leverage::Match;
use crate::leverage::difference::DifferenceKind;
use crate::text::language::Language;

/// The page, as HTML in UTF-8.
pub fn html(pretranslation: &Pretranslation<'_>) -> String {
    let letter = pretranslation.letter;
    let (from, to) = (&letter.language, &pretranslation.to);
    let title = format!(
        "{}: {} → {}",
        letter.name,
        from.english_name(),
        to.english_name()
    );
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        escaped(&title)
    );
    page.push_str(&format!("<h1>{}</h1>\n", escaped(&title)));
    push_summary(&mut page, &pretranslation.analysis());
    page.push_str("<main>\n");
    let mut paragraph = usize::MAX;
    for (index, segment) in pretranslation.segments.iter().enumerate() {
        if segment.paragraph != paragraph {
            if paragraph != usize::MAX {
                page.push_str("</section>\n");
            }
            page.push_str("<section>\n");
            paragraph = segment.paragraph;
        }
        push_segment(&mut page, index + 1, segment, from, to);
    }
    if paragraph != usize::MAX {
        page.push_str("</section>\n");
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn push_summary(page: &mut String, analysis: &Analysis) {
    let (segments, words) = analysis.total();
    page.push_str("<table>\n<thead><tr><th scope=\"col\">match</th><th scope=\"col\">segments</th><th scope=\"col\">words</th><th scope=\"col\">share</th></tr></thead>\n<tbody>\n");
    for (band, count, own) in analysis.rows().filter(|(_, count, _)| *count > 0) {
        let share = analysis.share(own);
        page.push_str(&format!(
            "<tr><th scope=\"row\"><span class=\"badge {}\">{}</span></th><td>{count}</td><td>{own}</td><td>{share}%</td></tr>\n",
            class(band),
            label(band)
        ));
    }
    page.push_str(&format!(
        "</tbody>\n<tfoot><tr><th scope=\"row\">all</th><td>{segments}</td><td>{words}</td><td></td></tr></tfoot>\n</table>\n"
    ));
}

fn push_segment(
    page: &mut String,
    number: usize,
    segment: &PretranslatedSegment<'_>,
    from: &Language,
    to: &Language,
) {
    let band = Band::of(segment);
    let badge = match segment.outcome() {
        Outcome::Alike(one) => format!("{}%", one.score),
        _ => label(band).to_owned(),
    };
    let badge = match segment.repeats {
        Some(first) => format!("{badge} · as {}", first + 1),
        None => badge,
    };
    page.push_str(&format!(
        "<article class=\"{}\" id=\"s{number}\">\n<p class=\"head\"><a href=\"#s{number}\">{number}</a> <span class=\"badge {}\">{}</span></p>\n",
        class(band),
        class(band),
        escaped(&badge)
    ));
    page.push_str(&text("source", from, &segment.source.text));
    match segment.outcome() {
        Outcome::Given(given) | Outcome::Written(given) => {
            page.push_str(&text("target", to, &given.text));
        }
        Outcome::Known(one) => page.push_str(&text("target", to, &one.target.text)),
        Outcome::Ambiguous(one) => {
            page.push_str("<div class=\"target\">");
            for rival in std::iter::once(one).chain(segment.rivals()) {
                page.push_str(&text("choice", to, &rival.target.text));
            }
            page.push_str("</div>\n");
        }
        Outcome::Repaired(one) | Outcome::Alike(one) => page.push_str(&offered(one, to)),
        Outcome::New => page.push_str("<p class=\"target none\">to be translated</p>\n"),
    }
    if let Outcome::Known(one)
    | Outcome::Ambiguous(one)
    | Outcome::Repaired(one)
    | Outcome::Alike(one) = segment.outcome()
    {
        push_why(page, one, from, to);
    }
    push_findings(page, &segment.findings);
    page.push_str("</article>\n");
}

/// What may be wrong with what is filled in.
fn push_findings(page: &mut String, findings: &[Finding]) {
    if findings.is_empty() {
        return;
    }
    page.push_str("<ul class=\"checks\">");
    for finding in findings {
        page.push_str(&format!(
            "<li class=\"{0}\"><b>{0}</b> {1}: <span dir=\"auto\">{2}</span></li>",
            finding.severity.name(),
            finding.check.name(),
            escaped(&finding.reason)
        ));
    }
    page.push_str("</ul>\n");
}

/// What differs, and where the match is from.
fn push_why(page: &mut String, one: &Match, from: &Language, to: &Language) {
    page.push_str("<div class=\"why\">");
    if !one.differences.is_empty() {
        page.push_str(&text("stored", from, &one.source.text));
        page.push_str("<ul>");
        for change in one.repaired().map_or(&[][..], |repair| &repair.changes) {
            let known = change.known_from.as_deref();
            let known = known.map_or(String::new(), |place| format!(", as in {}", escaped(place)));
            page.push_str(&format!(
                "<li>{}: {} here, {} in the memory, so {} for {}{known}</li>",
                change.kind,
                piece("ins", from, &change.query),
                piece("del", from, &change.stored),
                piece("ins", to, &change.after),
                piece("del", to, &change.before)
            ));
        }
        let left = one.differences.iter().filter(|difference| {
            let is_value = matches!(
                difference.kind,
                DifferenceKind::Number
                    | DifferenceKind::Date
                    | DifferenceKind::Address
                    | DifferenceKind::Name
            );
            one.repaired().is_none() || !is_value
        });
        for difference in left {
            let bdi = |tag: &str, text: &str| match text {
                "" => "nothing".to_owned(),
                text => piece(tag, from, text),
            };
            let sides = if difference.query.is_empty() && difference.stored.is_empty() {
                String::new()
            } else {
                format!(
                    ": {} here, {} in the memory",
                    bdi("ins", &difference.query),
                    bdi("del", &difference.stored)
                )
            };
            page.push_str(&format!("<li>{}{sides}</li>", words_for(difference.kind)));
        }
        page.push_str("</ul>");
    }
    let provenance = &one.provenance;
    let mut from_where = vec![escaped(&provenance.place())];
    if one.uses > 1 {
        from_where.push(format!("said {} times", one.uses));
    }
    from_where.extend(doubts(one).iter().map(|doubt| escaped(doubt)));
    page.push_str(&format!(
        "<small>{}</small></div>\n",
        from_where.join(" · ")
    ));
}

/// The translation that a match offers, with what was written anew underlined.
fn offered(one: &Match, to: &Language) -> String {
    let whole = &one.offered().text;
    let mut marked = String::new();
    let mut at = 0;
    for change in one.repaired().map_or(&[][..], |repair| &repair.changes) {
        let before = whole.get(at..change.place.start).unwrap_or_default();
        marked.push_str(&escaped(before));
        marked.push_str(&format!("<ins>{}</ins>", escaped(&change.after)));
        at = change.place.end;
    }
    marked.push_str(&escaped(whole.get(at..).unwrap_or_default()));
    paragraph("target", to, &marked)
}

/// A few words of a language among those of another.
fn piece(tag: &str, language: &Language, text: &str) -> String {
    format!(
        "<{tag} lang=\"{}\" dir=\"{}\">{}</{tag}>",
        escaped(language.tag()),
        language.direction().html(),
        escaped(text)
    )
}

fn text(class: &str, language: &Language, text: &str) -> String {
    paragraph(class, language, &escaped(text))
}

fn paragraph(class: &str, language: &Language, marked: &str) -> String {
    format!(
        "<p class=\"{class}\" lang=\"{}\" dir=\"{}\">{}</p>\n",
        escaped(language.tag()),
        language.direction().html(),
        marked
    )
}

fn class(band: Band) -> &'static str {
    match band {
        Band::Given | Band::Context | Band::Exact => "exact",
        Band::Ambiguous => "ambiguous",
        Band::Repaired
        | Band::Written
        | Band::From95
        | Band::From85
        | Band::From75
        | Band::Below75 => "fuzzy",
        Band::Repeated | Band::Internal | Band::New => "new",
    }
}

fn label(band: Band) -> &'static str {
    match band {
        Band::Given => "translated already",
        Band::Context => "exact, same context",
        Band::Exact => "exact",
        Band::Ambiguous => "several translations",
        Band::Repaired => "repaired",
        Band::Written => "values only",
        Band::From95 => "95–99%",
        Band::From85 => "85–94%",
        Band::From75 => "75–84%",
        Band::Below75 => "below 75%",
        Band::Repeated => "repeated",
        Band::Internal => "like an earlier one",
        Band::New => "new",
    }
}

fn words_for(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Word => "wording",
        other => other.name(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

const STYLE: &str = "\
:root { color-scheme: light dark; --ink: #1d1d1f; --paper: #fbfaf7; --card: #ffffff; --line: #dedad2; --soft: #6b675f;
  --good: #1f6f43; --look: #8a5a00; --choose: #7a3ea0; --open: #a33030; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece9e2; --paper: #1b1a18; --card: #24221f; --line: #3b3832; --soft: #a39e93;
  --good: #7fce9f; --look: #e8b65a; --choose: #cda2ea; --open: #f09a9a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1rem; background: var(--paper); color: var(--ink); line-height: 1.6;
  font-family: system-ui, 'Noto Sans', 'Noto Naskh Arabic', 'Vazirmatn', Tahoma, sans-serif; }
h1 { font-size: 1.3rem; font-weight: 600; margin: .5rem 0 1rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; margin-bottom: 1.5rem; font-size: .9rem; }
th, td { padding: .2rem .8rem .2rem 0; text-align: right; font-weight: normal; }
th:first-child { text-align: left; }
thead th, tfoot { color: var(--soft); }
section { border-top: 1px solid var(--line); padding: .6rem 0; }
article { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: .1rem 1.5rem; background: var(--card);
  border: 1px solid var(--line); border-inline-start: .3rem solid var(--line); border-radius: .4rem; padding: .5rem .9rem; margin: .4rem 0; }
article.exact { border-inline-start-color: var(--good); } article.fuzzy { border-inline-start-color: var(--look); }
article.ambiguous { border-inline-start-color: var(--choose); } article.new { border-inline-start-color: var(--open); }
article p { margin: .1rem 0; overflow-wrap: anywhere; }
.head, .why { grid-column: 1 / -1; font-size: .85rem; color: var(--soft); }
.head a { color: inherit; text-decoration: none; }
.badge { font-weight: 600; } .badge.exact { color: var(--good); } .badge.fuzzy { color: var(--look); }
.badge.ambiguous { color: var(--choose); } .badge.new { color: var(--open); }
[lang|='fa'], [lang|='ar'] { font-size: 1.08em; line-height: 1.85; }
.stored { color: var(--soft); }
.none { color: var(--open); font-style: italic; }
.choice + .choice { border-top: 1px dashed var(--line); }
ul.checks { grid-column: 1 / -1; margin: .3rem 0 0; padding-inline-start: 1.1rem; font-size: .85rem; }
.checks .error { color: var(--open); } .checks .warning { color: var(--look); }
.why ul { margin: .2rem 0; padding-inline-start: 1.1rem; }
ins { text-decoration: none; border-bottom: 2px solid var(--look); } del { text-decoration: none; border-bottom: 2px dotted var(--soft); }
ins, del { unicode-bidi: isolate; }
@media (max-width: 44rem) { article { grid-template-columns: minmax(0, 1fr); } .target { border-top: 1px dashed var(--line); padding-top: .3rem; } }
@media print { body { max-width: none; background: none; } article { break-inside: avoid; } }
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_letter_is_text() {
        let en = Language::from_file("en");
        let shown = text("source", &en, "<script>\"&\"</script>");
        assert!(shown.contains("&lt;script&gt;&quot;&amp;&quot;&lt;/script&gt;"));
    }
}
