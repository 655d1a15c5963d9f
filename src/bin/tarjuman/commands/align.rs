//! `tarjuman align`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{doubt_language, may_write, now, say_method};
use crate::args::{CuttingArguments, DocumentArguments, language};
use crate::ui::{Outcome, Progress, Ui};
use tarjuman::align::{Bead, Lexicon, NoLexicon};
use tarjuman::app::bead_files::{self, BeadFormat, Lines};
use tarjuman::app::editions::{
    AlignedEditions, EditionFiles, align_editions, percent, read_editions, with_beads,
};
use tarjuman::app::furniture::furniture;
use tarjuman::app::letter::{Cutting, Letter};
use tarjuman::app::lexicon::{MemoryLexicon, bring_up_to_date};
use tarjuman::app::transfer::{into_memory, is_tmx, open_memory};
use tarjuman::error::{Error, ErrorKind, Result};
use tarjuman::formats::Staged;
use tarjuman::memory::sqlite::{Access, SqliteMemory};
use tarjuman::text::language::Language;

/// Bring two to four editions of one text together
///
/// Finds which segments of the editions carry the same content, also where sentences were merged, split, dropped, added or put in
/// another order, and says how sure it is of each group (bead). Several texts can be given at once: what one teaches of words serves the
/// others. A memory (-m) helps with the words that it knows, and with --store takes the beads in.
///
/// For an editor: -o writes the beads into a file to go over, in which the doubtful ones are marked; --beads takes
/// them from that file instead of aligning, and --fixed takes what is not marked and aligns the rest anew around it. A mark that is still
/// there keeps what it marks out of the memory.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  tarjuman align letter.en.txt letter.fa.txt
  tarjuman align letter.en.txt letter.fa.txt letter.ar.txt letter.sq.txt -m letters.sqlite --store --safe 0.95
  tarjuman align letter.en.txt letter.fa.txt -o letter.beads     then correct letter.beads, and
  tarjuman align letter.en.txt letter.fa.txt --beads letter.beads -m letters.sqlite --store
  tarjuman align letter.en.txt letter.fa.txt --fixed letter.beads -o letter2.beads
  tarjuman align letters/*.txt -m letters.sqlite --out-dir aligned --as tsv

Endings of -o: .beads (with the texts, to be corrected), .tsv (for a spreadsheet), .json, .ladder (hunalign's), .tmx (what
would be stored). All but .tmx are read back by --beads and --fixed.

--format json prints one object a bead; segments are counted from 0:
  {\"beads\":{\"en\":[0,1],\"fa\":[0]},\"confidence\":0.93,\"text\":{\"en\":[\"…\",\"…\"],\"fa\":[\"…\"]}}
With several texts \"document\" names the text; \"look\" and \"crossed\" mark beads; of three and four editions \"pairs\" says where
two of them go together more finely than all of them.

Exit status: 0 aligned (and stored, if asked); 1 nothing was new to the memory, or nothing was stored because texts do not look like
editions of each other; 2 could not.")]
pub(crate) struct Arguments {
    /// The languages of the files, in their order; else what the names say (letter.fa.txt), else what the texts show. For several
    /// texts the languages of each, over and over
    #[arg(long, value_name = "LANG,LANG", value_parser = language, value_delimiter = ',')]
    langs: Vec<Language>,

    /// A line is a segment already; an empty line ends a paragraph
    #[arg(long, conflicts_with_all = ["rules", "srx", "break_at"])]
    segmented: bool,

    #[command(flatten)]
    document: DocumentArguments,

    #[command(flatten)]
    cutting: CuttingArguments,

    /// Take the beads from this file, which an editor has gone over, and do not align
    #[arg(long, value_name = "FILE")]
    beads: Option<PathBuf>,

    /// Keep the beads of this file that it does not mark as doubtful, and align the rest anew around them
    #[arg(
        long,
        visible_alias = "resume",
        value_name = "FILE",
        conflicts_with = "beads"
    )]
    fixed: Option<PathBuf>,

    /// Write the beads into this file, in the format that its ending tells
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write the beads of each text into files in this folder, which are named after it; the folder is made if it is not there
    #[arg(long, value_name = "DIR", conflicts_with = "output")]
    out_dir: Option<PathBuf>,

    /// The format of the files in the folder
    #[arg(long = "as", value_enum, value_name = "FORMAT", requires = "out_dir", conflicts_with = "output", default_value_t = As::Beads)]
    kind: As,

    /// Write over files that are there already
    #[arg(long)]
    overwrite: bool,

    /// Put the beads into the memory
    #[arg(long, requires = "memory")]
    store: bool,

    /// Store only beads that are at least this sure (0 to 1): of 100 beads said to be 0.95 sure, 95 are right. The others are
    /// marked in the files that are written
    #[arg(long, value_name = "CONFIDENCE", default_value_t = 0.9, value_parser = confidence, allow_hyphen_values = true)]
    safe: f64,

    /// Leave out what stands on most pages of a site around their texts: menus, footers
    #[arg(long)]
    no_furniture: bool,

    /// The memory whose words help, and in which --store stores; with --store it is made if it is not there
    #[arg(short, long, env = "TARJUMAN_MEMORY", value_name = "MEMORY")]
    memory: Option<PathBuf>,

    /// Documents (txt, md, html, docx, odt, srt), two to four editions of each
    #[arg(required = true, num_args = 2.., value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum As {
    /// Our own, with the texts, to be corrected
    Beads,
    /// Tab-separated text, for a spreadsheet
    Tsv,
    /// An object a line
    Json,
    /// hunalign's, for each two editions
    Ladder,
    /// What would be stored, for other tools
    Tmx,
    /// InterText's XML: a file for each text and for each two editions
    Intertext,
}

impl As {
    fn format(self) -> BeadFormat {
        match self {
            As::Beads => BeadFormat::Beads,
            As::Tsv => BeadFormat::Table,
            As::Json => BeadFormat::Json,
            As::Ladder => BeadFormat::Ladder,
            As::Tmx => BeadFormat::Tmx,
            As::Intertext => BeadFormat::InterText,
        }
    }
}

/// Names what repeats around the texts of a site's pages, and leaves it out if that was asked for.
fn say_furniture(
    arguments: &Arguments,
    mut texts: Vec<EditionFiles>,
    ui: &mut Ui,
) -> Vec<EditionFiles> {
    let letters: Vec<&Letter> = texts.iter().flat_map(|text| &text.letters).collect();
    for found in furniture(&letters) {
        let some: Vec<String> = found
            .texts
            .iter()
            .take(3)
            .map(|text| format!("“{text}”"))
            .collect();
        let what = match arguments.no_furniture {
            true => "left out",
            false => "--no-furniture leaves it out",
        };
        ui.say(&format!(
            "note: {} texts stand on most of the {} pages in {}, as a site's furniture does ({} …): {what}",
            found.texts.len(),
            found.pages,
            found.language.english_name(),
            some.join(", ")
        ));
        if arguments.no_furniture {
            let own = texts.iter_mut().flat_map(|text| &mut text.letters);
            for letter in own.filter(|letter| letter.language == found.language) {
                letter.leave_out(&found.texts);
            }
        }
    }
    texts
}

fn confidence(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(value) if (0.0..=1.0).contains(&value) => Ok(value),
        _ => Err("a number from 0 to 1 is wanted".to_owned()),
    }
}

pub(crate) fn run(arguments: &Arguments, ui: &mut Ui) -> Result<Outcome> {
    let cutting = if arguments.segmented {
        Cutting::Lines
    } else {
        arguments.cutting.cutting()?
    };
    let written = match &arguments.output {
        Some(path) => {
            may_write(path, arguments.overwrite, &read_by(arguments))?;
            Some(BeadFormat::of(path)?)
        }
        None => None,
    };
    let texts = read_editions(
        &arguments.files,
        &arguments.langs,
        &cutting,
        &arguments.document.options(),
    )?;
    let given = arguments.beads.as_deref().or(arguments.fixed.as_deref());
    let of_one = given.or(arguments.output.as_deref());
    if let Some(path) = of_one.filter(|_| texts.len() > 1) {
        let error = Error::request(format!(
            "this file is of one text, and {} were given",
            texts.len()
        ))
        .at(path);
        return Err(error.hint("give one text at a time, or write into a folder with --out-dir"));
    }
    let texts = say_furniture(arguments, texts, ui);
    for text in &texts {
        for (file, letter) in text.paths.iter().zip(&text.letters) {
            doubt_language(file, letter, ui);
            say_method(letter, &cutting, ui);
        }
    }
    let is_ladder = |path: &Path| BeadFormat::of(path).is_ok_and(|kind| kind == BeadFormat::Ladder);
    if given.is_some_and(is_ladder) {
        ui.say(
            "note: a ladder has no marks for what is doubtful: all of its beads count as confirmed",
        );
    }
    let aligned = bring_together(arguments, texts, ui)?;
    let staged = match (&arguments.output, written) {
        (Some(path), Some(format)) => aligned
            .first()
            .map(|aligned| {
                bead_files::write(aligned, format, std::slice::from_ref(path), arguments.safe)
            })
            .transpose()?
            .unwrap_or_default(),
        _ => write_into_folder(arguments, &aligned)?,
    };
    print(&aligned, arguments, ui)?;
    for text in &aligned {
        say_strangers(text, ui);
    }
    // What was asked for to be seen is seen, or nothing is stored.
    ui.finish()?;
    let stored = match arguments.memory.as_ref().filter(|_| arguments.store) {
        Some(memory) => store(&aligned, memory, arguments.safe, ui)?,
        None => Outcome::Done,
    };
    for file in staged {
        file.keep()?;
    }
    Ok(stored)
}

/// The files that the command reads.
fn read_by(arguments: &Arguments) -> Vec<&Path> {
    let files = arguments.files.iter().chain(&arguments.memory);
    let files = files.chain(&arguments.beads).chain(&arguments.fixed);
    let mut files: Vec<&Path> = files.map(PathBuf::as_path).collect();
    files.extend(arguments.cutting.files());
    files
}

fn bring_together(
    arguments: &Arguments,
    mut texts: Vec<EditionFiles>,
    ui: &mut Ui,
) -> Result<Vec<AlignedEditions>> {
    if let Some(beads) = &arguments.beads {
        let text = texts.pop().into_iter();
        return text.map(|text| with_beads(beads, text)).collect();
    }
    let languages = texts.iter().flat_map(|text| &text.letters);
    let languages: Vec<Language> = languages.map(|letter| letter.language.clone()).collect();
    let memory = match &arguments.memory {
        Some(path) => memory_of_words(path, &languages, arguments.store, ui)?,
        None => None,
    };
    let names: Vec<&str> = texts.iter().map(|text| text.name.as_str()).collect();
    let known = match &memory {
        Some(memory) => Some(MemoryLexicon::new(memory, &names, &languages)?),
        None => None,
    };
    let lexicon: &dyn Lexicon = match &known {
        Some(known) => known,
        None => &NoLexicon,
    };
    let mut progress = Progress::new("aligning");
    align_editions(
        texts,
        arguments.fixed.as_deref(),
        lexicon,
        &mut |done, total| progress.update(done, total),
    )
}

/// The memory whose words help, with its lexicon brought up to date; `None` if it is yet to be made.
fn memory_of_words(
    path: &Path,
    languages: &[Language],
    is_to_be_made: bool,
    ui: &mut Ui,
) -> Result<Option<SqliteMemory>> {
    let mut progress = Progress::new("learning words");
    let mut tell = |done: u64, total: u64| progress.update(done, total);
    if is_tmx(path) {
        let (mut memory, _) = open_memory(path, &now(), &mut tell)?;
        bring_up_to_date(&mut memory, languages, &mut tell)?;
        return Ok(Some(memory));
    }
    if is_to_be_made && path.symlink_metadata().is_err() {
        return Ok(None);
    }
    // It is read before it is written: what cannot be read is an error, what cannot be written is none.
    let memory = SqliteMemory::open(path, Access::Read);
    let current = |memory: &SqliteMemory| tarjuman::app::lexicon::is_up_to_date(memory, languages);
    match memory {
        Ok(memory) if current(&memory)? => return Ok(Some(memory)),
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::Memory && is_to_be_made => {}
        Err(error) => return Err(error),
    }
    let brought = SqliteMemory::open(path, Access::Write).and_then(|mut memory| {
        bring_up_to_date(&mut memory, languages, &mut tell)?;
        Ok(memory)
    });
    match brought {
        Ok(memory) => Ok(Some(memory)),
        Err(error) if error.kind() == ErrorKind::Interrupted => Err(error),
        Err(error) => {
            ui.say(&format!(
                "note: what {} knows of words is not up to date: {error}",
                path.display()
            ));
            Ok(Some(SqliteMemory::open(path, Access::Read)?))
        }
    }
}

fn write_into_folder(arguments: &Arguments, aligned: &[AlignedEditions]) -> Result<Vec<Staged>> {
    let Some(folder) = &arguments.out_dir else {
        return Ok(Vec::new());
    };
    if folder.exists() && !folder.is_dir() {
        return Err(Error::request("this is a file; a folder is wanted").at(folder));
    }
    let format = arguments.kind.format();
    let mut taken = std::collections::BTreeSet::new();
    for path in aligned
        .iter()
        .flat_map(|text| bead_files::names(text, format, folder))
    {
        may_write(&path, arguments.overwrite, &read_by(arguments))?;
        if !taken.insert(path.clone()) {
            let error =
                Error::request("two of the results would be written to this file").at(&path);
            return Err(error.hint("give the texts other names"));
        }
    }
    std::fs::create_dir_all(folder).map_err(|error| Error::io(folder, "make", &error))?;
    let mut staged = Vec::new();
    for text in aligned {
        let paths = bead_files::names(text, format, folder);
        staged.extend(bead_files::write(text, format, &paths, arguments.safe)?);
    }
    Ok(staged)
}

fn print(aligned: &[AlignedEditions], arguments: &Arguments, ui: &mut Ui) -> Result<()> {
    let several = aligned.len() > 1;
    for text in aligned {
        if ui.is_json() {
            let lines = Lines::new(text, arguments.safe);
            for line in lines.lines(several.then_some(text.name.as_str())) {
                ui.json(&line)?;
            }
            continue;
        }
        if several {
            ui.line(&format!("== {}", text.name))?;
        }
        for (number, bead) in text.beads.iter().enumerate() {
            print_bead(number + 1, bead, text, ui)?;
        }
    }
    Ok(())
}

/// Says which texts look like no editions of one text.
fn say_strangers(text: &AlignedEditions, ui: &mut Ui) {
    let name = |edition: usize| {
        text.editions
            .get(edition)
            .map_or("", |edition| edition.language.english_name())
    };
    for (a, b) in text.strangers() {
        ui.say(&format!(
            "warning: {}: {} and {} do not look like editions of one text",
            text.name,
            name(a),
            name(b)
        ));
    }
}

/// Puts the beads into a memory and says how many.
fn store(aligned: &[AlignedEditions], memory: &Path, safe: f64, ui: &mut Ui) -> Result<Outcome> {
    let strangers: Vec<&str> = aligned
        .iter()
        .filter(|text| !text.strangers().is_empty())
        .map(|text| text.name.as_str())
        .collect();
    let texts: Vec<&AlignedEditions> = aligned
        .iter()
        .filter(|text| text.strangers().is_empty())
        .collect();
    if !strangers.is_empty() {
        ui.say(&format!(
            "not stored, because they do not look like editions of one text: {}; write them with -o, look at them, and store them with --beads",
            strangers.join(", ")
        ));
    }
    if texts.is_empty() {
        return Ok(Outcome::Nothing);
    }
    let count = into_memory(memory, |memory| {
        let mut sum = tarjuman::memory::ImportCount::default();
        for count in tarjuman::app::editions::store(&texts, memory, safe, &now())? {
            sum.added += count.added;
            sum.present += count.present;
            sum.superseded += count.superseded;
        }
        let languages = texts.iter().flat_map(|text| &text.editions);
        let languages: Vec<Language> = languages.map(|edition| edition.language.clone()).collect();
        bring_up_to_date(memory, &languages, &mut |_, _| Ok(()))?;
        Ok(sum)
    })?;
    let shared = texts.iter().map(|text| text.shared()).sum::<usize>() as u64;
    let unsure = shared.saturating_sub(count.added + count.present);
    let mut told = format!("{}: units stored: {}", memory.display(), count.added);
    for (what, number) in [
        ("there already", count.present),
        ("left out as not sure enough", unsure),
        (
            "taken out, since nobody had looked at them",
            count.superseded,
        ),
    ] {
        if number > 0 {
            told.push_str(&format!("; {what}: {number}"));
        }
    }
    ui.say(&told);
    Ok(if count.added > 0 {
        Outcome::Done
    } else {
        Outcome::Nothing
    })
}

/// A bead for people: one language a line.
fn print_bead(number: usize, bead: &Bead, aligned: &AlignedEditions, ui: &mut Ui) -> Result<()> {
    if aligned.reviewed {
        ui.line(&number.to_string())?;
    } else {
        let crossed = if bead.crossed { "  crossed" } else { "" };
        let sure = if bead.confidence >= 1.0 {
            "given".to_owned()
        } else {
            format!("{}%", percent(bead.confidence))
        };
        ui.line(&format!("{number}  {sure}{crossed}"))?;
    }
    for (index, edition) in aligned.editions.iter().enumerate() {
        let texts = aligned.texts(bead, index);
        if texts.is_empty() {
            ui.line(&format!("  {:<3} –", edition.language.tag()))?;
        }
        for text in texts {
            let text = ui.isolated(text);
            ui.line(&format!("  {:<3} {text}", edition.language.tag()))?;
        }
    }
    Ok(())
}
