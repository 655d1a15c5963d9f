//! Units out of a memory: as TMX for whoever asks, into a project of OmegaT, and as XLIFF, PO or a table of pairs.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Progress, Result};
use crate::formats::tmx::{Level, TmxFor, TmxWriter, relabel};
use crate::formats::xliff::{XliffHead, XliffState, XliffUnit, XliffVersion, XliffWriter};
use crate::formats::{Format, pairs, po};
use crate::memory::{ImportRecord, Memory, StoredUnit, require_languages};
use crate::text::language::Language;
use crate::unit::{
    Annotation, Attributes, Header, Origin, Segment, TranslationUnit, Variant, attribute,
};

/// What is to be exported.
#[derive(Clone, Debug, Default)]
pub struct Export {
    /// The source language and the target languages; `None` for everything there is, in a form that only this program reads whole.
    pub languages: Option<(Language, Vec<Language>)>,
    /// Who is to read it, if languages are named.
    pub reader: TmxFor,
    /// How much of the segments is written; what the reader makes good use of if nothing is said.
    pub level: Option<Level>,
    /// When it is done, as TMX writes it.
    pub at: String,
}

/// What an export did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExportCount {
    /// Units written.
    pub units: u64,
    /// Characters that XML cannot carry, or that strict readers refuse; each was replaced by U+FFFD.
    pub replaced: usize,
}

/// Writes the units of a memory as TMX 1.4, in the order in which they were added.
///
/// With languages given, a unit is written if it has the source and at least one target, the source first. With one target language a
/// unit has two variants: several of a language make several units. Languages are written under the tags that were asked for,
/// since most readers look for the very tag; segments without text are left out, since CAT tools take them for translations.
///
/// # Errors
/// If the memory lacks a language, cannot be read, or the output cannot be written.
pub fn export(
    memory: &dyn Memory,
    export: &Export,
    out: &mut dyn Write,
    progress: Progress<'_>,
) -> Result<ExportCount> {
    export_some(memory, export, out, &|_| true, progress)
}

/// The same with only those units that are wanted.
fn export_some(
    memory: &dyn Memory,
    export: &Export,
    out: &mut dyn Write,
    wanted: &dyn Fn(&StoredUnit) -> bool,
    progress: Progress<'_>,
) -> Result<ExportCount> {
    let output = |error: io::Error| Error::output(&error);
    let imports = memory.imports()?;
    let selection = match &export.languages {
        Some((from, to)) => Some(Selection::new(memory, from, to, export.reader)?),
        None => None,
    };
    let mut writer = match &selection {
        Some(selection) => {
            let header = joined_header(&imports, selection.source.tag(), &export.at);
            let level = export.level.unwrap_or(export.reader.level());
            TmxWriter::for_reader(out, &header, export.reader, level)
        }
        None => {
            let header = joined_header(&imports, "*all*", &export.at);
            TmxWriter::new(out, &header)
        }
    }
    .map_err(output)?;
    let mut count = ExportCount::default();
    let (mut seen, total) = (0, memory.unit_count()?);
    memory.for_each_unit(&mut |stored| {
        if seen % 1_000 == 0 {
            progress(seen, total)?;
        }
        seen += 1;
        if !wanted(&stored) {
            return Ok(());
        }
        let units = match &selection {
            Some(selection) => selection.of(stored.unit),
            None => vec![stored.unit],
        };
        for unit in units {
            count.units += 1;
            writer.write(&unit).map_err(output)?;
        }
        Ok(())
    })?;
    count.replaced = writer.finish().map_err(output)?;
    Ok(count)
}

/// What is written beside TMX.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairsFormat {
    /// XLIFF 1.2.
    Xliff,
    /// PO.
    Po,
    /// Pairs with a tab between.
    Table,
}

/// Writes the units of a memory that have two languages as pairs. In XLIFF, what an alignment says that nobody has looked at is for review.
///
/// # Errors
/// If not just one target is asked for, the memory lacks a language or cannot be read, or the output cannot be written.
pub fn export_pairs(
    memory: &dyn Memory,
    export: &Export,
    (format, original): (PairsFormat, &str),
    out: &mut dyn Write,
    progress: Progress<'_>,
) -> Result<ExportCount> {
    let output = |error: io::Error| Error::output(&error);
    let Some((from, [to])) = export.languages.as_ref().map(|(from, to)| (from, &to[..])) else {
        return Err(Error::request("such a file holds two languages")
            .hint("say which with --from and --to"));
    };
    let selection = Selection::new(memory, from, std::slice::from_ref(to), export.reader)?;
    let mut pairs: Vec<TranslationUnit> = Vec::new();
    let (mut seen, total) = (0, memory.unit_count()?);
    memory.for_each_unit(&mut |stored| {
        if seen % 1_000 == 0 {
            progress(seen, total)?;
        }
        seen += 1;
        pairs.extend(selection.of(stored.unit));
        Ok(())
    })?;
    let mut count = ExportCount {
        units: pairs.len() as u64,
        replaced: 0,
    };
    let texts = pairs
        .iter()
        .filter_map(|unit| match unit.variants.as_slice() {
            [source, target] => Some((unit, &source.segment, &target.segment)),
            _ => None,
        });
    match format {
        PairsFormat::Table => {
            let texts =
                texts.map(|(_, source, target)| (source.text.as_str(), target.text.as_str()));
            pairs::write(texts, from, to, out)?;
        }
        PairsFormat::Po => {
            let texts = texts.map(|(unit, source, target)| {
                (source.text.as_str(), target.text.as_str(), context(unit))
            });
            po::write(texts, from, to, out)?;
        }
        PairsFormat::Xliff => {
            let head = XliffHead {
                original,
                format: Format::Plain,
                source: from,
                target: to,
                at: &export.at,
                version: XliffVersion::default(),
            };
            let mut writer = XliffWriter::new(out, head).map_err(output)?;
            for (unit, source, target) in texts {
                let state = match unit.origin {
                    Origin::Translation => XliffState::Exact,
                    Origin::Alignment { .. } => XliffState::Fuzzy,
                };
                writer
                    .write(&XliffUnit {
                        paragraph: 0,
                        // Codes of other tools cannot be told from markup here.
                        source: Segment::plain(source.text.clone()),
                        target: Some((Segment::plain(target.text.clone()), state)),
                        alternatives: Vec::new(),
                        context: context(unit).map(str::to_owned),
                        note: None,
                    })
                    .map_err(output)?;
            }
            count.replaced = writer.finish().map_err(output)?;
        }
    }
    Ok(count)
}

/// What tells a unit from another of the same text.
fn context(unit: &TranslationUnit) -> Option<&str> {
    unit.annotations
        .iter()
        .find_map(|annotation| match annotation {
            Annotation::Property { attributes, text } => {
                (attribute(attributes, "type") == Some("x-context")).then_some(text.as_str())
            }
            _ => None,
        })
}

/// Which languages of units are written, and under which tags.
struct Selection<'l> {
    from: &'l Language,
    to: &'l [Language],
    /// The tag of the source variants.
    source: Language,
    /// The tags of the target variants; `None` for their own.
    targets: Vec<Option<Language>>,
}

impl<'l> Selection<'l> {
    fn new(
        memory: &dyn Memory,
        from: &'l Language,
        to: &'l [Language],
        reader: TmxFor,
    ) -> Result<Self> {
        let wanted: Vec<&Language> = std::iter::once(from).chain(to).collect();
        require_languages(memory, &wanted)?;
        for target in to {
            from.differs_from(target)?;
        }
        let there = memory.languages()?;
        // The tag that all variants of a language have, if it is one.
        let only = |asked: &Language| {
            let mut tags = there.iter().filter(|(known, _)| asked.accepts(known));
            match (tags.next(), tags.next()) {
                (Some((only, _)), None) => Some(only.clone()),
                _ => None,
            }
        };
        let (source, targets) = if reader.keeps_regions() {
            (only(from).unwrap_or(from.clone()), vec![None; to.len()])
        } else {
            (from.clone(), to.iter().cloned().map(Some).collect())
        };
        Ok(Selection {
            from,
            to,
            source,
            targets,
        })
    }

    /// What is written of a unit.
    fn of(&self, unit: TranslationUnit) -> Vec<TranslationUnit> {
        let TranslationUnit { variants, .. } = &unit;
        let sources = wanted(self.from, Some(&self.source), variants);
        let mut targets = Vec::new();
        for (index, (target, tag)) in self.to.iter().zip(&self.targets).enumerate() {
            // `fa,fa-IR` asks for some variants twice; once is enough.
            let asked = self.to.iter().take(index);
            let fresh =
                |variant: &&Variant| !asked.clone().any(|other| other.accepts(&variant.language));
            let fresh: Vec<Variant> = variants.iter().filter(fresh).cloned().collect();
            targets.extend(wanted(target, tag.as_ref(), &fresh));
        }
        let mut frame = unit.clone();
        frame.variants = Vec::new();
        // A unit that names another source would be passed over by readers that ask for this one.
        frame.attributes.retain(|(name, _)| name != "srclang");
        let with = |variants: Vec<Variant>| TranslationUnit {
            variants,
            ..frame.clone()
        };
        if sources.is_empty() || targets.is_empty() {
            Vec::new()
        } else if self.to.len() == 1 {
            let pairs = sources.iter().flat_map(|source| {
                targets
                    .iter()
                    .map(|target| with(vec![source.clone(), target.clone()]))
            });
            pairs.collect()
        } else {
            vec![with(sources.into_iter().chain(targets).collect())]
        }
    }
}

/// The variants of a language that have text, under a tag.
fn wanted(language: &Language, tag: Option<&Language>, variants: &[Variant]) -> Vec<Variant> {
    let full = |variant: &&Variant| {
        language.accepts(&variant.language) && !variant.segment.text.trim().is_empty()
    };
    let mut found: Vec<Variant> = variants.iter().filter(full).cloned().collect();
    for variant in &mut found {
        if let Some(tag) = tag {
            relabel(variant, tag);
        }
    }
    found
}

/// One header for the units of several files: what they agree on, and everything any of them says in notes and properties.
fn joined_header(imports: &[ImportRecord], source: &str, at: &str) -> Header {
    let mut header = Header::default();
    let own = [
        "creationtool",
        "creationtoolversion",
        "creationdate",
        "srclang",
    ];
    if let Some(first) = imports.first() {
        let agreed = |pair: &&(String, String)| {
            imports
                .iter()
                .all(|import| import.header.attributes.contains(pair))
        };
        let attributes = first.header.attributes.iter().filter(agreed).cloned();
        header.attributes = attributes
            .filter(|(name, _)| !own.contains(&name.as_str()))
            .collect::<Attributes>();
    }
    header
        .attributes
        .push(("srclang".into(), source.to_owned()));
    header
        .attributes
        .push(("creationdate".into(), at.to_owned()));
    for annotation in imports.iter().flat_map(|import| &import.header.annotations) {
        if !header.annotations.contains(annotation) {
            header.annotations.push(annotation.clone());
        }
    }
    header
}

/// Where in the memories of a project units go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OmegatPlace {
    /// Those that are vouched for: put into a segment that has no translation yet.
    Auto,
    /// Those that are vouched for, if they are to overrule what the project has.
    Enforce,
    /// Those that are not: shown, with so many percent off.
    Penalty(u8),
}

impl OmegatPlace {
    /// Where a unit goes: an import's penalty stands beside how sure nobody is of an alignment, and the greater counts.
    pub fn of(stored: &StoredUnit, enforce: bool) -> Self {
        let doubt = match stored.unit.origin {
            Origin::Translation => 0,
            // Even the surest alignment is one that nobody has looked at.
            Origin::Alignment { confidence } => 100_u8.saturating_sub(confidence).max(1),
        };
        match (doubt.max(stored.penalty), enforce) {
            (0, false) => OmegatPlace::Auto,
            (0, true) => OmegatPlace::Enforce,
            (penalty, _) => OmegatPlace::Penalty(penalty),
        }
    }

    /// The file in the folder of the project's memories.
    pub fn file(self, memories: &Path) -> PathBuf {
        let folder = match self {
            OmegatPlace::Auto => "auto".to_owned(),
            OmegatPlace::Enforce => "enforce".to_owned(),
            OmegatPlace::Penalty(percent) => format!("penalty-{percent:02}"),
        };
        memories.join(folder).join("tarjuman.tmx")
    }
}

/// The places that a memory's units of two languages go to.
///
/// # Errors
/// If the memory lacks a language or cannot be read.
pub fn omegat_places(
    memory: &dyn Memory,
    export: &Export,
    enforce: bool,
) -> Result<BTreeSet<OmegatPlace>> {
    let mut places = BTreeSet::new();
    if let Some((from, to)) = &export.languages {
        let selection = Selection::new(memory, from, to, export.reader)?;
        memory.for_each_unit(&mut |stored| {
            let place = OmegatPlace::of(&stored, enforce);
            if !selection.of(stored.unit).is_empty() {
                places.insert(place);
            }
            Ok(())
        })?;
    }
    Ok(places)
}

/// Writes those units that go to one place of a project.
///
/// # Errors
/// As for [`export`].
pub fn export_omegat(
    memory: &dyn Memory,
    export: &Export,
    (place, enforce): (OmegatPlace, bool),
    out: &mut dyn Write,
    progress: Progress<'_>,
) -> Result<ExportCount> {
    let goes_there = |stored: &StoredUnit| OmegatPlace::of(stored, enforce) == place;
    export_some(memory, export, out, &goes_there, progress)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubt_decides_the_place() {
        let stored = |penalty: u8, origin: Origin| StoredUnit {
            id: 1,
            source: String::new(),
            penalty,
            unit: TranslationUnit {
                origin,
                ..TranslationUnit::default()
            },
        };
        for (penalty, origin, enforce, file) in [
            (0, Origin::Translation, false, "auto/tarjuman.tmx"),
            (0, Origin::Translation, true, "enforce/tarjuman.tmx"),
            (5, Origin::Translation, true, "penalty-05/tarjuman.tmx"),
            (
                5,
                Origin::Alignment { confidence: 88 },
                false,
                "penalty-12/tarjuman.tmx",
            ),
            (
                0,
                Origin::Alignment { confidence: 100 },
                false,
                "penalty-01/tarjuman.tmx",
            ),
        ] {
            let place = OmegatPlace::of(&stored(penalty, origin), enforce);
            assert_eq!(place.file(Path::new("")), Path::new(file));
        }
    }
}
