//! Who got a token is offered on the start-up screen after the next restart, and the server says so until then.

use super::mac::MacUnderTest;
use super::report::{Report, same};
use crate::demo::fleet::Fleet;

/// Looks at a Mac on which `account` has just got a token, starts the Mac again, and looks once more.
pub async fn shows_whom(
    mac: &MacUnderTest<'_>,
    account: &str,
    fleet: &mut Fleet,
    report: &mut Report,
) -> anyhow::Result<()> {
    let name = mac.name().to_owned();
    let waits = async |expected: bool| {
        mac.settles(async |client| {
            let device = client.device(mac.known.id).await?.value;
            let waiting = device.waiting_for_restart.unwrap_or_default();
            let waits = waiting.iter().any(|waits| waits == account);
            same(format_args!("{account} waits for a restart"), waits, expected)?;
            let offered = device.start_up_screen.unwrap_or_default();
            let is_offered = offered.iter().any(|offered| offered == account);
            same(
                format_args!("{account} is offered on the start-up screen"),
                is_offered,
                true,
            )
        })
        .await
    };
    let before = waits(true).await;
    report.step(format_args!("{name}: {account} waits for a restart"), before)?;
    fleet.stop_one(&name).await?;
    mac.restart().await?;
    fleet.start_one(&name)?;
    let after = waits(false).await;
    report.step(
        format_args!("{name}: after the restart {account} waits no more"),
        after,
    )
}
