//! Simulated Macs, and a grant on them.

use std::sync::atomic::AtomicBool;

use agent::journal::Stage;
use agent::perform::Performance;
use macsim::model::clock::UnixMillis;
use macsim::model::filevault::Progress;
use macsim::model::hardware::Chip;
use macsim::model::mac::Mac;
use macsim::model::os::OsVersion;
use macsim::model::volume::FileSystem;
use macsim::tools::invocation::Invocation;
use macsim::tools::{Tool, run};
use trust::action::{Action, GrantSecureToken};

pub use crate::oracle::{NOW, Still, grants_of, truly_holds};
pub use crate::order::{Order, order_for, order_with};
use crate::runner::WatchedRunner;

pub const ADA: &str = "ada's; $PATH %s \"pass\"";
pub const BEN: &str = "ben-pass 🦀";

/// A Mac without people's accounts.
pub fn factory(os: (u16, u16), file_system: FileSystem) -> Mac {
    let os = OsVersion::new(os.0, os.1);
    Mac::factory(
        os,
        Chip::AppleSilicon,
        file_system,
        7,
        UnixMillis(NOW.0 - 86_400_000),
    )
}

/// macOS 15.2 on Apple silicon, FileVault on: ada is an administrator who holds a token, ben a user who holds none.
pub fn healthy() -> Mac {
    let mut mac = factory((15, 2), FileSystem::Apfs);
    add_user(&mut mac, "ada", ADA, &["-admin"]);
    add_user(&mut mac, "ben", BEN, &[]);
    mac.filevault.progress = Progress::On;
    mac
}

/// A Mac on which only stan, a standard account, holds a token.
pub fn standard_holder() -> Mac {
    let mut mac = factory((15, 2), FileSystem::Apfs);
    add_user(&mut mac, "stan", "stan-pass", &[]);
    add_user(&mut mac, "ada", ADA, &["-admin"]);
    add_user(&mut mac, "ben", BEN, &[]);
    mac.filevault.progress = Progress::On;
    mac
}

/// Makes an account by the tool, as root would. On macOS 11 and later the first one comes out holding a token.
pub fn add_user(mac: &mut Mac, name: &str, password: &str, options: &[&str]) {
    let args = [
        "-addUser",
        name,
        "-fullName",
        &name.to_uppercase(),
        "-password",
        password,
    ];
    tool(mac, "sysadminctl", &[&args[..], options].concat());
    assert!(
        mac.directory.user(name).is_some(),
        "the simulator did not make {name}"
    );
}

/// Runs a tool on a Mac.
pub fn tool(mac: &mut Mac, name: &str, args: &[&str]) {
    let invocation = Invocation::new(Tool::named(name).unwrap(), args.iter().copied());
    run(mac, &invocation.at(UnixMillis(NOW.0 - 3_600_000)));
}

/// Wrong passwords that the disk was asked about as somebody who exists.
pub fn failed_unlocks(mac: &Mac) -> u32 {
    let exists = |guid: &String| mac.volume.crypto_user(guid).is_some();
    mac.failed_unlocks
        .iter()
        .filter(|(guid, _)| exists(guid))
        .map(|(_, count)| count)
        .sum()
}

/// An order to grant from ada to ben with these passwords.
pub fn order(administrator: &str, target: &str) -> Order {
    order_between(("ada", administrator), ("ben", target))
}

/// An order to grant from one account to another.
pub fn order_between(administrator: (&str, &str), target: (&str, &str)) -> Order {
    order_for(
        grant_action(administrator.0, target.0, false),
        Some(administrator.1),
        target.1,
    )
}

/// A grant from one account to another.
pub fn grant_action(administrator: &str, target: &str, promote_administrator: bool) -> Action {
    Action::GrantSecureToken(GrantSecureToken {
        administrator: administrator.parse().unwrap(),
        target: target.parse().unwrap(),
        promote_administrator,
    })
}

/// Carries an order out on `mac`. Answers what came of it and the Mac after it.
pub fn grant(mac: Mac, order: &Order) -> (Performance, Mac) {
    let runner = WatchedRunner::new(mac, UnixMillis(NOW.0));
    let performance = order.carry_out(&runner, Stage::Started, &AtomicBool::new(false));
    (performance, runner.mac())
}
