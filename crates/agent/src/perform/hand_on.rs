//! Hands a token on with Apple's tool, and reads the Mac back.

use std::io;

use mac::diskutil::{self, PrebootUpdate};
use mac::sysadminctl::{self, Channel, Claim};
use mac::{AccountName, Credential};
use secrecy::SecretString;
use trust::code::Code;
use trust::observation::{Account, FileVault, Observation, ProofResult};
use trust::outcome::{GrantMethod, TrustEdge};
use trust::service_account::attempts::Cause;

use super::diary::Diary;
use super::probe::Trial;
use super::read_back::{Finding, Subject, holds_token};
use super::{Tools, claims};

/// How often the start-up screen's copy of the accounts is refreshed before giving up; the tool is known to need it.
const PREBOOT_TRIES: u32 = 3;

/// One side of a hand-over.
#[derive(Clone, Copy)]
pub(crate) struct Party<'a> {
    pub(crate) name: &'a AccountName,
    pub(crate) account: &'a Account,
    pub(crate) password: &'a SecretString,
}

/// Who hands on to whom.
#[derive(Clone, Copy)]
pub(crate) struct HandOver<'a> {
    pub(crate) administrator: Party<'a>,
    pub(crate) target: Party<'a>,
    /// The administrator is a standard account that the order allows to be made one for the moment.
    pub(crate) promote: bool,
    pub(crate) filevault_is_off: bool,
    /// Who causes the target's password to be tried.
    pub(crate) cause: Cause,
}

/// How a hand-over ended.
pub(crate) struct HandedOver {
    pub(crate) code: Code,
    pub(crate) edge: Option<TrustEdge>,
    /// A promotion could not be proved to be undone.
    pub(crate) left_promoted: bool,
}

impl<'a> HandOver<'a> {
    pub(crate) fn new(
        administrator: Party<'a>,
        target: Party<'a>,
        promotion_allowed: bool,
        observation: &Observation,
    ) -> Self {
        Self {
            promote: promotion_allowed && !administrator.account.administrator,
            filevault_is_off: observation.filevault.value() == Some(&FileVault::Off),
            cause: Cause::Person,
            administrator,
            target,
        }
    }

    /// The same hand-over, which nobody asked the agent for.
    pub(crate) fn unasked(self) -> Self {
        Self {
            cause: Cause::Machine,
            ..self
        }
    }

    /// Hands the token on and proves it.
    ///
    /// # Errors
    /// When a promotion could not be noted on the disk. Nothing has been changed then.
    pub(crate) fn take_place(self, tools: Tools<'_>, diary: &mut Diary<'_>) -> io::Result<HandedOver> {
        let granter = self.administrator.name;
        if self.promote && !tools.promotions.promote(tools.runner, granter)? {
            diary.saw(
                "dseditgroup",
                format!("{granter} could not be made an administrator"),
            );
        }
        let (finding, claimed) = self.run(tools, diary);
        let mut left_promoted = false;
        if self.promote {
            left_promoted = !tools.promotions.demote(tools.runner, granter)?;
            let saw = if left_promoted {
                "is not proved to be"
            } else {
                "is"
            };
            diary.saw("dseditgroup", format!("{granter} {saw} a standard account again"));
        }
        Ok(HandedOver {
            left_promoted,
            ..self.conclude(tools, finding, claimed, diary)
        })
    }

    /// When the token is there although this run has not handed it on: an earlier one did.
    pub(crate) fn found_done(self, tools: Tools<'_>, diary: &mut Diary<'_>) -> Option<HandedOver> {
        let finding = holds_token(tools, self.subject(), diary);
        finding
            .holds()
            .then(|| self.conclude(tools, finding, true, diary))
    }

    /// Runs the tool, by pipe first. Where that neither worked nor was refused, a terminal is what this build wants.
    fn run(self, tools: Tools<'_>, diary: &mut Diary<'_>) -> (Finding, bool) {
        let (mut finding, mut claim) = (Finding::Unreadable, None);
        for channel in [Channel::Pipe, Channel::Pty] {
            claim = self.run_tool(tools, channel, diary);
            finding = holds_token(tools, self.subject(), diary);
            let another_way_may_help = matches!(
                claim,
                Some(Claim::Silent | Claim::CouldNotAsk | Claim::Unrecognised { .. } | Claim::Unsupported)
            );
            if finding != Finding::DoesNotHold || !another_way_may_help {
                break;
            }
        }
        (finding, claim.is_some())
    }

    fn run_tool(self, tools: Tools<'_>, channel: Channel, diary: &mut Diary<'_>) -> Option<Claim> {
        const BY: &str = "sysadminctl -secureTokenOn";
        let granter = Credential {
            account: self.administrator.name,
            password: self.administrator.password,
        };
        let target = Credential {
            account: self.target.name,
            password: self.target.password,
        };
        match sysadminctl::grant_token(tools.runner, granter, target, channel) {
            Ok(claim) => {
                diary.saw(
                    BY,
                    format!("it says {}, which proves nothing", claims::words(&claim)),
                );
                Some(claim)
            }
            Err(error) => {
                diary.no_answer(BY, &error);
                None
            }
        }
    }

    fn conclude(
        self,
        tools: Tools<'_>,
        finding: Finding,
        claimed: bool,
        diary: &mut Diary<'_>,
    ) -> HandedOver {
        let code = match finding {
            Finding::Proved | Finding::Listed => Code::Granted,
            Finding::DoesNotHold if !claimed => Code::ToolFailed,
            Finding::DoesNotHold => Code::GrantNotConfirmed,
            Finding::Unreadable => Code::StateUnreadable,
        };
        if finding == Finding::Proved {
            tools
                .observer
                .remember_proof(self.target.account, ProofResult::Usable, tools.clock.now());
        }
        let edge = finding.holds().then(|| {
            refresh_preboot(tools, diary);
            self.edge(tools)
        });
        HandedOver {
            code,
            edge,
            left_promoted: false,
        }
    }

    fn edge(self, tools: Tools<'_>) -> TrustEdge {
        let (granter, target) = (self.administrator.account, self.target.account);
        TrustEdge {
            granter_guid: granter.guid.clone(),
            granter: granter.record_name.clone(),
            target_guid: target.guid.clone(),
            target: target.record_name.clone(),
            method: GrantMethod::SysadminctlSecureTokenOn,
            at: tools.clock.now(),
        }
    }

    fn subject(self) -> Subject<'a> {
        Subject {
            trial: Trial {
                cause: self.cause,
                credential: match self.cause {
                    Cause::Person => "typed",
                    Cause::Machine => "login",
                },
                ..Trial::typed(self.target.name, self.target.account, self.target.password)
            },
            filevault_is_off: self.filevault_is_off,
        }
    }
}

/// The start-up screen shows a copy. That it could not be refreshed is worth a note, but takes no token away.
pub(crate) fn refresh_preboot(tools: Tools<'_>, diary: &mut Diary<'_>) {
    const BY: &str = "diskutil apfs updatePreboot";
    for _ in 0..PREBOOT_TRIES {
        match diskutil::update_preboot(tools.runner) {
            Ok(PrebootUpdate::SaysDone) => return diary.saw(BY, "the start-up screen's copy is fresh"),
            Ok(update) => diary.saw(BY, format!("not refreshed: {update:?}")),
            Err(error) => diary.no_answer(BY, &error),
        }
    }
}
