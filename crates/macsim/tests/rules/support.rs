//! Short names for what the rule tests do all the time.

use macsim::Mac;
use macsim::model::clock::UnixMillis;
use macsim::model::hardware::Chip;
use macsim::model::volume::FileSystem;
use macsim::rules::create_account::{NewAccount, add_record};
use macsim::rules::refusal::{Circumstances, Credentials};
use macsim::scenario::{Builder, Role};
use macsim::tools::invocation::{Invocation, Output};
use macsim::tools::{Tool, run};

pub const AT: Circumstances = Circumstances {
    now: UnixMillis(1_700_000_000_000),
};

pub fn builder(os: &str) -> Builder {
    let chip = if os.starts_with("10.") {
        Chip::T2
    } else {
        Chip::AppleSilicon
    };
    Builder::new(os.parse().unwrap(), chip, FileSystem::Apfs, 11, AT.now)
}

/// A Mac whose administrator `ada` holds the token and whose user `ben` does not.
pub fn ada_and_ben(os: &str) -> Builder {
    let mut builder = builder(os);
    builder
        .account("ada", "Ada", Role::Admin, None)
        .login("ada")
        .account("ben", "Ben", Role::Standard, None);
    assert_eq!(holders(builder.mac()), ["ada"]);
    builder
}

/// A record without a password, as `dscl -create` leaves it.
pub fn bare_record(mac: &mut Mac, name: &str, uid: u32, admin: bool) {
    let wanted = NewAccount {
        name: name.to_owned(),
        uid,
        gid: 20,
        admin,
        ..NewAccount::default()
    };
    add_record(mac, &wanted, AT);
}

pub fn who<'a>(name: &'a str, password: &'a str) -> Credentials<'a> {
    Credentials { name, password }
}

pub fn holders(mac: &Mac) -> Vec<&str> {
    mac.holders().map(|user| user.name()).collect()
}

/// Whether the account's password opens directory and disk.
pub fn works(mac: &Mac, name: &str, password: &str) -> (bool, bool) {
    let user = mac.directory.user(name).unwrap();
    (
        user.accepts(password),
        mac.volume.unlock(user.guid(), password).is_some(),
    )
}

pub fn call(mac: &mut Mac, tool: &str, args: &[&str]) -> Output {
    run(
        mac,
        &Invocation::new(Tool::named(tool).unwrap(), args.iter().copied()),
    )
}

pub fn call_with(mac: &mut Mac, tool: &str, args: &[&str], stdin: &str) -> Output {
    run(
        mac,
        &Invocation::new(Tool::named(tool).unwrap(), args.iter().copied()).stdin(stdin),
    )
}

/// The message of a one-line NSLog output.
pub fn message(output: &Output) -> &str {
    output
        .stderr
        .trim_end()
        .split_once("] ")
        .map_or("", |(_, message)| message)
}

/// `-secureTokenOn` or `-secureTokenOff` with passwords by pipe.
pub fn switch(mac: &mut Mac, flag: &str, granter: Credentials<'_>, target: Credentials<'_>) -> Output {
    let args = [
        flag,
        target.name,
        "-password",
        "-",
        "-adminUser",
        granter.name,
        "-adminPassword",
        "-",
    ];
    let stdin = format!("{}\n{}\n", granter.password, target.password);
    call_with(mac, "sysadminctl", &args, &stdin)
}
