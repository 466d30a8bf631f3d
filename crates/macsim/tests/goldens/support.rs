//! Macs and comparisons for the golden tests.

use std::path::Path;

use macsim::Mac;
use macsim::model::clock::UnixMillis;
use macsim::model::hardware::Chip;
use macsim::model::os::OsVersion;
use macsim::model::user::TOKEN_LABEL;
use macsim::model::volume::FileSystem;
use macsim::rules::create_account::{NewAccount, add_record};
use macsim::rules::first_token;
use macsim::rules::refusal::{Circumstances, Credentials};
use macsim::rules::set_password::store;
use macsim::tools::invocation::{Invocation, Output};
use macsim::tools::{Tool, run};

pub const AT: Circumstances = Circumstances {
    now: UnixMillis(1_700_000_000_000),
};

/// A captured output.
pub fn golden(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// An Apple silicon Mac with this macOS and nobody on it.
pub fn mac(os: &str) -> Mac {
    let os: OsVersion = os.parse().unwrap();
    let chip = if os.major >= 11 {
        Chip::AppleSilicon
    } else {
        Chip::Intel
    };
    let file_system = if os < OsVersion::new(10, 13) {
        FileSystem::CoreStorage
    } else {
        FileSystem::Apfs
    };
    Mac::factory(os, chip, file_system, 1, AT.now)
}

/// Adds an account with this password and without a token.
pub fn add(mac: &mut Mac, name: &str, real_name: &str, password: &str, admin: bool) {
    let wanted = NewAccount {
        name: name.to_owned(),
        full_name: real_name.to_owned(),
        uid: u32::try_from(mac.directory.free_uid()).unwrap(),
        gid: 20,
        make_home: true,
        admin,
        ..NewAccount::default()
    };
    add_record(mac, &wanted, AT);
    store(mac, Credentials { name, password }, AT);
}

/// Adds an account that holds a token, with the right disk password.
pub fn add_holder(mac: &mut Mac, name: &str, real_name: &str, password: &str, admin: bool) {
    add(mac, name, real_name, password, admin);
    let key = mac.volume.unclaimed_key.or_else(|| {
        let first = mac.volume.crypto_users.first()?;
        first.key.unwrap("first")
    });
    first_token::admit(
        mac,
        Credentials { name, password },
        key.expect("the first holder's password is `first`"),
    );
    assert!(
        mac.directory
            .user(name)
            .unwrap()
            .attributes
            .contains("AuthenticationAuthority", TOKEN_LABEL)
    );
}

/// Gives an account another GUID (before it gets a token).
pub fn set_guid(mac: &mut Mac, name: &str, guid: &str) {
    let old = mac.directory.user(name).unwrap().guid().to_owned();
    mac.directory
        .user_mut(name)
        .unwrap()
        .attributes
        .set("GeneratedUID", [guid]);
    for group in &mut mac.directory.groups {
        group.attributes.change("GroupMembers", &old, guid);
    }
    for user in &mut mac.volume.crypto_users {
        if user.uuid == old {
            guid.clone_into(&mut user.uuid);
        }
    }
}

/// A call by root without terminal.
pub fn call(tool: &str, args: &[&str]) -> Invocation {
    Invocation::new(Tool::named(tool).unwrap(), args.iter().copied())
}

/// Runs a call.
pub fn run_call(mac: &mut Mac, tool: &str, args: &[&str]) -> Output {
    run(mac, &call(tool, args))
}

/// Runs a call at the time and with the process numbers that stand in front of the golden line, so that
/// even the prefix must come out the same.
pub fn run_at_golden(mac: &mut Mac, golden: &str, tool: &str, args: &[&str]) -> Output {
    let mut invocation = call(tool, args);
    let (date, rest) = golden.split_at(23);
    let stamp: jiff::Timestamp = format!("{}Z", date.replace(' ', "T")).parse().unwrap();
    invocation.now = UnixMillis(stamp.as_millisecond());
    let numbers = rest.split(['[', ']']).nth(1).unwrap();
    let (pid, tid) = numbers.split_once(':').unwrap();
    invocation.process = (pid.parse().unwrap(), tid.parse().unwrap());
    run(mac, &invocation)
}

/// Cuts the NSLog prefix off every line that has one.
pub fn without_prefix(text: &str) -> String {
    text.lines()
        .map(|line| format!("{}\n", line_without_prefix(line)))
        .collect()
}

fn line_without_prefix(line: &str) -> &str {
    let stamped =
        line.len() > 23 && line.as_bytes()[..4].iter().all(u8::is_ascii_digit) && &line[4..5] == "-";
    match line.find("] ") {
        Some(end) if stamped => &line[end + 2..],
        _ => line,
    }
}
