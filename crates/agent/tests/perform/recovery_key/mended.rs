//! A rotation whose key was lost on the way is mended by the file in which macOS leaves its keys for an escrow profile.

use std::fs;

use agent::journal::Stage;
use agent::paths::Paths;
use agent::recovery_key::{Keeper, Receipt};
use macsim::model::knobs::ToldKey;
use secrecy::SecretString;
use tempfile::TempDir;
use trust::code::Code;
use trust::id::EscrowMessageId;
use wire::escrow::Told;

use super::orders::rotate_key;
use super::vault::{Vault, world_time};
use crate::macs::*;
use crate::service_account::{World, served};

/// A Mac whose tool tells no key, and which macOS has told to leave its keys in a file.
struct Escrowing {
    world: World,
    paths: Paths,
    _folder: TempDir,
}

impl Escrowing {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::new(folder.path(), None);
        fs::create_dir_all(paths.state()).unwrap();
        fs::create_dir_all(paths.escrow_file().parent().unwrap()).unwrap();
        let mut world = served(healthy());
        world.custody.recovery_key = Keeper::open(&paths).unwrap();
        Vault::new().tell(&world);
        world
            .runner
            .change(|mac| mac.knobs.told_recovery_key = ToldKey::Nothing);
        Self {
            world,
            paths,
            _folder: folder,
        }
    }

    /// macOS leaves a key there.
    fn leaves(&self, content: &[u8]) {
        fs::write(self.paths.escrow_file(), content).unwrap();
    }

    fn rotated(&self) -> Code {
        self.world.order(&rotate_key(None), Stage::Started).outcome.code
    }

    fn made(&self) -> u32 {
        self.world.mac().effects.recovery_keys_made
    }

    /// The vault takes what waits, and makes this version of the file.
    fn taken(&self, of_the_file: Receipt) {
        while let Some(message) = self.world.custody.next_to_escrow() {
            let receipt = match message.told {
                Told::EscrowFile { .. } => of_the_file,
                _ => Receipt::Kept { version: None },
            };
            self.acknowledged(message.id, receipt);
        }
    }

    fn acknowledged(&self, id: EscrowMessageId, receipt: Receipt) {
        let at = world_time(&self.world);
        self.world.custody.escrowed(id, receipt, at).unwrap();
    }
}

const SECOND: Receipt = Receipt::Kept { version: Some(2) };

#[test]
fn the_file_goes_to_the_vault_behind_the_news_of_the_loss_and_no_other_key_is_made() {
    let mac = Escrowing::start();
    mac.leaves(b"\x30\x03one");
    assert_eq!(mac.rotated(), Code::RecoveryKeyUnproved);
    let told = mac.world.custody.recovery_key.remembered().outbox;
    let told: Vec<&Told> = told.iter().map(|message| &message.told).collect();
    assert!(
        matches!(told[..], [Told::KeyUnknown, Told::EscrowFile { .. }]),
        "{told:?}"
    );
    for receipt in [None, Some(SECOND)] {
        if let Some(receipt) = receipt {
            mac.taken(receipt);
        }
        mac.world.tend_recovery_key(false);
        assert_eq!(mac.made(), 1, "{receipt:?}");
    }
}

#[test]
fn what_the_vault_does_not_open_mends_nothing() {
    let mac = Escrowing::start();
    mac.leaves(b"\x30\x03one");
    assert_eq!(mac.rotated(), Code::RecoveryKeyUnproved);
    mac.taken(Receipt::Refused);
    mac.world.tend_recovery_key(false);
    assert!(mac.made() > 1, "another key is owed");
}

#[test]
fn what_does_not_open_the_disk_mends_nothing() {
    let mac = Escrowing::start();
    mac.leaves(b"\x30\x03one");
    assert_eq!(mac.rotated(), Code::RecoveryKeyUnproved);
    mac.taken(SECOND);
    let another = SecretString::from("ABCD-2345-EFGH-6789-JKLM-NPQR");
    mac.world.prove_kept_key(2, &another);
    mac.world.tend_recovery_key(false);
    assert!(mac.made() > 1, "another key is owed");
}

#[test]
fn a_file_that_was_sent_before_mends_nothing() {
    let mac = Escrowing::start();
    mac.leaves(b"\x30\x03one");
    mac.world.tend_recovery_key(false);
    mac.taken(Receipt::Kept { version: Some(1) });
    assert_eq!(mac.rotated(), Code::RecoveryKeyUnknown);
    assert_eq!(mac.made(), 2, "one, and one to make it good");
}
