//! The one connection that writes. Those who want to write at the same time share a transaction, and with it the one sync of the
//! disk that makes it last: each does its work in turn, and nobody is answered before all of it is committed.
//!
//! Who does something while others wait for the same connection joins their transaction. What one of them breaks off is undone for
//! all, and the others do their work again, as they would had another process been in their way.

use std::sync::Arc;

use sqlx::{Any, AnyConnection, AnyPool, Transaction};
use tokio::sync::{Mutex, watch};

use crate::store::Work;
use crate::{Result, StoreError, sqlite};

/// The connection that writes. Clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Writer {
    pool: AnyPool,
    /// First come, first served.
    turn: Arc<Mutex<Option<Shared>>>,
}

/// A transaction that several may share. Dropped before it is committed, nothing of it has happened.
#[derive(Debug)]
struct Shared {
    transaction: Transaction<'static, Any>,
    fate: watch::Sender<Fate>,
}

/// What becomes of a transaction that is shared.
#[derive(Debug, Clone)]
enum Fate {
    Open,
    Committed,
    Failed(Arc<sqlx::Error>),
}

/// What came of one's part in a transaction.
#[derive(Debug)]
pub(crate) enum Written<T> {
    /// It lasts.
    Done(T),
    /// Another one's part failed, or was broken off. Nothing has happened.
    Undone,
}

impl Writer {
    pub(crate) fn new(pool: AnyPool) -> Self {
        Self {
            pool,
            turn: Arc::default(),
        }
    }

    /// The pool of the one connection, for what is no transaction.
    pub(crate) fn pool(&self) -> &AnyPool {
        &self.pool
    }

    /// Runs `work` on `input`, and waits until what it wrote lasts.
    pub(crate) async fn write<I, T>(
        &self,
        input: &I,
        work: for<'t> fn(&'t mut AnyConnection, &'t I) -> Work<'t, T>,
    ) -> Result<Written<T>>
    where
        I: Sync + ?Sized,
    {
        let mut turn = self.turn.lock().await;
        let (mut shared, is_first) = match turn.take() {
            Some(shared) => (shared, false),
            None => (self.begin().await?, true),
        };
        // It is nowhere but here meanwhile: whoever breaks off undoes it.
        let value = work(&mut shared.transaction, input).await?;
        let mut fate = shared.fate.subscribe();
        *turn = Some(shared);
        drop(turn);
        if is_first {
            // On its own, so that it comes about whoever stops waiting. Its turn comes after that of everybody who waits by now.
            tokio::spawn(commit(Arc::clone(&self.turn)));
        }
        let fate = match fate.wait_for(|fate| !matches!(fate, Fate::Open)).await {
            Ok(fate) => fate.clone(),
            Err(_) => return Ok(Written::Undone),
        };
        match fate {
            Fate::Failed(error) => Err(StoreError::NotCommitted(error)),
            Fate::Open | Fate::Committed => Ok(Written::Done(value)),
        }
    }

    async fn begin(&self) -> Result<Shared> {
        let (fate, _) = watch::channel(Fate::Open);
        Ok(Shared {
            transaction: self.pool.begin_with(sqlite::BEGIN_WRITE).await?,
            fate,
        })
    }
}

/// Commits what is shared by now. Nobody writes meanwhile.
async fn commit(turn: Arc<Mutex<Option<Shared>>>) {
    let mut turn = turn.lock().await;
    if let Some(shared) = turn.take() {
        shared.fate.send_replace(match shared.transaction.commit().await {
            Ok(()) => Fate::Committed,
            Err(error) => Fate::Failed(Arc::new(error)),
        });
    }
}

#[cfg(test)]
mod tests;
