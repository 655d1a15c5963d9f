//! The integration tests, one binary. The list of modules is the table of contents.

#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test that fails may panic"
)]

mod support;

// The house itself.
mod documents;
mod exchange;
mod floors;
mod manifest;
// Its commands are typed into a shell with links in the folder.
#[cfg(unix)]
mod readme;

// The letters, and the memory made of them.
mod letters;
mod starter;

// The program.
// Full disks and folders that are shut are made with a shell.
#[cfg(unix)]
mod align;
mod bad_input;
mod check;
mod commands;
mod crash;
mod lookup;
mod segmentation;

// Laws that hold for the whole way through.
mod round_trip;
mod tmx;
