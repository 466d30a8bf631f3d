//! The plug-in's place in the authorization database, which an upgrade of macOS or another product may take away.
//!
//! Told to load a plug-in that is not there, macOS lets nobody log in. So a plug-in is registered only when it lies where
//! macOS looks for it and nobody but root can change it, and is taken out when it does not.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use mac::Runner;
use mac::security::authorization_database::{self as database, LOGIN, RightChange};
use trust::fact::Fact;
use trust::observation::LoginPlugin;
use trust::time::Timestamp;

use super::bundle::Bundle;
use super::mechanisms::{with_ours, without_ours};
use crate::observe::fact;

const BY: &str = "security authorizationdb read system.login.console";

/// How long the database is believed to be as it was, without a look.
const GOOD_FOR: Duration = Duration::from_secs(15 * 60);

/// Keeps the plug-in registered.
#[derive(Debug)]
pub struct Registration {
    root: PathBuf,
    kept: Mutex<Option<Kept>>,
}

/// What was seen, and of which bundle.
#[derive(Debug, Clone)]
struct Kept {
    plugin: Fact<LoginPlugin>,
    bundle: Bundle,
    at: Timestamp,
}

impl Registration {
    /// The registration on the Mac whose file system begins at `root`.
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_path_buf(),
            kept: Mutex::new(None),
        }
    }

    /// Puts right what is wrong, when it was not looked at for a while or the bundle has changed.
    pub fn keep(&self, runner: &dyn Runner, now: Timestamp) -> Fact<LoginPlugin> {
        let bundle = Bundle::look(&self.root);
        let mut kept = self.kept();
        if let Some(kept) = &*kept
            && kept.bundle == bundle
            && now.since(kept.at) < GOOD_FOR
        {
            return kept.plugin.clone();
        }
        let plugin = fact(put_right(runner, &bundle), now, BY);
        let fresh = Kept {
            plugin,
            bundle,
            at: now,
        };
        kept.insert(fresh).plugin.clone()
    }

    /// What was seen last.
    pub fn seen(&self, now: Timestamp) -> Fact<LoginPlugin> {
        let kept = self.kept().clone();
        kept.map_or_else(
            || Fact::unknown("it was not looked at yet", now, BY),
            |kept| kept.plugin,
        )
    }

    fn kept(&self) -> MutexGuard<'_, Option<Kept>> {
        // What is kept is replaced as a whole.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Looks without changing anything.
///
/// # Errors
/// When the database cannot be read.
pub fn look(runner: &dyn Runner, root: &Path) -> Result<LoginPlugin, mac::Error> {
    let bundle = Bundle::look(root);
    let standing = mechanisms(runner)?;
    Ok(judge(&bundle, standing.as_deref(), None))
}

/// Takes every mechanism of ours out of the database.
///
/// # Errors
/// When the database cannot be read or written.
pub fn take_out(runner: &dyn Runner) -> Result<(), mac::Error> {
    let Some(right) = database::read(runner, LOGIN)? else {
        return Ok(());
    };
    let without = without_ours(right.mechanisms());
    if without != right.mechanisms() {
        let change = database::write(runner, LOGIN, &right.with_mechanisms(without))?;
        tracing::info!(
            ?change,
            "took the login plug-in out of the authorization database"
        );
    }
    Ok(())
}

fn put_right(runner: &dyn Runner, bundle: &Bundle) -> Result<LoginPlugin, mac::Error> {
    let Some(right) = database::read(runner, LOGIN)? else {
        return Ok(judge(bundle, None, None));
    };
    let standing = right.mechanisms().to_vec();
    let wanted = match bundle {
        Bundle::Ready => with_ours(&standing),
        Bundle::Missing | Bundle::Unfit(_) => Some(without_ours(&standing)),
    };
    let Some(wanted) = wanted.filter(|wanted| *wanted != standing) else {
        return Ok(judge(bundle, Some(&standing), None));
    };
    let change = database::write(runner, LOGIN, &right.with_mechanisms(wanted))?;
    // What the tool says does not count; it explains what did not come about.
    let standing = mechanisms(runner)?;
    let plugin = judge(bundle, standing.as_deref(), Some(&change));
    tracing::info!(?plugin, "put the login plug-in's registration right");
    Ok(plugin)
}

fn mechanisms(runner: &dyn Runner) -> Result<Option<Vec<String>>, mac::Error> {
    let right = database::read(runner, LOGIN)?;
    Ok(right.map(|right| right.mechanisms().to_vec()))
}

fn judge(bundle: &Bundle, standing: Option<&[String]>, change: Option<&RightChange>) -> LoginPlugin {
    let registered = standing.is_some_and(|standing| without_ours(standing) != standing);
    match bundle {
        Bundle::Missing if !registered => LoginPlugin::NotInstalled,
        Bundle::Missing => LoginPlugin::RegisteredUnfit {
            why: "it is not there".to_owned(),
        },
        Bundle::Unfit(why) if registered => LoginPlugin::RegisteredUnfit { why: why.clone() },
        Bundle::Unfit(why) => LoginPlugin::NotRegistered {
            why: format!("it is not fit to be loaded: {why}"),
        },
        Bundle::Ready => standing.map_or_else(
            || LoginPlugin::NotRegistered {
                why: format!("the authorization database has no {LOGIN}"),
            },
            |standing| judge_ready(standing, change),
        ),
    }
}

fn judge_ready(standing: &[String], change: Option<&RightChange>) -> LoginPlugin {
    let why = match (with_ours(standing), change) {
        (Some(wanted), _) if wanted == standing => return LoginPlugin::Registered,
        (None, _) => "another login window is in charge, and the plug-in stays out of it".to_owned(),
        (Some(_), Some(RightChange::Refused { exit, text, .. })) => {
            format!("macOS refused to register it ({exit}): {text}")
        }
        (Some(_), Some(RightChange::SaysDone)) => "macOS said that it registered it, and did not".to_owned(),
        (Some(_), None) => "the agent has not registered it yet".to_owned(),
    };
    LoginPlugin::NotRegistered { why }
}
