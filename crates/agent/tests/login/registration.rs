//! The plug-in's place in the authorization database of a simulated Mac.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use agent::login::registration::{Registration, look};
use login_handover::place::{BUNDLE, LIBRARY, MECHANISM};
use macsim::model::clock::UnixMillis;
use macsim::model::knobs::Lie;
use macsim::model::os::OsVersion;
use macsim::rules::refusal::Circumstances;
use macsim::rules::upgrade::upgrade;
use macsim::scenario::Situation;
use simrunner::SimRunner;
use tempfile::TempDir;
use trust::observation::LoginPlugin;
use trust::time::Timestamp;

const NOW: Timestamp = Timestamp(1_790_000_000_000);
const A_MINUTE: Duration = Duration::from_secs(60);
const A_WHILE: Duration = Duration::from_secs(15 * 60);

/// A Mac and its files, with the plug-in installed.
struct Site {
    runner: SimRunner,
    root: TempDir,
    registration: Registration,
}

impl Site {
    fn new() -> Self {
        let site = Self::without_plugin();
        site.install();
        site
    }

    fn without_plugin() -> Self {
        let root = tempfile::tempdir().unwrap();
        Self {
            runner: SimRunner::new(
                Situation::Healthy.mac(1, UnixMillis(NOW.0)).mac,
                UnixMillis(NOW.0),
            ),
            registration: Registration::new(root.path()),
            root,
        }
    }

    fn install(&self) {
        let library = self.root.path().join(LIBRARY);
        fs::create_dir_all(library.parent().unwrap()).unwrap();
        fs::write(&library, "a library").unwrap();
        for part in library
            .ancestors()
            .take_while(|part| part.starts_with(self.root.path().join(BUNDLE)))
        {
            fs::set_permissions(part, Permissions::from_mode(0o755)).unwrap();
        }
    }

    fn mechanisms(&self) -> Vec<String> {
        self.runner.mac().login_right.mechanisms
    }

    fn keep(&self, now: Timestamp) -> LoginPlugin {
        let kept = self.registration.keep(&self.runner, now);
        assert_eq!(self.registration.seen(now), kept);
        kept.value().unwrap().clone()
    }

    /// Looks without changing anything.
    fn look(&self) -> LoginPlugin {
        look(&self.runner, self.root.path()).unwrap()
    }
}

fn why(plugin: &LoginPlugin) -> &str {
    match plugin {
        LoginPlugin::NotRegistered { why } | LoginPlugin::RegisteredUnfit { why } => why,
        LoginPlugin::NotInstalled | LoginPlugin::Registered => "",
    }
}

#[test]
fn it_is_registered_behind_the_login_windows_success_and_nothing_else_is_changed() {
    let site = Site::new();
    let before = site.runner.mac();
    assert!(matches!(site.look(), LoginPlugin::NotRegistered { .. }));
    assert_eq!(site.keep(NOW), LoginPlugin::Registered);
    assert_eq!(site.look(), LoginPlugin::Registered);
    let mechanisms = site.mechanisms();
    let at = mechanisms.iter().position(|known| known == MECHANISM).unwrap();
    assert_eq!(mechanisms[at - 1], "loginwindow:success");
    let mut after = site.runner.mac();
    after.login_right.mechanisms.remove(at);
    after.login_right.modified = before.login_right.modified;
    assert_eq!(after, before);
}

#[test]
fn an_upgrade_that_resets_the_database_is_put_right_by_the_agent_that_starts_after_it() {
    let site = Site::new();
    site.keep(NOW);
    let at = Circumstances {
        now: UnixMillis(NOW.0),
    };
    site.runner.change(|mac| upgrade(mac, OsVersion::new(26, 0), at));
    assert!(!site.mechanisms().contains(&MECHANISM.to_owned()));
    let after_the_restart = Registration::new(site.root.path());
    let kept = after_the_restart.keep(&site.runner, NOW);
    assert_eq!(kept.value(), Some(&LoginPlugin::Registered));
}

#[test]
fn a_change_behind_the_agents_back_is_put_right_within_a_quarter_of_an_hour() {
    let site = Site::new();
    site.keep(NOW);
    site.runner
        .change(|mac| mac.login_right.mechanisms.retain(|known| known != MECHANISM));
    // It is not asked at every look: each question is a process.
    assert_eq!(site.keep(NOW.plus(A_MINUTE)), LoginPlugin::Registered);
    assert!(!site.mechanisms().contains(&MECHANISM.to_owned()));
    assert_eq!(site.keep(NOW.plus(A_WHILE)), LoginPlugin::Registered);
    assert!(site.mechanisms().contains(&MECHANISM.to_owned()));
}

#[test]
fn a_plug_in_that_is_gone_is_taken_out_at_once_so_that_people_can_log_in() {
    let site = Site::new();
    site.keep(NOW);
    fs::remove_dir_all(site.root.path().join(BUNDLE)).unwrap();
    assert!(matches!(site.look(), LoginPlugin::RegisteredUnfit { .. }));
    assert_eq!(site.keep(NOW.plus(A_MINUTE)), LoginPlugin::NotInstalled);
    assert!(!site.mechanisms().contains(&MECHANISM.to_owned()));
    site.install();
    assert_eq!(site.keep(NOW.plus(A_MINUTE * 2)), LoginPlugin::Registered);
}

#[test]
fn a_plug_in_that_others_can_change_is_not_registered() {
    let site = Site::new();
    site.keep(NOW);
    let library = site.root.path().join(LIBRARY);
    fs::set_permissions(library, Permissions::from_mode(0o757)).unwrap();
    let kept = site.keep(NOW.plus(A_MINUTE));
    assert!(why(&kept).contains("written by others"), "{kept:?}");
    assert!(!site.mechanisms().contains(&MECHANISM.to_owned()));
}

#[test]
fn a_mac_without_the_plug_in_is_left_alone() {
    let site = Site::without_plugin();
    let before = site.runner.mac();
    assert_eq!(site.keep(NOW), LoginPlugin::NotInstalled);
    assert_eq!(site.runner.mac(), before);
}

#[test]
fn a_tool_that_lies_is_not_believed() {
    let site = Site::new();
    site.runner.change(|mac| mac.knobs.lie = Lie::Always);
    let kept = site.keep(NOW);
    assert!(why(&kept).contains("and did not"), "{kept:?}");
    // And when the plug-in is gone, what stays behind is told.
    site.runner.change(|mac| {
        mac.login_right.mechanisms.push(MECHANISM.to_owned());
    });
    fs::remove_dir_all(site.root.path().join(BUNDLE)).unwrap();
    let kept = site.keep(NOW.plus(A_MINUTE));
    assert!(matches!(kept, LoginPlugin::RegisteredUnfit { .. }), "{kept:?}");
}

#[test]
fn a_login_window_of_others_is_left_alone() {
    let site = Site::new();
    let others = vec!["Other:window".to_owned(), "Other:check,privileged".to_owned()];
    site.runner
        .change(|mac| mac.login_right.mechanisms.clone_from(&others));
    let kept = site.keep(NOW);
    assert!(why(&kept).contains("another login window"), "{kept:?}");
    assert_eq!(site.mechanisms(), others);
}

#[test]
fn an_answer_that_cannot_be_read_is_unknown() {
    let site = Site::new();
    site.runner
        .change(|mac| "user".clone_into(&mut mac.login_right.class));
    let kept = site.registration.keep(&site.runner, NOW);
    assert_eq!(kept.value(), None);
}
