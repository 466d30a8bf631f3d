//! The service account hands its token on.

use std::io;

use mac::AccountName;
use secrecy::SecretString;
use trust::code::Code;
use trust::observation::Observation;
use trust::service_account::RECORD_NAME;

use crate::password_store::Slot;
use crate::perform::Tools;
use crate::perform::diary::Diary;
use crate::perform::hand_on::{HandOver, HandedOver, Party};

/// The hand-over from the service account, which is valid, to `target`; `None` when one of them is not seen.
pub(crate) fn to(
    tools: Tools<'_>,
    observation: &Observation,
    (target, password): (&AccountName, &SecretString),
    unasked: bool,
    diary: &mut Diary<'_>,
) -> io::Result<HandedOver> {
    let name = super::name();
    let (Some(granter), Some(account), Some(current)) = (
        observation.account(RECORD_NAME),
        observation.account(target.as_str()),
        tools.custody.passwords.get(Slot::Current)?,
    ) else {
        diary.saw(
            "agent",
            "the service account, its password or the account is not there",
        );
        return Ok(HandedOver {
            code: Code::StateUnreadable,
            edge: None,
            left_promoted: false,
        });
    };
    let hand_over = HandOver::new(
        Party {
            name: &name,
            account: granter,
            password: &current.secret,
        },
        Party {
            name: target,
            account,
            password,
        },
        false,
        observation,
    );
    let hand_over = if unasked { hand_over.unasked() } else { hand_over };
    hand_over.take_place(tools, diary)
}
