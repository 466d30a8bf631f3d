//! The edge of the program: the one place where it reads the clock and draws randomness.

use getrandom::SysRng;
use newtype_uuid::{GenericUuid as _, TypedUuid, TypedUuidKind};
use rand_core::{CryptoRng, UnwrapErr};
use trust::time::Timestamp;
use uuid::{Builder, Uuid};

/// The time now.
#[expect(clippy::disallowed_methods, reason = "the edge of the program")]
pub fn now() -> Timestamp {
    let since_epoch = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp::default().plus(since_epoch)
}

/// The operating system's randomness. It panics when there is none, because nothing could be sealed without it.
pub fn rng() -> impl CryptoRng {
    UnwrapErr(SysRng)
}

/// A fresh id, made from `now` and `rng`. Ids of one moment differ; later ones sort after earlier ones.
pub fn fresh_id<K: TypedUuidKind>(now: Timestamp, rng: &mut impl CryptoRng) -> TypedUuid<K> {
    TypedUuid::from_untyped_uuid(fresh_uuid(now, rng))
}

/// A fresh value for the header `Idempotency-Key`.
pub fn fresh_idempotency_key(now: Timestamp, rng: &mut impl CryptoRng) -> String {
    fresh_uuid(now, rng).to_string()
}

fn fresh_uuid(now: Timestamp, rng: &mut impl CryptoRng) -> Uuid {
    let mut random = [0; 10];
    rng.fill_bytes(&mut random);
    let millis = u64::try_from(now.as_millis()).unwrap_or_default();
    Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;
    use trust::id::ActionId;

    #[test]
    fn later_ids_sort_after_earlier_ones() {
        let mut rng = rng();
        let ids: Vec<ActionId> = (1..4)
            .map(|second| fresh_id(Timestamp(second * 1_000), &mut rng))
            .collect();
        assert!(ids.is_sorted());
    }

    #[test]
    fn ids_of_one_moment_differ() {
        let mut rng = rng();
        let ids: [ActionId; 2] = std::array::from_fn(|_| fresh_id(Timestamp(1), &mut rng));
        assert_ne!(ids[0], ids[1]);
    }
}
