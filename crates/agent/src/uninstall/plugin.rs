//! The login plug-in goes: first out of the authorization database, and only then from the disk. The other way round nobody could
//! log in.

use std::fs;
use std::io;

use login_handover::place::BUNDLE;
use mac::Runner;
use trust::observation::LoginPlugin;

use crate::login::registration;
use crate::paths::Paths;

/// Why the plug-in stays.
#[derive(Debug, thiserror::Error)]
pub enum Stays {
    /// The database could not be read or written.
    #[error("take the login plug-in out of the authorization database")]
    Database(#[from] mac::Error),
    /// The database still names it.
    #[error(
        "the authorization database still names the login plug-in, so its library stays: without it nobody could log in"
    )]
    StillRegistered,
    /// Its files could not be removed.
    #[error("remove the login plug-in's files")]
    Files(#[source] io::Error),
}

/// Takes the plug-in out of the database, proves that, and removes its files.
///
/// # Errors
/// When it stays, with the reason.
pub fn take_out(runner: &dyn Runner, paths: &Paths) -> Result<(), Stays> {
    registration::take_out(runner)?;
    match registration::look(runner, paths.root())? {
        LoginPlugin::Registered | LoginPlugin::RegisteredUnfit { .. } => return Err(Stays::StillRegistered),
        LoginPlugin::NotInstalled | LoginPlugin::NotRegistered { .. } => {}
    }
    match fs::remove_dir_all(paths.root().join(BUNDLE)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Stays::Files(error)),
        _ => Ok(()),
    }
}
