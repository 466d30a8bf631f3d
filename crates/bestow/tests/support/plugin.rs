//! The login plug-in on a simulated Mac, and logins through it.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::PathBuf;

use macsim::front::authorization::HOST;
use macsim::scenario::Situation;

use super::child::command;
use super::command::Said;
use super::site::Site;
use super::{program, wait};

const BUNDLE: &str = "Library/Security/SecurityAgentPlugins/bestow.bundle";
const MECHANISM: &str = "bestow:login,privileged";

/// A site whose Mac has the plug-in installed, and what loads plug-ins.
pub fn site(situation: Situation, seed: u64, log_level: &'static str) -> Site {
    let site = Site::without_agent(situation, seed, log_level);
    let root = site.mac.home.root();
    let library = root.join(BUNDLE).join("Contents/MacOS/bestow");
    fs::create_dir_all(library.parent().unwrap()).unwrap();
    fs::copy(built_library(), &library).unwrap();
    for part in library
        .ancestors()
        .take_while(|part| part.starts_with(root.join(BUNDLE)))
    {
        fs::set_permissions(part, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let host = root.join(HOST);
    fs::create_dir_all(host.parent().unwrap()).unwrap();
    symlink(program(), &host).unwrap();
    symlink(program(), site.folder().join("macsim")).unwrap();
    site
}

/// Cargo puts the library beside the tests that depend on its crate.
fn built_library() -> PathBuf {
    let name = format!(
        "{}login_plugin{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    std::env::current_exe().unwrap().with_file_name(name)
}

/// Does something to the Mac that is not a tool's work.
pub fn macsim(site: &Site, args: &[&str], input: &str) -> Said {
    let mut macsim = command(&site.folder().join("macsim"));
    macsim.arg(args[0]).arg(site.mac.home.dir()).args(&args[1..]);
    Said::by(&mut macsim, input)
}

/// Logs in at the screen.
pub fn login(site: &Site, account: &str, password: &str) -> Said {
    let args = ["login", account, "--password-stdin"];
    macsim(site, &args, &format!("{password}\n"))
}

/// Waits until the agent has registered the plug-in.
pub fn wait_until_registered(site: &Site) {
    wait::until("the plug-in to be registered", || {
        let mechanisms = site.mac.home.load().unwrap().login_right.mechanisms;
        mechanisms.contains(&MECHANISM.to_owned()).then_some(())
    });
}
