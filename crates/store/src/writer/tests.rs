//! Writers that share a commit, on a real file.

use std::sync::Arc;

use sqlx::{AnyConnection, AnyPool};
use tempfile::TempDir;
use tokio::sync::Semaphore;
use tokio::task::{JoinSet, yield_now as give_way};

use super::{Writer, Written};
use crate::store::Work;
use crate::{Result, sqlite};

/// A note that is to be written.
struct Note {
    number: i64,
    /// What it waits for, after it has written.
    gate: Option<Arc<Semaphore>>,
}

struct World {
    _folder: TempDir,
    writer: Writer,
    readers: AnyPool,
}

impl World {
    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("notes.db");
        let pool = sqlite::writer(&file).await.unwrap();
        sqlx::query("CREATE TABLE note (number INTEGER PRIMARY KEY NOT NULL)")
            .execute(&pool)
            .await
            .unwrap();
        Self {
            _folder: folder,
            writer: Writer::new(pool),
            readers: sqlite::readers(&file).await.unwrap(),
        }
    }

    /// The numbers that everybody sees.
    async fn numbers(&self) -> Vec<i64> {
        sqlx::query_scalar("SELECT number FROM note ORDER BY number")
            .fetch_all(&self.readers)
            .await
            .unwrap()
    }
}

fn note<'a>(tx: &'a mut AnyConnection, note: &'a Note) -> Work<'a, i64> {
    let (number, gate) = (note.number, note.gate.clone());
    Box::pin(async move {
        sqlx::query("INSERT INTO note (number) VALUES ($1)")
            .bind(number)
            .execute(tx)
            .await?;
        if let Some(gate) = gate {
            let _passed = gate.acquire().await;
        }
        Ok(number)
    })
}

async fn write(writer: Writer, number: i64, gate: Option<Arc<Semaphore>>) -> Result<Written<i64>> {
    writer.write(&Note { number, gate }, note).await
}

/// Lets everything go on that can.
async fn settle() {
    for _ in 0..100 {
        give_way().await;
    }
}

#[tokio::test]
async fn who_waits_meanwhile_joins_and_nobody_is_answered_before_all_of_it_lasts() {
    let world = World::new().await;
    let gate = Arc::new(Semaphore::new(0));
    let mut writing = JoinSet::new();
    writing.spawn(write(world.writer.clone(), 0, Some(Arc::clone(&gate))));
    settle().await;
    for number in 1..10 {
        writing.spawn(write(world.writer.clone(), number, None));
    }
    settle().await;
    assert!(world.numbers().await.is_empty());
    gate.add_permits(1);
    let first = writing.join_next().await.unwrap().unwrap().unwrap();
    assert!(matches!(first, Written::Done(_)));
    assert_eq!(world.numbers().await, (0..10).collect::<Vec<_>>());
    while let Some(next) = writing.join_next().await {
        assert!(matches!(next.unwrap().unwrap(), Written::Done(_)));
    }
}

#[tokio::test]
async fn what_one_cannot_write_is_undone_for_those_who_share_it_and_for_nobody_else() {
    let world = World::new().await;
    let before = write(world.writer.clone(), 7, None).await.unwrap();
    assert!(matches!(before, Written::Done(7)));
    let gate = Arc::new(Semaphore::new(0));
    let first = tokio::spawn(write(world.writer.clone(), 0, Some(Arc::clone(&gate))));
    settle().await;
    let wrong = tokio::spawn(write(world.writer.clone(), 7, None));
    settle().await;
    gate.add_permits(1);
    assert!(wrong.await.unwrap().is_err(), "there is a note of this number");
    assert!(matches!(first.await.unwrap().unwrap(), Written::Undone));
    assert_eq!(world.numbers().await, [7]);
    let again = write(world.writer.clone(), 0, None).await.unwrap();
    assert!(matches!(again, Written::Done(0)));
    assert_eq!(world.numbers().await, [0, 7]);
}

#[tokio::test]
async fn who_breaks_off_in_the_middle_leaves_nothing_and_nobody_hanging() {
    let world = World::new().await;
    let never = Arc::new(Semaphore::new(0));
    let broken_off = tokio::spawn(write(world.writer.clone(), 0, Some(never)));
    settle().await;
    let waits = tokio::spawn(write(world.writer.clone(), 1, None));
    settle().await;
    broken_off.abort();
    assert!(broken_off.await.unwrap_err().is_cancelled());
    assert!(matches!(waits.await.unwrap().unwrap(), Written::Done(1)));
    assert_eq!(world.numbers().await, [1]);
}

#[tokio::test]
async fn what_was_written_lasts_though_nobody_waits_for_it_any_more() {
    let world = World::new().await;
    let gate = Arc::new(Semaphore::new(0));
    let first = tokio::spawn(write(world.writer.clone(), 0, Some(Arc::clone(&gate))));
    settle().await;
    let leaves = tokio::spawn(write(world.writer.clone(), 1, None));
    settle().await;
    gate.add_permits(1);
    assert!(matches!(first.await.unwrap().unwrap(), Written::Done(0)));
    leaves.abort();
    let last = write(world.writer.clone(), 2, None).await.unwrap();
    assert!(matches!(last, Written::Done(2)));
    let numbers = world.numbers().await;
    assert!(numbers == [0, 1, 2] || numbers == [0, 2], "{numbers:?}");
}
