//! Messages of GNU gettext: read line by line, filled in, and written.
//!
//! Only the lines of a message that is filled change: its translation, its `fuzzy` flag and the earlier text that a fuzzy match was made
//! for. Everything else (comments, obsolete messages, wrapping, the header) stays byte for byte. Each plural form is a pair.

use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::Range;

use super::Format;
use super::bilingual::{BilingualFile, BilingualPair, BilingualSkeleton, Filling, Status};
use super::charset::{Charset, read_text};
use super::xliff::XliffState;
use crate::error::{Error, Problem, Result};
use crate::text::language::Language;
use crate::unit::Segment;

/// The columns that gettext fills.
const WIDTH: usize = 79;

/// The file as it was.
#[derive(Debug)]
struct Catalog {
    charset: Charset,
    /// Its lines with their ends.
    lines: Vec<String>,
    messages: Vec<Message>,
    /// Whether long texts are wrapped.
    wraps: bool,
}

/// A message, by its lines (from 0).
#[derive(Debug, Default)]
struct Message {
    /// Where it starts, with its comments.
    start: usize,
    flags: Vec<usize>,
    /// Lines with the text that a fuzzy match was made for.
    previous: Vec<usize>,
    context: Option<Field>,
    id: Option<Field>,
    plural: Option<Field>,
    /// Translations, by their plural forms.
    translations: Vec<(Option<usize>, Field)>,
    notes: Vec<String>,
    is_fuzzy: bool,
}

/// A keyword with its text.
#[derive(Debug)]
struct Field {
    lines: Range<usize>,
    keyword: String,
    text: String,
}

/// Reads a catalogue.
pub(super) fn read(bytes: &[u8]) -> Result<BilingualFile> {
    let mut problems = Vec::new();
    let label = declared(bytes);
    let decoded = match &label {
        Some(label) => match read_text(bytes, Some(label)) {
            Err(error) if error.kind() == crate::error::ErrorKind::Request => {
                let message = format!("the charset “{label}” of the header is not known");
                problems.push(Problem::on_line(1, message));
                read_text(bytes, None)
            }
            other => other,
        },
        None => read_text(bytes, None),
    };
    let (text, charset, problem) = decoded?;
    problems.extend(problem);
    let lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let messages = messages(&lines)?;
    let header = messages.iter().find(|message| message.is_header());
    let header = header
        .and_then(|header| header.translations.first())
        .map(|(_, field)| field.text.clone())
        .unwrap_or_default();
    let said = |name: &str| {
        let mut lines = header.lines();
        let value = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        value.map(str::trim).filter(|value| !value.is_empty())
    };
    let wraps = !lines.iter().any(|line| {
        let text = line.trim();
        text.ends_with('"') && text.chars().count() > WIDTH + 2 && text.contains(' ')
    });
    let catalog = Catalog {
        charset,
        lines,
        messages,
        wraps,
    };
    let pairs = catalog.pairs();
    let (source, target) = (
        said("X-Source-Language").map(language),
        said("Language").map(language),
    );
    let mut file = BilingualFile::new(Format::Po, pairs, catalog);
    (file.source, file.target, file.problems) = (source, target, problems);
    Ok(file)
}

/// The charset that the header names, read as bytes since nothing else is known yet.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(8192))?;
    let ascii: String = head
        .iter()
        .map(|byte| {
            if byte.is_ascii() {
                char::from(*byte)
            } else {
                '?'
            }
        })
        .collect();
    let (before, rest) = ascii.split_once("charset=")?;
    // In the header, and not in a message that speaks of charsets.
    if before.matches("msgid").count() > 1 {
        return None;
    }
    let label: String = rest
        .chars()
        .take_while(|letter| {
            letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | ':' | '.')
        })
        .collect();
    let names_none = label == "CHARSET" || label.is_empty();
    // Whatever a template says of ASCII, what is not ASCII in it is UTF-8.
    (!names_none && !label.eq_ignore_ascii_case("ascii") && !label.eq_ignore_ascii_case("us-ascii"))
        .then_some(label)
}

/// A language as gettext writes it: `fa_IR`, `sr@latin`.
fn language(tag: &str) -> Language {
    let (tag, script) = match tag.split_once('@') {
        Some((tag, "latin")) => (tag, "-Latn"),
        Some((tag, "cyrillic")) => (tag, "-Cyrl"),
        Some((tag, _)) => (tag, ""),
        None => (tag, ""),
    };
    let tag = tag.split('.').next().unwrap_or_default().replace('_', "-");
    let with_script = match tag.split_once('-') {
        Some((language, region)) => format!("{language}{script}-{region}"),
        None => format!("{tag}{script}"),
    };
    Language::from_file(&with_script)
}

fn messages(lines: &[String]) -> Result<Vec<Message>> {
    let mut messages: Vec<Message> = Vec::new();
    let mut message = Message::default();
    let mut is_started = false;
    for (at, raw) in lines.iter().enumerate() {
        let said = |error: Error| error.on_line(at as u64 + 1);
        let line = raw.trim();
        let starts_another = line.is_empty()
            || line.starts_with('#')
            || line.starts_with("msgctxt")
            || line.starts_with("msgid") && !line.starts_with("msgid_plural")
            || line.starts_with("domain");
        if starts_another
            && (message.id.is_some() || !line.starts_with("msgid") && message.context.is_some())
        {
            messages.push(finished(std::mem::take(&mut message)).map_err(said)?);
            is_started = false;
        }
        if line.is_empty() || line.starts_with("#~") {
            // Comments before an empty line are nobody's.
            message = Message::default();
            is_started = false;
            continue;
        }
        if !is_started {
            message.start = at;
            is_started = true;
        }
        if let Some(comment) = line.strip_prefix('#') {
            match comment.chars().next() {
                Some(',' | '=') => {
                    message.flags.push(at);
                    let rest = comment.get(1..).unwrap_or_default();
                    message.is_fuzzy |= rest.split(',').any(|flag| flag.trim() == "fuzzy");
                }
                Some('|') => message.previous.push(at),
                Some(':') => {}
                Some('.') | Some(' ') => {
                    let note = comment.get(1..).unwrap_or_default().trim();
                    if !note.is_empty() {
                        message.notes.push(note.to_owned());
                    }
                }
                _ => {}
            }
            continue;
        }
        if line.starts_with('"') {
            let text = string(line).map_err(said)?;
            let Some(field) = message.last() else {
                return Err(said(Error::input("this text belongs to no keyword")));
            };
            field.text.push_str(&text);
            field.lines.end = at + 1;
            continue;
        }
        let keyword_end = line.find(['"', ' ', '\t']).unwrap_or(line.len());
        let keyword = line.get(..keyword_end).unwrap_or_default();
        let field = Field {
            lines: at..at + 1,
            keyword: keyword.to_owned(),
            text: string(line.get(keyword_end..).unwrap_or_default().trim_start()).map_err(
                |error| {
                    said(match is_keyword(keyword) {
                        true => error,
                        false => Error::input("this is no line of a PO file"),
                    })
                },
            )?,
        };
        let place = match keyword {
            "msgctxt" => &mut message.context,
            "msgid" => &mut message.id,
            "msgid_plural" => &mut message.plural,
            "domain" => {
                is_started = false;
                message = Message::default();
                continue;
            }
            _ => {
                let form = form_of(keyword).ok_or_else(|| {
                    said(Error::input(format!(
                        "“{keyword}” is no keyword of a PO file"
                    )))
                })?;
                if message.id.is_none() {
                    return Err(said(Error::input("this msgstr has no msgid before it")));
                }
                if message.translations.iter().any(|(known, _)| *known == form) {
                    return Err(said(Error::input(format!(
                        "a second {keyword} of one message"
                    ))));
                }
                message.translations.push((form, field));
                continue;
            }
        };
        if place.replace(field).is_some() {
            return Err(said(Error::input(format!(
                "a second {keyword} of one message"
            ))));
        }
    }
    if message.id.is_some() || message.context.is_some() {
        let last = lines.len() as u64;
        messages.push(finished(message).map_err(|error| error.on_line(last))?);
    }
    Ok(messages)
}

fn is_keyword(word: &str) -> bool {
    matches!(word, "msgctxt" | "msgid" | "msgid_plural" | "domain") || form_of(word).is_some()
}

/// The plural form of a `msgstr`: `None` inside if it has none.
fn form_of(keyword: &str) -> Option<Option<usize>> {
    let rest = keyword.strip_prefix("msgstr")?;
    if rest.is_empty() {
        return Some(None);
    }
    let number = rest.strip_prefix('[')?.strip_suffix(']')?;
    number.trim().parse().ok().map(Some)
}

fn finished(message: Message) -> Result<Message> {
    let Some(id) = &message.id else {
        return Err(Error::input("the message before this line has no msgid"));
    };
    if message.translations.is_empty() {
        let line = id.lines.start + 1;
        return Err(Error::input(format!(
            "the message of line {line} has no msgstr: was the file cut short?"
        )));
    }
    Ok(message)
}

/// What a quoted string says.
fn string(raw: &str) -> Result<String> {
    let bad = || Error::input("a text in double quotes is wanted, and one that ends on its line");
    let inner = raw.strip_prefix('"').ok_or_else(bad)?;
    let mut said = String::with_capacity(inner.len());
    let mut letters = inner.chars().peekable();
    loop {
        match letters.next() {
            None => return Err(bad()),
            Some('"') => break,
            Some('\\') => match letters.next() {
                None => return Err(bad()),
                Some('n') => said.push('\n'),
                Some('t') => said.push('\t'),
                Some('r') => said.push('\r'),
                Some('a') => said.push('\u{7}'),
                Some('b') => said.push('\u{8}'),
                Some('f') => said.push('\u{C}'),
                Some('v') => said.push('\u{B}'),
                Some(first @ '0'..='7') => {
                    let mut number = first.to_digit(8).unwrap_or_default();
                    for _ in 0..2 {
                        let Some(digit) = letters.peek().and_then(|letter| letter.to_digit(8))
                        else {
                            break;
                        };
                        number = number * 8 + digit;
                        letters.next();
                    }
                    said.push(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                Some(other) => {
                    if !matches!(other, '"' | '\\' | '\'' | '?') {
                        said.push('\\');
                    }
                    said.push(other);
                }
            },
            Some(letter) => said.push(letter),
        }
    }
    match letters.all(char::is_whitespace) {
        true => Ok(said),
        false => Err(bad()),
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\0'..='\u{1F}' | '\u{7F}' => out.push_str(&format!("\\{:03o}", u32::from(letter))),
            letter => out.push(letter),
        }
    }
    out
}

impl Message {
    fn is_header(&self) -> bool {
        self.context.is_none() && self.id.as_ref().is_some_and(|id| id.text.is_empty())
    }

    /// The field that a continuing line belongs to.
    fn last(&mut self) -> Option<&mut Field> {
        if let Some((_, field)) = self.translations.last_mut() {
            return Some(field);
        }
        self.plural
            .as_mut()
            .or(self.id.as_mut())
            .or(self.context.as_mut())
    }

    /// What a plural form is the translation of.
    fn source_of(&self, form: Option<usize>) -> &str {
        let id = self.id.as_ref().map_or("", |id| id.text.as_str());
        let Some(plural) = &self.plural else {
            return id;
        };
        // A language with one form says it as the general one.
        match form {
            Some(0) if self.translations.len() > 1 => id,
            _ => &plural.text,
        }
    }
}

impl Catalog {
    fn pairs(&self) -> Vec<BilingualPair> {
        let all = self.messages.iter().filter(|message| !message.is_header());
        let pairs = all.flat_map(|message| {
            message.translations.iter().map(|(form, field)| {
                let is_translated = !field.text.trim().is_empty();
                BilingualPair {
                    source: Segment::plain(message.source_of(*form)),
                    target: is_translated.then(|| Segment::plain(field.text.clone())),
                    status: match (is_translated, message.is_fuzzy) {
                        (false, _) => Status::Untranslated,
                        (true, true) => Status::Draft,
                        (true, false) => Status::Translated,
                    },
                    context: message.context.as_ref().map(|context| context.text.clone()),
                    notes: message.notes.clone(),
                    stands_apart: true,
                    line: message
                        .id
                        .as_ref()
                        .map_or(0, |id| id.lines.start as u64 + 1),
                }
            })
        });
        pairs.collect()
    }

    fn end(&self) -> &'static str {
        match self.lines.first() {
            Some(line) if line.ends_with("\r\n") => "\r\n",
            _ => "\n",
        }
    }

    /// Fills one message; `changes` holds new text for lines, and an empty text takes a line out.
    fn fill(
        &self,
        message: &Message,
        chosen: &[(&(Option<usize>, Field), &Filling)],
        changes: &mut HashMap<usize, String>,
    ) {
        let end = self.end();
        let is_filled = |form: &Option<usize>| chosen.iter().any(|((filled, _), _)| filled == form);
        // What stays: with the flag gone it would pass for a translation.
        let mut needs_review = message.is_fuzzy
            && message
                .translations
                .iter()
                .any(|(form, field)| !is_filled(form) && !field.text.trim().is_empty());
        let mut earlier = None;
        for ((form, field), filling) in chosen {
            let Some((target, state)) = &filling.target else {
                continue;
            };
            let differs = matches!(state, XliffState::Fuzzy | XliffState::Repaired);
            needs_review |= differs || *state == XliffState::Ambiguous;
            let best = filling
                .alternatives
                .first()
                .map(|one| one.source.text.as_str());
            if differs && earlier.is_none() {
                earlier = best.filter(|best| *best != message.source_of(*form));
            }
            let text = with_ends_of(message.source_of(*form), &target.text);
            let new = wrapped("", &field.keyword, &text, self.wraps, end);
            for line in field.lines.clone() {
                changes.insert(line, String::new());
            }
            changes.insert(field.lines.start, new);
        }
        for line in &message.previous {
            changes.insert(*line, String::new());
        }
        let keyword = message.context.as_ref().or(message.id.as_ref());
        let first = keyword.map_or(message.start, |field| field.lines.start);
        let mut before = String::new();
        for (_, filling) in chosen {
            for line in filling.note.iter().flat_map(|note| note.lines()) {
                before.push_str(&format!("# {line}{end}"));
            }
        }
        let mut has_flag = false;
        for line in &message.flags {
            let raw = self.lines.get(*line).map_or("", |line| line.trim());
            let rest = raw.get(2..).unwrap_or_default();
            let mut flags: Vec<&str> = rest.split(',').map(str::trim).collect();
            flags.retain(|flag| !flag.is_empty() && *flag != "fuzzy");
            if needs_review && !has_flag {
                flags.insert(0, "fuzzy");
                has_flag = true;
            }
            let new = match flags.is_empty() {
                true => String::new(),
                false => format!("#, {}{end}", flags.join(", ")),
            };
            changes.insert(*line, new);
        }
        // Comments of translators stand first, flags last, what was said before right before the message.
        let mut right_before = String::new();
        if needs_review && !has_flag {
            right_before.push_str(&format!("#, fuzzy{end}"));
        }
        if let Some(earlier) = earlier {
            right_before.push_str(&wrapped("#| ", "msgid", earlier, self.wraps, end));
        }
        for (line, text) in [(first, right_before), (message.start, before)] {
            let old = self.lines.get(line).cloned().unwrap_or_default();
            let now = changes.entry(line).or_insert(old);
            now.insert_str(0, &text);
        }
    }
}

/// A translation starts and ends with a line break if its text does; gettext demands it.
fn with_ends_of(source: &str, text: &str) -> String {
    let inner = text.trim_matches('\n');
    let start = if source.starts_with('\n') { "\n" } else { "" };
    let end = if source.ends_with('\n') { "\n" } else { "" };
    format!("{start}{inner}{end}")
}

/// A keyword with its text as gettext lays it out: a line a line, long lines broken at blanks.
fn wrapped(prefix: &str, keyword: &str, text: &str, wraps: bool, end: &str) -> String {
    let one = format!("{prefix}{keyword} \"{}\"", escaped(text));
    let inner = text.strip_suffix('\n').unwrap_or(text);
    let is_short = !wraps || one.chars().count() <= WIDTH;
    if is_short && !inner.contains('\n') {
        return one + end;
    }
    let mut out = format!("{prefix}{keyword} \"\"{end}");
    let mut put = |piece: &str| out.push_str(&format!("{prefix}\"{piece}\"{end}"));
    let room = WIDTH.saturating_sub(2 + prefix.chars().count());
    for line in text.split_inclusive('\n') {
        let line = escaped(line);
        let mut piece = String::new();
        let mut width = 0;
        for word in line.split_inclusive(' ') {
            let next = word.chars().count();
            if wraps && width > 0 && width + next > room {
                put(&piece);
                piece.clear();
                width = 0;
            }
            piece.push_str(word);
            width += next;
        }
        put(&piece);
    }
    out
}

impl BilingualSkeleton for Catalog {
    fn write(&self, fillings: &[Option<&Filling>], _: &Language) -> Result<Vec<u8>> {
        let mut changes = HashMap::new();
        let mut fillings = fillings.iter();
        for message in self.messages.iter().filter(|message| !message.is_header()) {
            let mut chosen = Vec::new();
            for translation in &message.translations {
                let Some(filling) = fillings.next() else {
                    break;
                };
                chosen.extend(filling.map(|filling| (translation, filling)));
            }
            if !chosen.is_empty() {
                self.fill(message, &chosen, &mut changes);
            }
        }
        let mut text = String::new();
        for (at, line) in self.lines.iter().enumerate() {
            text.push_str(changes.get(&at).unwrap_or(line));
        }
        let (bytes, is_other) = self.charset.encode(&text);
        if !is_other {
            return Ok(bytes);
        }
        // The old charset lacks a letter; the header has to name the new one.
        let Some((before, rest)) = text.split_once("charset=") else {
            return Ok(bytes);
        };
        let label = rest.find(|letter: char| {
            !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | ':' | '.'))
        });
        let rest = rest.get(label.unwrap_or(rest.len())..).unwrap_or_default();
        Ok(format!("{before}charset=UTF-8{rest}").into_bytes())
    }
}

/// Writes units as a catalogue: source, translation, and what tells the source from another of the same text. Of units that say the
/// same, one is written; of those that differ in their translation alone, the later ones get a context, since gettext knows a
/// text in a context once. Returns how many that were.
///
/// # Errors
/// If the output cannot be written.
pub fn write<'a>(
    units: impl IntoIterator<Item = (&'a str, &'a str, Option<&'a str>)>,
    from: &Language,
    to: &Language,
    out: &mut dyn Write,
) -> Result<usize> {
    let said = |error: io::Error| Error::output(&error);
    let header = format!(
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\nLanguage: {}\nX-Source-Language: {}\nX-Generator: tarjuman {}\n",
        to.tag().replace('-', "_"),
        from.tag().replace('-', "_"),
        env!("CARGO_PKG_VERSION")
    );
    let head = wrapped("", "msgid", "", true, "\n") + &wrapped("", "msgstr", &header, true, "\n");
    out.write_all(head.as_bytes()).map_err(said)?;
    let mut known: HashMap<(String, String), Vec<String>> = HashMap::new();
    let mut told_apart = 0;
    for (source, target, context) in units {
        // A text of nothing is the header's.
        if source.is_empty() {
            continue;
        }
        let key = (source.to_owned(), context.unwrap_or_default().to_owned());
        let target = with_ends_of(source, target);
        let targets = known.entry(key).or_default();
        if targets.contains(&target) {
            continue;
        }
        targets.push(target.clone());
        let context = match targets.len() {
            1 => context.map(str::to_owned),
            number => {
                told_apart += 1;
                Some(format!("{}#{number}", context.unwrap_or_default()))
            }
        };
        let mut entry = String::from("\n");
        if let Some(context) = &context {
            entry.push_str(&wrapped("", "msgctxt", context, true, "\n"));
        }
        entry.push_str(&wrapped("", "msgid", source, true, "\n"));
        entry.push_str(&wrapped("", "msgstr", &target, true, "\n"));
        out.write_all(entry.as_bytes()).map_err(said)?;
    }
    Ok(told_apart)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::bilingual::Alternative;
    use proptest::prelude::*;

    fn filling(text: &str, state: XliffState, source: &str) -> Filling {
        Filling {
            target: Some((Segment::plain(text), state)),
            alternatives: vec![Alternative {
                score: 80,
                origin: "letters".to_owned(),
                source: Segment::plain(source),
                target: Segment::plain(text),
            }],
            note: None,
        }
    }

    const CATALOG: &str = "# Titles.\nmsgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Language: fa_IR\\n\"\n\n#. Shown first.\n#: a.c:1\nmsgctxt \"menu\"\nmsgid \"Open\"\nmsgstr \"\"\n\n#, fuzzy, c-format\n#| msgid \"%d letter\"\nmsgid \"%d page\"\nmsgid_plural \"%d pages\"\nmsgstr[0] \"x\"\nmsgstr[1] \"y\"\n\nmsgid \"Done\\n\"\nmsgstr \"انجام شد\\n\"\n\n#~ msgid \"old\"\n#~ msgstr \"کهنه\"\n";

    #[test]
    fn messages_are_pairs_and_only_their_lines_change() {
        let file = read(CATALOG.as_bytes()).unwrap();
        assert_eq!(file.target.as_ref().map(Language::tag), Some("fa-IR"));
        let said: Vec<_> = file
            .pairs
            .iter()
            .map(|pair| (pair.source.text.as_str(), pair.status))
            .collect();
        let wanted = [
            ("Open", Status::Untranslated),
            ("%d page", Status::Draft),
            ("%d pages", Status::Draft),
            ("Done\n", Status::Translated),
        ];
        assert_eq!(said, wanted);
        assert_eq!(file.pairs[0].context.as_deref(), Some("menu"));
        let none = Filling {
            target: None,
            alternatives: Vec::new(),
            note: None,
        };
        let fa = Language::from_file("fa");
        assert_eq!(
            file.fill(&[none.clone(), none.clone(), none.clone(), none], &fa)
                .unwrap(),
            CATALOG.as_bytes()
        );
        let filled = file
            .fill(
                &[
                    filling("باز کردن", XliffState::Fuzzy, "Open it"),
                    filling("%d برگ", XliffState::Exact, ""),
                    filling("%d برگ", XliffState::Exact, ""),
                    filling("نه", XliffState::Exact, ""),
                ],
                &fa,
            )
            .unwrap();
        let wanted = CATALOG
            .replace("msgctxt \"menu\"\nmsgid \"Open\"\nmsgstr \"\"", "#, fuzzy\n#| msgid \"Open it\"\nmsgctxt \"menu\"\nmsgid \"Open\"\nmsgstr \"باز کردن\"")
            .replace("#, fuzzy, c-format\n#| msgid \"%d letter\"\n", "#, c-format\n")
            .replace("\"x\"", "\"%d برگ\"")
            .replace("\"y\"", "\"%d برگ\"");
        assert_eq!(String::from_utf8(filled).unwrap(), wanted);
    }

    #[test]
    fn what_is_no_catalogue_is_refused_with_its_line() {
        for (text, line) in [
            ("msgid \"a\"\nmsgstr \"b\n", 2),
            ("msgid \"a\"\n\nmsgid \"b\"\nmsgstr \"c\"\n", 2),
            ("msgid \"a\"\nmsgstr \"b\"\nhello\n", 3),
            ("msgstr \"b\"\n", 1),
        ] {
            assert_eq!(
                read(text.as_bytes()).unwrap_err().line(),
                Some(line),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(units in prop::collection::vec(("[a-c \"\\\\\t\nëی\u{200C}%]{1,100}x", "[a-c\"\\\\\t ش]{1,100}x"), 1..5)) {
            let (en, sq) = (Language::from_file("en"), Language::from_file("sq"));
            let mut out = Vec::new();
            let triples = units.iter().map(|(source, target)| (source.as_str(), target.as_str(), None));
            write(triples, &en, &sq, &mut out).unwrap();
            let back = read(&out).unwrap();
            for (source, target) in &units {
                let is_there = back.pairs.iter().any(|pair| {
                    pair.source.text == *source && pair.target.as_ref().is_some_and(|said| said.text == with_ends_of(source, target))
                });
                prop_assert!(is_there, "{:?}", source);
            }
        }
    }
}
