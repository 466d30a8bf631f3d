//! What can go wrong with the store itself. That a row is not there, or not in the right state, is an answer, never an
//! error.

use std::sync::Arc;

/// The store could not do its work. Nothing of the transaction in question has happened.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The engine refused or failed.
    #[error("use database")]
    Database(#[from] sqlx::Error),
    /// What was written could not be made to last.
    #[error("commit to the database")]
    NotCommitted(#[source] Arc<sqlx::Error>),
    /// Others who share a commit with this transaction broke it off, each time that it was run.
    #[error("write to the database beside others that failed")]
    Undone,
    /// The schema could not be brought up to date.
    #[error("migrate database")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A row holds what this version does not understand.
    #[error("read {table}.{column}: the value makes no sense")]
    Inconsistent {
        /// Where.
        table: &'static str,
        /// In which column.
        column: &'static str,
    },
    /// A value could not be written as JSON.
    #[error("write {what} as JSON")]
    Json {
        /// What was to be written.
        what: &'static str,
        /// Why it could not.
        #[source]
        source: serde_json::Error,
    },
}

impl StoreError {
    /// Whether the same transaction may succeed when it is run again: another one was in its way.
    pub(crate) fn is_passing(&self) -> bool {
        let error = match self {
            Self::Database(error) => error,
            Self::NotCommitted(error) => error.as_ref(),
            _ => return false,
        };
        let sqlx::Error::Database(error) = error else {
            return false;
        };
        // A key that another transaction inserted first is found when this one looks again. The codes are SQLITE_BUSY
        // with its extensions, and the standard's serialization failure and deadlock.
        error.is_unique_violation()
            || matches!(
                error.code().as_deref(),
                Some("5" | "261" | "517" | "773" | "40001" | "40P01")
            )
    }
}
