//! Where the server is, and who we are to it: options, environment and `demo.json`. What stands on the command line wins
//! over what is exported.

use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{ArgMatches, Command, FromArgMatches};
use reqwest::Url;
use secrecy::SecretString;

use super::connect::connect_with;
use super::token::{self, TOKEN_VARIABLE};
use super::transport::{Client, Patience};
#[cfg(feature = "demo")]
use crate::demo_file::DemoFile;
use crate::exit::Failure;

/// What is said of the server.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Server")]
struct Options {
    /// Address of the server, such as `https://bestow.example.com`
    #[arg(long, global = true, value_name = "URL", env = "BESTOW_SERVER")]
    server: Option<String>,
    /// File that holds the API token; without it the variable BESTOW_TOKEN does
    #[arg(long, global = true, value_name = "FILE", env = "BESTOW_TOKEN_FILE")]
    token_file: Option<PathBuf>,
    /// Trust only the certificate authorities in this PEM file
    #[arg(long, global = true, value_name = "FILE", env = "BESTOW_CA_FILE")]
    ca_file: Option<PathBuf>,
    /// Take address and token from the demo.json in this folder
    #[cfg(feature = "demo")]
    #[arg(long, global = true, value_name = "DIR", env = "BESTOW_DEMO", value_hint = clap::ValueHint::DirPath)]
    demo: Option<PathBuf>,
}

/// Where the server is and which token to show it. A token is never an argument: other people on this computer could
/// read it there.
#[derive(Debug, Clone)]
pub struct ConnectionArgs {
    options: Options,
    /// The options that stand on the command line; the others come from the environment.
    typed: Vec<&'static str>,
}

impl FromArgMatches for ConnectionArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut names = vec!["server", "token_file"];
        if cfg!(feature = "demo") {
            names.push("demo");
        }
        names.retain(|name| matches.value_source(name) == Some(ValueSource::CommandLine));
        Ok(Self {
            options: Options::from_arg_matches(matches)?,
            typed: names,
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl clap::Args for ConnectionArgs {
    fn augment_args(command: Command) -> Command {
        Options::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Options::augment_args_for_update(command)
    }
}

impl ConnectionArgs {
    /// The client for this server.
    pub fn client(&self) -> Result<Client, Failure> {
        let (server, token) = match self.demo_connection()? {
            Some(known) => known,
            None => (self.server()?, token::read(self.options.token_file.as_deref())?),
        };
        connect_with(
            server,
            token,
            self.options.ca_file.as_deref(),
            Patience::default(),
        )
    }

    /// What to do when the server does not know the token.
    pub fn token_advice(&self) -> String {
        let place = match (self.demo_folder(), &self.options.token_file) {
            (Ok(Some(folder)), _) => {
                return format!(
                    "Look whether the demo in {} is the one that runs: it has a token of its own",
                    folder.display()
                );
            }
            (_, Some(file)) => format!("The token in {}", file.display()),
            (_, None) => format!("The token in the variable {TOKEN_VARIABLE}"),
        };
        format!(
            "{place} is none of this server's, or is no longer valid. Name another file with --token-file: the \
             server's first start wrote one, api-token in its data folder"
        )
    }

    /// The folder of the demo that is meant, if one is.
    #[cfg(feature = "demo")]
    pub fn demo_folder(&self) -> Result<Option<&Path>, Failure> {
        let is_typed = |name| self.typed.contains(&name);
        let Some(demo) = self.options.demo.as_deref() else {
            return Ok(None);
        };
        let names_a_server = is_typed("server") || is_typed("token_file");
        match (is_typed("demo"), names_a_server, &self.options.server) {
            (true, true, _) => Err(Failure::usage(
                "--demo takes address and token from the demo, and --server or --token-file names others. Leave one of \
                 them out.",
            )),
            (false, true, _) => Ok(None),
            (false, false, Some(_)) => Err(Failure::usage(
                "BESTOW_DEMO and BESTOW_SERVER are both set and name two servers. Unset one of them, or say with --demo \
                 or --server which one you mean.",
            )),
            (true, false, _) | (false, false, None) => Ok(Some(demo)),
        }
    }

    #[cfg(not(feature = "demo"))]
    fn demo_folder(&self) -> Result<Option<&Path>, Failure> {
        Ok(None)
    }

    #[cfg(feature = "demo")]
    fn demo_connection(&self) -> Result<Option<(Url, SecretString)>, Failure> {
        let read = |folder: &Path| DemoFile::read(folder)?.connection();
        self.demo_folder()?.map(read).transpose()
    }

    #[cfg(not(feature = "demo"))]
    fn demo_connection(&self) -> Result<Option<(Url, SecretString)>, Failure> {
        Ok(None)
    }

    fn server(&self) -> Result<Url, Failure> {
        let Some(text) = &self.options.server else {
            let demo = if cfg!(feature = "demo") {
                " While a demo runs, --demo or BESTOW_DEMO with its folder is enough."
            } else {
                ""
            };
            return Err(Failure::usage(format!(
                "No server is named. Give its address with --server or BESTOW_SERVER.{demo}"
            )));
        };
        let given_by = match self.typed.contains(&"server") {
            true => "--server",
            false => "BESTOW_SERVER",
        };
        address(text).map_err(|rule| Failure::usage(format!("{given_by} {text}: {rule}")))
    }
}

/// A server's address.
fn address(text: &str) -> Result<Url, String> {
    let has_scheme = text.starts_with("https://") || text.starts_with("http://");
    match text.parse() {
        Ok(url) if has_scheme => Ok(url),
        Err(error) if has_scheme => Err(format!(
            "{error}. An address looks like https://bestow.example.com"
        )),
        _ if text.contains("://") => {
            Err("a server is reached by https. Write https:// in front of its name".to_owned())
        }
        _ => Err(format!(
            "an address begins with https://, or with http:// when the server runs on this computer. Write https://{text}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_its_scheme_is_refused_with_the_way_to_write_it() {
        for text in ["bestow.example.com", "localhost:8420", "10.0.0.1"] {
            let rule = address(text).unwrap_err();
            assert!(rule.ends_with(&format!("Write https://{text}")), "{rule}");
        }
        assert!(address("ftp://x").unwrap_err().contains("by https"));
        assert!(address("https://x:port").unwrap_err().contains("looks like"));
        assert!(address("https://bestow.example.com").is_ok());
    }
}
