//! The second factor of people: the secret of an app that makes codes, and codes for whoever has lost it.

mod begin;
mod confirm;
mod data_key;
mod remove;
mod sign_in;

pub use begin::{NewSecondFactor, begin};
pub use confirm::confirm;
pub use data_key::{PersonKey, under, wrap_anew};
pub(crate) use remove::forget_in;
pub use remove::{remove_own, reset};
pub(crate) use sign_in::forget_steps_in;
pub use sign_in::{Finished, Proof, Step, begin_step, find_step, finish, forget_ended};

use trust::id::PersonId;

use crate::escrow::WrappedKey;
use crate::row::Row;
use crate::{Result, Store};

/// What is kept of a second factor, whether it is confirmed yet or not.
#[derive(Debug, Clone)]
pub struct SecondFactor {
    /// The secret, encrypted with its data key.
    pub ciphertext: Vec<u8>,
    /// The data key, wrapped.
    pub data_key: WrappedKey,
    /// The time step of the last code that was taken.
    pub last_step: u64,
}

/// What is kept of a person's second factor.
pub async fn find(store: &Store, person_id: PersonId) -> Result<Option<SecondFactor>> {
    let row = sqlx::query("SELECT * FROM second_factor WHERE person_id = $1")
        .bind(person_id.to_string())
        .fetch_optional(store.readers())
        .await?;
    row.as_ref()
        .map(|row| {
            let row = Row::new("second_factor", row);
            Ok(SecondFactor {
                ciphertext: row.bytes("ciphertext")?,
                data_key: WrappedKey {
                    wrapping_key: row.text("wrapping_key")?,
                    wrapped: row.bytes("wrapped")?,
                },
                last_step: row.count("last_step")?,
            })
        })
        .transpose()
}
