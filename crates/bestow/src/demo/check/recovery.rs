//! What leads a Mac back, where nobody on it can hand a token on.

use anyhow::Context as _;
use macsim::model::crypto_user::PERSONAL_RECOVERY;
use macsim::scenario::Situation;

use super::mac::MacUnderTest;
use super::report::{Report, holds, same};
use crate::client::{RecoveryView, WayView};

/// Compares the ways that are told with what is set up, before anything is done to the Mac.
pub async fn before(mac: &MacUnderTest<'_>, report: &mut Report) -> anyhow::Result<()> {
    let what = mac.name().to_owned();
    let told = mac.client.recovery(mac.known.id).await?.value;
    match mac.situation()? {
        Situation::NoHolder => {
            same("need", told.need.as_str(), "chain_broken")?;
            let truth = mac.truth_at_first();
            let has_key = truth
                .crypto_users
                .iter()
                .any(|user| user.uuid == PERSONAL_RECOVERY);
            let key = way(&told, "personal_recovery_key")?;
            report.step(
                format_args!("{what}: the recovery key is told as the way back that it is"),
                same("open", key.standing == "open", has_key),
            )?;
            let refused = way(&told, "institutional_recovery_key")?;
            report.step(
                format_args!("{what}: an institutional key is refused, and why"),
                holds(
                    "closed for its chip",
                    refused.standing == "closed" && refused.because.contains("Apple silicon"),
                ),
            )
        }
        Situation::StandardHolderOnly | Situation::AdeAdminSecond => {
            same("need", told.need.as_str(), "no_granter")?;
            let holder = way(&told, "another_holder")?;
            report.step(
                format_args!("{what}: the standard holder is told as the way back"),
                same("standing", holder.standing.as_str(), "open"),
            )
        }
        _ => report.step(
            format_args!("{what}: no way back is needed"),
            same("need", told.need.as_str(), "none"),
        ),
    }
}

fn way<'a>(told: &'a RecoveryView, word: &str) -> anyhow::Result<&'a WayView> {
    let found = told.ways.iter().find(|way| way.way == word);
    found.with_context(|| format!("no way {word} among {:?}", told.ways))
}
