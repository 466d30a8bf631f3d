//! `bestow man`

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Command, CommandFactory as _, ValueHint};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::cli::Cli;
use crate::exit::{Exit, Failure};
use crate::output::print;

/// Write manual pages, one for each command
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to write them to, such as /usr/local/share/man/man1; made when it is not there
    #[arg(value_hint = ValueHint::DirPath)]
    dir: PathBuf,
}

/// Runs the command. The pages are made from the command line itself, so there is one for every command there is.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    fs::create_dir_all(&args.dir).with_context(|| format!("make {}", args.dir.display()))?;
    let programs = [
        Cli::command(),
        // A program without the agent has no command line of it to make a page from.
        #[cfg(feature = "demo")]
        agent::cli::command(),
    ];
    let mut count = 0;
    for program in programs {
        let mut command = program.disable_help_subcommand(true);
        command.build();
        count += write_all(&command, &args.dir)?;
    }
    print(&format!("Wrote {count} pages to {}", args.dir.display()))?;
    Ok(Exit::Done)
}

/// Writes the page of `command` and of each one below it. Answers how many there are.
fn write_all(command: &Command, folder: &Path) -> Result<usize, Failure> {
    // A page has no date, since it is as old as the program; roff leaves an empty one out and takes the source for it.
    let page = Man::new(command.clone())
        .date(" ")
        .source(concat!("Bestow ", env!("CARGO_PKG_VERSION")))
        .manual("Bestow");
    let path = folder.join(page.get_filename());
    let text = text(&page, command).context("make a manual page")?;
    fs::write(&path, text).with_context(|| format!("write {}", path.display()))?;
    let mut count = 1;
    for below in command.get_subcommands() {
        count += write_all(below, folder)?;
    }
    Ok(count)
}

fn text(page: &Man, command: &Command) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    page.render_title(&mut text)?;
    page.render_name_section(&mut text)?;
    synopsis(command).to_writer(&mut text)?;
    page.render_description_section(&mut text)?;
    page.render_options_section(&mut text)?;
    if command.has_subcommands() {
        page.render_subcommands_section(&mut text)?;
    }
    exit_status().to_writer(&mut text)?;
    Ok(text)
}

/// How the command is typed: as its help says it.
fn synopsis(command: &Command) -> Roff {
    let usage = command.clone().render_usage().to_string();
    let mut section = Roff::new();
    section.control("SH", ["SYNOPSIS"]);
    section.text([roman(usage.trim_start_matches("Usage: "))]);
    section
}

fn exit_status() -> Roff {
    let mut section = Roff::new();
    section.control("SH", ["EXIT STATUS"]);
    for (code, meaning) in Exit::MEANINGS {
        section.control("TP", []);
        section.text([bold(code.to_string())]);
        section.text([roman(meaning)]);
    }
    section
}
