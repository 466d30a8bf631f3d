//! Recovery keys and passwords of the local administrator that the vault has not acknowledged go there before the agent goes: they
//! are kept nowhere else then.

use anyhow::{Context as _, bail};
use trust::time::Timestamp;

use crate::clock::Clock as _;
use crate::clock::SystemClock;
use crate::core::Answer;
use crate::link::Client;
use crate::paths::Paths;
use crate::perform::Tools;
use crate::recovery_key::Receipt;
use crate::shell::escrow_answer;

/// Sends what waits, where a key or a password is among it. Fails where one could not be sent, unless it `may_be_lost`.
pub(super) fn send(tools: Tools<'_>, paths: &Paths, may_be_lost: bool) -> anyhow::Result<()> {
    if !tools.custody.holds_an_unsent_secret() {
        return Ok(());
    }
    let sent = match super::client(paths)? {
        Some(client) => super::super::runtime()?.block_on(send_all(tools, &client))?,
        None => false,
    };
    if sent {
        println!(
            "The vault has what waited to be sent: a recovery key, or a password of the local administrator."
        );
    } else if may_be_lost {
        eprintln!(
            "bestow-agent: what waited to be sent is lost: nobody has the recovery key of this Mac now, or its local administrator's password"
        );
    } else {
        bail!(
            "the Mac's recovery key, or its local administrator's password, has not reached the vault yet, and is kept nowhere else. Run \
             this again where the Mac reaches its server; or say --lose-recovery-key, and have another key made afterwards. Nothing \
             was changed"
        );
    }
    Ok(())
}

/// Whether all of it was kept, in order.
async fn send_all(tools: Tools<'_>, client: &Client) -> anyhow::Result<bool> {
    while let Some(message) = tools.custody.next_to_escrow() {
        let sent = client.escrow(&message).await;
        let now: Timestamp = SystemClock.now();
        let receipt = match escrow_answer(sent.map(|escrowed| escrowed.version)) {
            Answer::Yes(version) => Receipt::Kept { version },
            Answer::Never => Receipt::Refused,
            Answer::Later => return Ok(false),
        };
        tools
            .custody
            .escrowed(message.id, receipt, now)
            .context("note what the vault has kept")?;
    }
    Ok(true)
}
