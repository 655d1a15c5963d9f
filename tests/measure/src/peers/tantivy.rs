//! tantivy: the 100 units with the best BM25 over words, then scored by characters.

use std::path::Path;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, Searcher, TantivyDocument, Term};

use super::{CANDIDATES, Peer, Wanted, rescored};
use crate::{Result, workload};

/// Lower-case words, as tantivy cuts them by default.
const TOKENIZER: &str = "default";

/// Builds the index with one thread and merges it into one segment, which is how it answers fastest.
pub(super) fn build(folder: &Path, place: &Path) -> Result<()> {
    let mut schema = Schema::builder();
    let words = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqs);
    let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(words));
    let number = schema.add_u64_field("number", FAST);
    let index = Index::create_in_dir(place, schema.build())?;
    let mut writer = index.writer_with_num_threads(1, 200_000_000)?;
    for (place, source) in workload::sources(folder)?.iter().enumerate() {
        let mut document = TantivyDocument::new();
        document.add_text(text, source);
        document.add_u64(number, place as u64);
        writer.add_document(document)?;
    }
    writer.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.wait_merging_threads()?;
    Ok(())
}

pub(super) struct Tantivy {
    searcher: Searcher,
    text: Field,
    tokenizer: TextAnalyzer,
    sources: Vec<String>,
}

pub(super) fn open(folder: &Path, place: &Path) -> Result<Tantivy> {
    let index = Index::open_in_dir(place)?;
    let tokenizer = index.tokenizers().get(TOKENIZER);
    Ok(Tantivy {
        searcher: index.reader()?.searcher(),
        text: index.schema().get_field("text")?,
        tokenizer: tokenizer.ok_or("tantivy has no such tokenizer")?,
        sources: workload::sources(folder)?,
    })
}

impl Peer for Tantivy {
    fn find(&self, query: &str, wanted: Wanted) -> Result<Vec<f64>> {
        let mut words: Vec<String> = Vec::new();
        let mut tokenizer = self.tokenizer.clone();
        let mut tokens = tokenizer.token_stream(query);
        tokens.process(&mut |token| words.push(token.text.clone()));
        words.sort_unstable();
        words.dedup();
        let any = words.iter().map(|word| {
            let term = Term::from_field_text(self.text, word);
            let one: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            (Occur::Should, one)
        });
        let top = TopDocs::with_limit(CANDIDATES).order_by_score();
        let found = self
            .searcher
            .search(&BooleanQuery::new(any.collect()), &top)?;
        let mut candidates = Vec::with_capacity(found.len());
        for (_, address) in found {
            let segment = self.searcher.segment_reader(address.segment_ord);
            let numbers = segment.fast_fields().u64("number")?;
            let number = numbers
                .first(address.doc_id)
                .ok_or("a document without a number")?;
            candidates.extend(self.sources.get(usize::try_from(number)?));
        }
        Ok(rescored(query, candidates.into_iter(), wanted))
    }
}
