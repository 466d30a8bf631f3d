//! Why a server does not start, where the configuration is what mends it.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::path::Path;

use server::ServeError;

use crate::exit::Failure;

/// The data folder cannot be made.
pub fn of_folder(error: io::Error, folder: &Path, config: &Path) -> Failure {
    let (folder, config) = (folder.display(), config.display());
    let why = match error.kind() {
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => "there is a file of that name",
        ErrorKind::PermissionDenied => "the server may not make it",
        _ => {
            return Failure::Local(
                anyhow::Error::new(error).context(format!("make the data folder {folder}")),
            );
        }
    };
    Failure::usage(format!(
        "data_dir in {config} names {folder}, which cannot be its folder: {why}. Name a folder that is the server's own, such \
         as /var/lib/bestow."
    ))
}

/// The server does not start.
pub fn of_server(error: ServeError, config: &Path) -> Failure {
    let shown = config.display();
    match error {
        ServeError::Tls(error) => Failure::usage(format!(
            "[tls] in {shown}: {error}. It names two PEM files: certificate, which holds the chain with the server's own \
             certificate first, and key, which holds its private key. The server must be able to read both."
        )),
        ServeError::Bind { address, source } => match why_not(address, &source) {
            Some(why) => Failure::usage(format!(
                "The server cannot listen on {address}, as {shown} says: {why}"
            )),
            None => local(ServeError::Bind { address, source }, config),
        },
        other => local(other, config),
    }
}

fn why_not(address: SocketAddr, error: &io::Error) -> Option<String> {
    match error.kind() {
        ErrorKind::AddrInUse => Some(
            "another program listens there already. End it, or name another port with listen.".to_owned(),
        ),
        ErrorKind::AddrNotAvailable => Some(format!(
            "this computer has no address {}. 0.0.0.0 stands for every address that it has.",
            address.ip()
        )),
        ErrorKind::PermissionDenied => Some(format!(
            "this user may not take port {}. Ports below 1024 are the system's: let it start the server, or put a proxy in \
             front of another port.",
            address.port()
        )),
        _ => None,
    }
}

fn local(error: ServeError, config: &Path) -> Failure {
    let context = format!("start the server as {} says", config.display());
    Failure::Local(anyhow::Error::new(error).context(context))
}
