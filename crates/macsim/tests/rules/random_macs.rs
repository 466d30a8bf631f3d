//! Ten thousand random Macs keep what must never break, whatever happened to them.

use macsim::model::crypto_user::CryptoUserKind;
use macsim::model::volume::FileSystem;
use macsim::report::{TrueToken, true_token};
use macsim::scenario::random_mac;

use super::support::AT;

#[test]
fn tokens_follow_from_keys_on_every_random_mac() {
    for seed in 0..10_000 {
        let made = random_mac(seed, AT.now);
        let mac = &made.mac;
        if !mac.os.has_secure_token() || mac.volume.file_system != FileSystem::Apfs {
            assert_eq!(
                mac.holders().count(),
                0,
                "seed {seed}: a token where there are none"
            );
        }
        let guarded = mac.volume.unclaimed_key.is_none();
        assert_eq!(
            guarded,
            !mac.volume.crypto_users.is_empty(),
            "seed {seed}: a key that nobody has"
        );
        for user in mac.directory.users.iter().filter(|user| user.has_token_label()) {
            assert!(
                mac.volume.crypto_user(user.guid()).is_some(),
                "seed {seed}: a label without a key"
            );
        }
        let keys: Vec<_> = mac
            .volume
            .crypto_users
            .iter()
            .filter(|user| user.kind == CryptoUserKind::LocalOpenDirectory)
            .filter_map(|user| {
                let name = mac.directory.user_by_guid(&user.uuid)?.name();
                user.key.unwrap(&made.account(name)?.password)
            })
            .collect();
        assert!(
            keys.windows(2).all(|pair| pair[0] == pair[1]),
            "seed {seed}: two keys for one volume"
        );
        for account in &made.accounts {
            assert!(
                mac.directory
                    .user(&account.name)
                    .unwrap()
                    .accepts(&account.password),
                "seed {seed}"
            );
        }
    }
}

#[test]
fn the_same_seed_makes_the_same_mac() {
    let (first, second) = (random_mac(4711, AT.now), random_mac(4711, AT.now));
    assert_eq!(first.mac, second.mac);
    assert_eq!(first.accounts, second.accounts);
}

#[test]
fn random_macs_meet_every_kind_of_token() {
    let (mut usable, mut dead, mut none) = (0, 0, 0);
    for seed in 0..500 {
        let made = random_mac(seed, AT.now);
        for account in &made.accounts {
            let user = made.mac.directory.user(&account.name).unwrap();
            let opens = made.mac.volume.unlock(user.guid(), &account.password).is_some();
            assert_eq!(made.mac.disk_knows_the_password(user), opens, "seed {seed}");
            match true_token(&made.mac, user) {
                TrueToken::Usable => usable += 1,
                TrueToken::Dead => dead += 1,
                _ => none += 1,
            }
        }
    }
    assert!(
        usable > 50 && dead > 20 && none > 50,
        "usable {usable}, dead {dead}, none {none}"
    );
}
