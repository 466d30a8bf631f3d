//! Who takes part in a login at the screen: Apple's mechanisms, which are rules here, and plug-ins of others, which are
//! programs.
//!
//! A plug-in is a library for a process of macOS. That process is not simulated: whoever installs a plug-in on a simulated
//! Mac puts a program at [`HOST`] that loads it. It is called with the library's path and the mechanism's name, gets
//! `{"username": …, "password": …}` on standard input (both missing before macOS has verified them), and prints `allow`, `deny`,
//! `undefined` or `user-canceled`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::home::{HomeError, MacHome};
use crate::rules::login;
use crate::rules::refusal::{Circumstances, Credentials, Refusal};

/// Where the program that loads plug-ins lies in a simulated Mac's tree.
pub const HOST: &str = "usr/libexec/authorizationhost";

/// Where plug-ins of others lie.
const PLUGINS: &str = "Library/Security/SecurityAgentPlugins";

/// What macOS itself takes part by.
const APPLES: &[&str] = &[
    "builtin",
    "loginwindow",
    "PKINITMechanism",
    "HomeDirMechanism",
    "MCXMechanism",
    "CryptoTokenKit",
];

/// Why a login ends before it has begun.
#[derive(Debug, thiserror::Error)]
pub enum NoLogin {
    /// macOS does not know the person.
    #[error("the login was refused: {0}")]
    Refused(Refusal),
    /// The database names a plug-in that cannot be loaded: nobody can log in at this Mac.
    #[error("the login came to nothing: {mechanism} takes part, and there is no {missing}")]
    Missing {
        /// As the database names it.
        mechanism: String,
        /// What is not there.
        missing: PathBuf,
    },
    /// A mechanism did not allow it.
    #[error("the login was refused by {mechanism}: {said}")]
    NotAllowed {
        /// As the database names it.
        mechanism: String,
        /// What it said instead.
        said: String,
    },
    /// Nobody asks for the password: whoever wrote the database left that out.
    #[error("the login came to nothing: no mechanism verifies the password")]
    Unverified,
    /// A program could not be run.
    #[error("run {0}")]
    Run(PathBuf, #[source] std::io::Error),
    /// The Mac could not be read or written.
    #[error(transparent)]
    Home(#[from] HomeError),
}

/// Lets every mechanism of the login take part, in order.
pub(crate) fn authorize(home: &MacHome, who: Credentials<'_>, at: Circumstances) -> Result<(), NoLogin> {
    let mut verified = false;
    for mechanism in home.load()?.login_right.mechanisms {
        let name = mechanism.split(',').next().unwrap_or_default();
        let (plugin, id) = name.split_once(':').unwrap_or((name, ""));
        if (plugin, id) == ("builtin", "authenticate") {
            home.change(|mac| login::admit(mac, who, at))?
                .map_err(NoLogin::Refused)?;
            verified = true;
        } else if !APPLES.contains(&plugin) {
            let context = if verified {
                serde_json::json!({ "username": who.name, "password": who.password })
            } else {
                serde_json::json!({})
            };
            let library = home
                .root()
                .join(format!("{PLUGINS}/{plugin}.bundle/Contents/MacOS/{plugin}"));
            let said = ask(
                &home.root().join(HOST),
                &library,
                id,
                &context.to_string(),
                &mechanism,
            )?;
            if said != "allow" {
                return Err(NoLogin::NotAllowed { mechanism, said });
            }
        }
    }
    verified.then_some(()).ok_or(NoLogin::Unverified)
}

fn ask(host: &Path, library: &Path, id: &str, context: &str, mechanism: &str) -> Result<String, NoLogin> {
    if let Some(missing) = [library, host].into_iter().find(|path| !path.exists()) {
        return Err(NoLogin::Missing {
            mechanism: mechanism.to_owned(),
            missing: missing.to_owned(),
        });
    }
    let run = || {
        #[expect(
            clippy::disallowed_methods,
            reason = "the simulated macOS starts its own process, which is no tool"
        )]
        let mut child = Command::new(host)
            .args([library.as_os_str(), id.as_ref()])
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        if let Some(mut pipe) = child.stdin.take() {
            // A program that does not want it has ended, which its output tells.
            let _ = pipe.write_all(context.as_bytes());
        }
        child.wait_with_output()
    };
    let output = run().map_err(|error| NoLogin::Run(host.to_owned(), error))?;
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    Ok(match output.status.success() {
        true => said,
        false => format!("it ended with {}", output.status),
    })
}
