//! The open database: one writer, some readers.

use std::future::Future;
use std::path::Path;
use std::pin::Pin;

use sqlx::{AnyConnection, AnyPool};

use crate::writer::{Writer, Written};
use crate::{Result, StoreError, enrolment_record, sqlite};

/// How often a transaction is run when others keep getting in its way.
const TRIES: usize = 5;

/// What a transaction's work answers, later.
pub(crate) type Work<'t, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 't>>;

/// The open database. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    writer: Writer,
    readers: AnyPool,
}

impl Store {
    /// Opens the SQLite database in `file`, which is made when it is not there, and brings its schema up to date.
    pub async fn open(file: &Path) -> Result<Self> {
        let writer = sqlite::writer(file).await?;
        sqlx::migrate!("migrations/sqlite").run(&writer).await?;
        let readers = sqlite::readers(file).await?;
        let store = Self {
            writer: Writer::new(writer),
            readers,
        };
        enrolment_record::index_old(&store).await?;
        Ok(store)
    }

    /// Waits for what is under way and closes the database.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.pool().close().await;
    }

    /// Writes a copy of the database, as it is at one moment, to a file that is not there.
    pub async fn copy_to(&self, file: &Path) -> Result<()> {
        sqlite::copy(self.writer.pool(), file).await
    }

    /// Whether a file is a database of Bestow, and whole. It is not changed.
    pub async fn is_sound(file: &Path) -> bool {
        sqlite::is_sound(file).await
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        sqlx::query("SELECT 1").execute(&self.readers).await?;
        Ok(())
    }

    /// The connections to read with.
    pub(crate) fn readers(&self) -> &AnyPool {
        &self.readers
    }

    /// Runs `work` on `input` as one transaction: all of it happens, or nothing. It is run again when another writer got
    /// in its way, so it must do nothing but SQL.
    ///
    /// `work` takes its input as a parameter, and not by capture, so that one lifetime covers both borrows.
    pub(crate) async fn write<I, T>(
        &self,
        input: &I,
        work: for<'t> fn(&'t mut AnyConnection, &'t I) -> Work<'t, T>,
    ) -> Result<T>
    where
        I: Sync + ?Sized,
    {
        let mut tries = 1;
        loop {
            match self.writer.write(input, work).await {
                Ok(Written::Done(value)) => return Ok(value),
                Ok(Written::Undone) if tries < TRIES => tries += 1,
                Ok(Written::Undone) => return Err(StoreError::Undone),
                Err(error) if error.is_passing() && tries < TRIES => tries += 1,
                Err(error) => return Err(error),
            }
        }
    }
}
