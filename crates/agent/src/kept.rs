//! A value that outlives the agent: a change is on the disk before anybody sees it.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::durable;

/// A value with its file. Clones share it.
#[derive(Debug)]
pub struct Kept<T> {
    file: Option<PathBuf>,
    value: Arc<Mutex<T>>,
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Self {
            file: self.file.clone(),
            value: Arc::clone(&self.value),
        }
    }
}

impl<T: Clone + Default + PartialEq + Serialize + DeserializeOwned> Kept<T> {
    /// Reads what an earlier run left in `file`; the default when there is none.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn open(file: PathBuf) -> io::Result<Self> {
        let value: T = durable::read_json(&file)?.unwrap_or_default();
        Ok(Self {
            file: Some(file),
            value: Arc::new(Mutex::new(value)),
        })
    }

    /// A value without a file, which outlives only those who hold no clone of it.
    pub fn in_memory() -> Self {
        Self {
            file: None,
            value: Arc::default(),
        }
    }

    /// The value as it stands on the disk.
    pub fn get(&self) -> T {
        self.value().clone()
    }

    /// Changes the value.
    ///
    /// # Errors
    /// When it could not be written. The value is the old one then.
    pub fn change(&self, change: impl FnOnce(&mut T)) -> io::Result<()> {
        let mut value = self.value();
        let mut changed = value.clone();
        change(&mut changed);
        if changed != *value {
            if let Some(file) = &self.file {
                durable::write_json(file, &changed)?;
            }
            *value = changed;
        }
        Ok(())
    }

    fn value(&self) -> MutexGuard<'_, T> {
        // It is replaced as a whole, after it is on the disk.
        self.value.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
