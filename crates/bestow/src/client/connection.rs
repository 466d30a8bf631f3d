//! Where the server is, and who we are to it: options, environment and `demo.json`. What stands on the command line wins
//! over what is exported.

use std::path::PathBuf;

use reqwest::Url;
use secrecy::SecretString;

use super::connect::connect_with;
use super::token::{self, TOKEN_VARIABLE};
use super::transport::{Client, Patience};
#[cfg(feature = "demo")]
use crate::demo_file::DemoFile;
use crate::exit::Failure;

/// Where the server is and which token to show it. A token is never an argument: other people on this computer could
/// read it there.
// What is exported is read here and not by the parser of options, which would tell it in usage lines as if it was typed.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Server")]
pub struct ConnectionArgs {
    /// Address of the server, such as <https://bestow.example.com>; or the variable BESTOW_SERVER
    #[arg(long, global = true, value_name = "URL", display_order = GLOBAL)]
    server: Option<String>,
    /// File that holds the API token; or the variable BESTOW_TOKEN_FILE. Without it the variable BESTOW_TOKEN holds the token
    #[arg(long, global = true, value_name = "FILE", display_order = GLOBAL)]
    token_file: Option<PathBuf>,
    /// Trust only the certificate authorities in this PEM file; or the variable BESTOW_CA_FILE
    #[arg(long, global = true, value_name = "FILE", display_order = GLOBAL)]
    ca_file: Option<PathBuf>,
    /// Take address and token from the demo.json in this folder; or the variable BESTOW_DEMO
    #[cfg(feature = "demo")]
    #[arg(long, global = true, value_name = "DIR", display_order = GLOBAL, value_hint = clap::ValueHint::DirPath)]
    demo: Option<PathBuf>,
}

/// Options that every command has stand behind its own.
pub const GLOBAL: usize = 900;

/// The variables that say what options say.
const SERVER: &str = "BESTOW_SERVER";
const TOKEN_FILE: &str = "BESTOW_TOKEN_FILE";
const CA_FILE: &str = "BESTOW_CA_FILE";
#[cfg(feature = "demo")]
const DEMO: &str = "BESTOW_DEMO";

impl ConnectionArgs {
    /// The client for this server.
    pub fn client(&self) -> Result<Client, Failure> {
        let (server, token) = match self.demo_connection()? {
            Some(known) => known,
            None => (self.server()?, token::read(self.token_file().as_deref())?),
        };
        let ca_file = self.ca_file.clone().or_else(|| exported(CA_FILE));
        connect_with(server, token, ca_file.as_deref(), Patience::default())
    }

    /// What to do when the server does not know the token.
    pub fn token_advice(&self) -> String {
        let place = match (self.demo_folder(), self.token_file()) {
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
    pub fn demo_folder(&self) -> Result<Option<PathBuf>, Failure> {
        let names_a_server = self.server.is_some() || self.token_file.is_some();
        if let Some(typed) = &self.demo {
            return match names_a_server {
                true => Err(Failure::usage(
                    "--demo takes address and token from the demo, and --server or --token-file names others. Leave one \
                     of them out.",
                )),
                false => Ok(Some(typed.clone())),
            };
        }
        match exported(DEMO).filter(|_| !names_a_server) {
            Some(_) if exported(SERVER).is_some() => Err(Failure::usage(
                "BESTOW_DEMO and BESTOW_SERVER are both set and name two servers. Unset one of them, or say with --demo \
                 or --server which one you mean.",
            )),
            demo => Ok(demo),
        }
    }

    #[cfg(not(feature = "demo"))]
    fn demo_folder(&self) -> Result<Option<PathBuf>, Failure> {
        Ok(None)
    }

    #[cfg(feature = "demo")]
    fn demo_connection(&self) -> Result<Option<(Url, SecretString)>, Failure> {
        let read = |folder: PathBuf| DemoFile::read(&folder)?.connection();
        self.demo_folder()?.map(read).transpose()
    }

    #[cfg(not(feature = "demo"))]
    fn demo_connection(&self) -> Result<Option<(Url, SecretString)>, Failure> {
        Ok(None)
    }

    fn server(&self) -> Result<Url, Failure> {
        let typed = self.server.clone().map(|text| ("--server", text));
        let from_variable = || exported(SERVER).map(|text| (SERVER, text.display().to_string()));
        let Some((given_by, text)) = typed.or_else(from_variable) else {
            let demo = if cfg!(feature = "demo") {
                " While a demo runs, --demo or BESTOW_DEMO with its folder is enough."
            } else {
                ""
            };
            return Err(Failure::usage(format!(
                "No server is named. Give its address with --server or BESTOW_SERVER.{demo}"
            )));
        };
        address(&text).map_err(|rule| Failure::usage(format!("{given_by} {text}: {rule}")))
    }

    fn token_file(&self) -> Option<PathBuf> {
        self.token_file.clone().or_else(|| exported(TOKEN_FILE))
    }
}

/// What a variable says; one that is empty says nothing.
pub fn exported(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
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
