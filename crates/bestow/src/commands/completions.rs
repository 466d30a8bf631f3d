//! `bestow completions`

use clap::CommandFactory as _;
use clap_complete::{Generator, Shell as Script, generate};

use crate::cli::Cli;
use crate::exit::{Exit, Failure};
use crate::output::print_as_it_is;

/// Print a script that lets a shell complete commands and options
#[derive(Debug, clap::Args)]
#[command(after_help = "Install it, for example:\n  \
    bestow completions bash > ~/.local/share/bash-completion/completions/bestow\n  \
    bestow completions zsh > \"${fpath[1]}/_bestow\"\n  \
    bestow completions fish > ~/.config/fish/completions/bestow.fish")]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// The shells that are known.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
}

impl Shell {
    fn script(self) -> impl Generator {
        match self {
            Self::Bash => Script::Bash,
            Self::Zsh => Script::Zsh,
            Self::Fish => Script::Fish,
        }
    }
}

/// Runs the command. The script is made from the command line itself, so it knows every command there is.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let mut command = Cli::command();
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    generate(args.shell.script(), &mut command, name, &mut script);
    print_as_it_is(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
