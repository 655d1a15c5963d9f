//! The integration tests, one binary. The list of modules is the table of contents.

#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test that fails may panic"
)]

mod documents;
mod letters;
mod support;
