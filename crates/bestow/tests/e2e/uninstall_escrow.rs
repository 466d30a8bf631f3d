//! `bestow-agent uninstall` on a Mac whose recovery key has not reached the vault: the key goes there first.

use std::fs;

use agent::paths::Paths;
use agent::recovery_key::Memory;
use getrandom::SysRng;
use macsim::scenario::Situation;
use rand_core::UnwrapErr;
use secrecy::SecretString;
use trust::escrow::{EscrowKind, Origin};
use trust::id::{EscrowMessageId, GenericUuid as _};
use uuid::Uuid;
use wire::escrow::{Escrow, Told};
use wire::seal::seal;

use crate::support::command::Said;
use crate::support::site::Site;
use crate::support::wait;

const KEY: &str = "ABCD-2345-EFGH-6789-JKLM-NPQR";

fn uninstall(site: &Site, more: &[&str]) -> Said {
    let mut command = site.mac.agent_command();
    command.arg("uninstall").args(more);
    Said::by(&mut command, "")
}

fn remembered(site: &Site) -> (Paths, Memory) {
    let paths = Paths::new(&site.mac.home.root(), None);
    let text = fs::read(paths.recovery_key()).unwrap_or_default();
    (paths, serde_json::from_slice(&text).unwrap_or_default())
}

/// A Mac whose agent was stopped before the vault had its key.
fn with_an_unsent_key(seed: u64) -> Site {
    let mut site = Site::with(Situation::FileVaultOff, seed, "info");
    wait::until("the agent to know its vault", || remembered(&site).1.vault);
    site.mac.stop_agent();
    let (paths, mut memory) = remembered(&site);
    let vault = memory.vault.clone().unwrap();
    let id = EscrowMessageId::from_untyped_uuid(Uuid::from_u128(7));
    let kind = EscrowKind::PersonalRecoveryKey;
    let bound_to = Escrow::associated_data(vault.organization_id, vault.device_id, kind, id);
    let key = SecretString::from(KEY);
    let sealed = seal(&vault.terms.vault_key, &key, &bound_to, &mut UnwrapErr(SysRng)).unwrap();
    let told = Told::Secret {
        sealed,
        origin: Origin::Rotation,
        proved_at: None,
    };
    memory.outbox.push(Escrow { id, kind, told });
    fs::write(paths.recovery_key(), serde_json::to_vec(&memory).unwrap()).unwrap();
    site
}

#[test]
fn an_unsent_key_goes_to_the_vault_first() {
    let mut site = with_an_unsent_key(831);
    site.server.kill();
    let refused = uninstall(&site, &[]).with_exit(1);
    refused.says(&[
        "has not reached the vault",
        "--lose-recovery-key",
        "Nothing was changed",
    ]);
    assert!(!remembered(&site).1.outbox.is_empty(), "the key is still there");
    site.server.start();
    uninstall(&site, &[]).with_exit(0).says(&[
        "The vault has what waited to be sent: a recovery key",
        "The agent's keys and files are gone",
    ]);
    let name = site.mac.name.clone();
    let reveal = [
        "recovery-key",
        "reveal",
        &name,
        "--reason",
        "the agent is gone",
        "--json",
    ];
    let revealed = site.run(&reveal).with_exit(0).json();
    assert_eq!(revealed["secret"], KEY);
}

#[test]
fn who_says_so_loses_it() {
    let mut site = with_an_unsent_key(832);
    site.server.kill();
    let said = uninstall(&site, &["--lose-recovery-key"]).with_exit(0);
    assert!(said.err.contains("is lost"), "{said:?}");
}
