//! The program: reads the command line, runs one command, says how it ended.

mod args;
mod commands;
mod ui;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = args::Cli::parse();
    ui::hear_interrupts();
    let mut ui = ui::Ui::new(cli.format);
    let ended =
        commands::run(cli.command, &mut ui).and_then(|outcome| ui.finish().map(|()| outcome));
    match ended {
        Ok(outcome) => outcome.into(),
        Err(error) => ui::fail(&error),
    }
}
