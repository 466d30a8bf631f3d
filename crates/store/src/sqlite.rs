//! What SQLite alone needs: where the file is, and how each connection behaves. The only file with SQLite's own words.

use std::path::Path;
use std::sync::Once;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyPool, Row as _};

use crate::Result;

/// Begins a transaction that will write: it takes the write lock at once instead of failing half-way.
pub(crate) const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

/// How many connections read at the same time.
const READERS: u32 = 4;

/// For every connection. `WAL` lets readers go on while one writes. `synchronous = FULL` syncs the log at each commit: an
/// action that was accepted survives a loss of power, not only of the process. `secure_delete` overwrites sealed secrets
/// that were deleted.
const EVERY_CONNECTION: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;";

/// For connections that read: they cannot write by mistake.
const READING_CONNECTION: &str = "PRAGMA query_only = ON;";

/// The one connection that writes. It makes the file when there is none.
pub(crate) async fn writer(file: &Path) -> Result<AnyPool> {
    pool(file, "rwc", 1, EVERY_CONNECTION, "").await
}

/// The connections that read.
pub(crate) async fn readers(file: &Path) -> Result<AnyPool> {
    pool(file, "rw", READERS, EVERY_CONNECTION, READING_CONNECTION).await
}

/// Writes a copy of the database to a file that is not there.
pub(crate) async fn copy(from: &AnyPool, file: &Path) -> Result<()> {
    let absolute = std::path::absolute(file).map_err(sqlx::Error::Io)?;
    sqlx::query("VACUUM INTO $1")
        .bind(absolute.to_string_lossy().into_owned())
        .execute(from)
        .await?;
    Ok(())
}

/// Whether a file is a database that somebody has used, and whole. It is only read.
pub(crate) async fn is_sound(file: &Path) -> bool {
    let Ok(pool) = pool(file, "rw", 1, READING_CONNECTION, "").await else {
        return false;
    };
    let tables = sqlx::query("SELECT COUNT(*) AS tables FROM sqlite_schema WHERE name = 'organization'");
    let check = sqlx::query("PRAGMA quick_check(1)");
    let is_ours = tables.fetch_one(&pool).await;
    let checked = check.fetch_one(&pool).await;
    pool.close().await;
    let is_ours = is_ours
        .and_then(|row| row.try_get::<i64, _>(0))
        .is_ok_and(|tables| tables == 1);
    let is_whole = checked
        .and_then(|row| row.try_get::<String, _>(0))
        .is_ok_and(|said| said == "ok");
    is_ours && is_whole
}

async fn pool(
    file: &Path,
    mode: &str,
    connections: u32,
    first: &'static str,
    then: &'static str,
) -> Result<AnyPool> {
    static DRIVERS: Once = Once::new();
    DRIVERS.call_once(sqlx::any::install_default_drivers);

    let options: AnyConnectOptions = url(file, mode)?.parse()?;
    let pool = AnyPoolOptions::new()
        .max_connections(connections)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        // A connection to a file does not break while nobody uses it, and asking each time costs as much as reading.
        .test_before_acquire(false)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                sqlx::raw_sql(first).execute(&mut *connection).await?;
                sqlx::raw_sql(then).execute(&mut *connection).await?;
                Ok(())
            })
        })
        .connect_with(options)
        .await?;
    Ok(pool)
}

/// The file as an address. `%`, `?` and `#` mean something there.
fn url(file: &Path, mode: &str) -> Result<String> {
    let absolute = std::path::absolute(file).map_err(sqlx::Error::Io)?;
    let path = absolute
        .to_string_lossy()
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    Ok(format!("sqlite://{path}?mode={mode}"))
}
