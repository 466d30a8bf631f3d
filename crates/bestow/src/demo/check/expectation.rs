//! What must come of grants in each situation. Written from what macOS does, not from what the plan says.

use macsim::scenario::Situation;
use trust::code::Code;

/// One attempt at a grant.
#[derive(Debug, Clone, Copy)]
pub struct Attempt {
    /// The granter.
    pub administrator: &'static str,
    /// Who is to receive.
    pub target: &'static str,
    /// Which passwords are given.
    pub passwords: Passwords,
    /// How it must end.
    pub end: End,
}

/// Which passwords are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passwords {
    /// Both are right.
    Right,
    /// The administrator's is wrong.
    WrongAdministrator,
    /// The target's is wrong.
    WrongTarget,
}

/// How an attempt ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The token is handed on.
    Granted,
    /// The account holds one already.
    AlreadyGranted,
    /// The plan fails, and nothing is sent.
    RefusedByPlan(Code),
    /// The Mac shows it when it is tried; nothing is changed.
    RefusedByAgent(Code),
}

/// How often the passwords of an account were refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedTries {
    /// The account.
    pub account: String,
    /// By Open Directory.
    pub logins: u32,
    /// By the disk.
    pub unlocks: u32,
}

impl Attempt {
    /// Which tries must fail. Each failure counts towards a lock-out, so there is at most one.
    pub fn failed_tries(&self) -> Vec<FailedTries> {
        let (account, logins, unlocks) = match (self.passwords, self.end) {
            (Passwords::WrongAdministrator, _) => (self.administrator, 1, 0),
            (Passwords::WrongTarget, _) => (self.target, 1, 0),
            (_, End::RefusedByAgent(Code::AdministratorTokenUnusable)) => (self.administrator, 0, 1),
            _ => return Vec::new(),
        };
        vec![FailedTries {
            account: account.to_owned(),
            logins,
            unlocks,
        }]
    }
}

const fn attempt(administrator: &'static str, target: &'static str, end: End) -> Attempt {
    Attempt {
        administrator,
        target,
        passwords: Passwords::Right,
        end,
    }
}

const fn refused(administrator: &'static str, target: &'static str, code: Code) -> Attempt {
    attempt(administrator, target, End::RefusedByPlan(code))
}

const fn wrong(passwords: Passwords, code: Code) -> Attempt {
    Attempt {
        passwords,
        ..attempt("ada", "ben", End::RefusedByAgent(code))
    }
}

const ADA_TO_BEN: Attempt = attempt("ada", "ben", End::Granted);
const AGAIN: Attempt = attempt("ada", "ben", End::AlreadyGranted);

/// What is attempted on a Mac in this situation, in this order.
pub fn attempts(situation: Situation) -> Vec<Attempt> {
    match situation {
        Situation::Healthy => vec![
            refused("nobody-here", "ben", Code::AdministratorUnknown),
            refused("ada", "nobody-here", Code::TargetUnknown),
            refused("ben", "ben", Code::AdministratorHasNoToken),
            wrong(Passwords::WrongAdministrator, Code::AdministratorWrongPassword),
            wrong(Passwords::WrongTarget, Code::TargetWrongPassword),
            ADA_TO_BEN,
            AGAIN,
        ],
        Situation::NoHolder => vec![
            refused("ada", "ben", Code::ChainBroken),
            refused("ada", "ada", Code::ChainBroken),
        ],
        Situation::StandardHolderOnly => vec![
            refused("ben", "ada", Code::AdministratorNotAdmin),
            refused("ada", "ada", Code::NoGranter),
        ],
        Situation::MacOs1012 => vec![refused("ada", "ben", Code::OsTooOld)],
        // Granted by wildcards before.
        Situation::FileVaultOff => vec![AGAIN],
        // Left to the run over all Macs.
        Situation::Intel1015 | Situation::Offline | Situation::StrictPolicy => Vec::new(),
        Situation::SetupAssistantOnly => vec![
            refused("ada", "ben", Code::TargetUnknown),
            attempt("ada", "ada", End::AlreadyGranted),
        ],
        Situation::AdeAdminSecond => vec![
            refused("ben", "ladmin", Code::AdministratorNotAdmin),
            refused("ladmin", "ladmin", Code::NoGranter),
        ],
        Situation::DeadToken => vec![
            attempt(
                "cleo",
                "ben",
                End::RefusedByAgent(Code::AdministratorTokenUnusable),
            ),
            refused("cleo", "ben", Code::AdministratorTokenUnusable),
            refused("ada", "cleo", Code::TokenUnusable),
            ADA_TO_BEN,
        ],
        Situation::Hfs | Situation::CoreStorage => vec![refused("ada", "ben", Code::VolumeNotApfs)],
        Situation::NoFullDiskAccess => vec![refused("ada", "ben", Code::FullDiskAccessMissing)],
    }
}
