//! The sealed secrets of actions. They live as long as their action is open.

use std::collections::BTreeMap;

use sqlx::AnyConnection;
use trust::action::SecretRole;
use trust::id::ActionId;
use wire::encoding::Bytes;
use wire::envelope::Envelope;
use wire::seal::Sealed;

use crate::Result;
use crate::row::Row;

pub(crate) async fn insert_in(
    tx: &mut AnyConnection,
    envelope: &Envelope,
    secrets: &BTreeMap<SecretRole, Sealed>,
) -> Result<()> {
    for (role, sealed) in secrets {
        sqlx::query(
            "INSERT INTO sealed_secret (organization_id, action_id, role, encapsulated_key, ciphertext) \
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(envelope.organization_id.to_string())
        .bind(envelope.id.to_string())
        .bind(role.word())
        .bind(sealed.encapsulated_key.0.clone())
        .bind(sealed.ciphertext.0.clone())
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

pub(crate) async fn find_in(
    connection: &mut AnyConnection,
    action_id: ActionId,
) -> Result<BTreeMap<SecretRole, Sealed>> {
    let rows =
        sqlx::query("SELECT role, encapsulated_key, ciphertext FROM sealed_secret WHERE action_id = $1")
            .bind(action_id.to_string())
            .fetch_all(connection)
            .await?;
    rows.iter()
        .map(|row| {
            let row = Row::new("sealed_secret", row);
            let sealed = Sealed {
                encapsulated_key: Bytes(row.bytes("encapsulated_key")?),
                ciphertext: Bytes(row.bytes("ciphertext")?),
            };
            Ok((row.word("role", SecretRole::from_word)?, sealed))
        })
        .collect()
}

pub(crate) async fn destroy_in(tx: &mut AnyConnection, action_id: ActionId) -> Result<()> {
    sqlx::query("DELETE FROM sealed_secret WHERE action_id = $1")
        .bind(action_id.to_string())
        .execute(tx)
        .await?;
    Ok(())
}
