//! The Macs of the fleet: every situation that a bulk grant meets, in proportions that do not change.

use macsim::model::clock::UnixMillis;
use macsim::model::filevault::Progress;
use macsim::model::hardware::{Chip, Hardware};
use macsim::model::knobs::Lie;
use macsim::model::mac::Mac;
use macsim::model::os::OsVersion;
use macsim::model::random::Random;
use macsim::model::volume::FileSystem;
use macsim::scenario::Situation;
use macsim::tools::invocation::Invocation;
use macsim::tools::{Tool, run};

pub const ADA: &str = "planted-ada; $PATH \"7Kq\"";
pub const BEN: &str = "planted-ben %s 🦀 3Wm";

/// When the Macs were set up.
const SET_UP: UnixMillis = UnixMillis(1_780_000_000_000);

/// What is special about a Mac.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// ada, an administrator, holds a token; ben does not.
    Healthy,
    /// The same, and its agent is away while the others are asked.
    Away,
    /// ben holds one already.
    Done,
    /// Nobody holds one.
    NoHolder,
    /// macOS 10.12.
    Old,
    /// Mac OS Extended.
    Hfs,
    /// ada is an administrator without a token; somebody else holds one.
    OtherGranter,
    /// There is no ben.
    NoBen,
    /// ben has another password.
    BenChanged,
    /// ada has another password.
    AdaChanged,
    /// Its tools claim what they do not do.
    Lying,
}

/// What comes of a bulk grant from ada to ben with their usual passwords.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// The state of its action; `None` when it gets none.
    pub state: Option<&'static str>,
    pub code: &'static str,
}

impl Kind {
    pub const ALL: [Self; 11] = [
        Self::Healthy,
        Self::Away,
        Self::Done,
        Self::NoHolder,
        Self::Old,
        Self::Hfs,
        Self::OtherGranter,
        Self::NoBen,
        Self::BenChanged,
        Self::AdaChanged,
        Self::Lying,
    ];

    /// The kind of the Mac of this number. Of fifty in a row, two fail, and both late: a canary of healthy ones comes first.
    pub fn of(number: usize) -> Self {
        match number % 50 {
            3 | 21 | 39 => Self::Away,
            5 | 15 | 25 | 35 => Self::Done,
            7 | 37 => Self::NoHolder,
            9 => Self::Old,
            11 => Self::Hfs,
            13 | 43 => Self::OtherGranter,
            17 | 47 => Self::NoBen,
            27 => Self::BenChanged,
            49 if number % 100 == 49 => Self::AdaChanged,
            49 => Self::Lying,
            _ => Self::Healthy,
        }
    }

    pub fn expected(self) -> Expected {
        let (state, code) = match self {
            Self::Healthy | Self::Away => (Some("succeeded"), "granted"),
            Self::Done => (None, "already_granted"),
            Self::NoHolder => (None, "chain_broken"),
            Self::Old => (None, "os_too_old"),
            Self::Hfs => (None, "volume_not_apfs"),
            Self::OtherGranter => (None, "administrator_has_no_token"),
            Self::NoBen => (None, "target_unknown"),
            Self::BenChanged => (Some("refused"), "target_wrong_password"),
            Self::AdaChanged => (Some("refused"), "administrator_wrong_password"),
            Self::Lying => (Some("failed"), "grant_not_confirmed"),
        };
        Expected { state, code }
    }

    /// Whether it gets an action.
    pub fn is_ready(self) -> bool {
        self.expected().state.is_some()
    }

    /// One such Mac. Others of its kind differ by their hardware alone.
    pub fn mac(self) -> Mac {
        match self {
            Self::Healthy | Self::Away => with_people(&[("ada", ADA, true), ("ben", BEN, false)]),
            Self::Done => {
                let mut mac = Self::Healthy.mac();
                let args = [
                    "-secureTokenOn",
                    "ben",
                    "-password",
                    BEN,
                    "-adminUser",
                    "ada",
                    "-adminPassword",
                    ADA,
                ];
                tool(&mut mac, &args);
                mac
            }
            Self::NoHolder => Situation::NoHolder.mac(7, SET_UP).mac,
            Self::Old => Situation::MacOs1012.mac(7, SET_UP).mac,
            Self::Hfs => Situation::Hfs.mac(7, SET_UP).mac,
            Self::OtherGranter => with_people(&[
                ("root2", "another", true),
                ("ada", ADA, true),
                ("ben", BEN, false),
            ]),
            Self::NoBen => with_people(&[("ada", ADA, true), ("cleo", BEN, false)]),
            Self::BenChanged => with_people(&[("ada", ADA, true), ("ben", "changed by ben", false)]),
            Self::AdaChanged => with_people(&[("ada", "changed by ada", true), ("ben", BEN, false)]),
            Self::Lying => {
                let mut mac = Self::Healthy.mac();
                mac.knobs.lie = Lie::Always;
                mac
            }
        }
    }
}

/// The same Mac in another case.
pub fn as_machine(mut mac: Mac, number: usize) -> Mac {
    let mut random = Random::new(1_000_000 + number as u64);
    mac.hardware = Hardware::draw(mac.hardware.chip, &mut random);
    mac.random = random;
    mac
}

/// macOS 15.2 on Apple silicon, FileVault on. The first of these people gets the first token.
fn with_people(people: &[(&str, &str, bool)]) -> Mac {
    let os = OsVersion::new(15, 2);
    let mut mac = Mac::factory(os, Chip::AppleSilicon, FileSystem::Apfs, 7, SET_UP);
    for (name, password, is_admin) in people {
        let full_name = name.to_uppercase();
        let mut args = vec!["-addUser", name, "-fullName", &full_name, "-password", password];
        args.extend(is_admin.then_some("-admin"));
        tool(&mut mac, &args);
    }
    mac.filevault.progress = Progress::On;
    mac
}

fn tool(mac: &mut Mac, args: &[&str]) {
    let invocation = Invocation::new(Tool::named("sysadminctl").unwrap(), args.iter().copied());
    run(mac, &invocation.at(UnixMillis(SET_UP.0 + 3_600_000)));
}
