//! The passwords that the agent made: of each account the one in force, the one that is to be, and the one before.
//!
//! They lie in the System keychain; off macOS, which simulated Macs are for, in a file that holds ciphertext only. Nowhere
//! is a password sent. What is moved from one slot to another stands in both for a moment, and in none never.

mod item;
#[cfg(target_os = "macos")]
mod keychain;
#[cfg(not(target_os = "macos"))]
mod sealed_file;

#[cfg(target_os = "macos")]
use keychain as place;
#[cfg(not(target_os = "macos"))]
use sealed_file as place;

pub use item::Password;

use std::io;

use crate::paths::Paths;

/// Whose passwords they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The service account.
    ServiceAccount,
    /// The local administrator.
    LocalAdministrator,
}

impl Owner {
    /// The owner's word, which keeps the passwords of one account apart from those of another.
    fn word(self) -> &'static str {
        match self {
            Self::ServiceAccount => "service account",
            Self::LocalAdministrator => "local administrator",
        }
    }
}

/// Which of the passwords.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// The one that was proved last.
    Current,
    /// The one that is about to be set.
    Staged,
    /// The one before the current one.
    Previous,
}

impl Slot {
    /// Every slot, the likeliest first.
    pub const ALL: [Self; 3] = [Self::Current, Self::Staged, Self::Previous];

    /// The slot's word, which is the keychain item's account.
    pub fn word(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Staged => "staged",
            Self::Previous => "previous",
        }
    }
}

/// The passwords, wherever they lie.
#[derive(Debug, Clone)]
pub struct PasswordStore {
    place: place::Place,
}

impl PasswordStore {
    /// The passwords of an account of this Mac.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn open(paths: &Paths, owner: Owner) -> io::Result<Self> {
        Ok(Self {
            place: place::Place::open(paths, owner)?,
        })
    }

    /// Passwords in memory only. Clones share them.
    #[cfg(not(target_os = "macos"))]
    pub fn in_memory(owner: Owner) -> Self {
        Self {
            place: place::Place::in_memory(owner),
        }
    }

    /// The password of a slot.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn get(&self, slot: Slot) -> io::Result<Option<Password>> {
        let Some(text) = self.place.get(slot)? else {
            return Ok(None);
        };
        Password::from_item(&text).map(Some)
    }

    /// Every password, the likeliest first, each once.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub fn all(&self) -> io::Result<Vec<Password>> {
        let mut all: Vec<Password> = Vec::new();
        for slot in Slot::ALL {
            if let Some(password) = self.get(slot)?
                && !all.iter().any(|known| known.id == password.id)
            {
                all.push(password);
            }
        }
        Ok(all)
    }

    /// Keeps a password that is about to be set.
    ///
    /// # Errors
    /// When it could not be kept. It must not be set then.
    pub fn stage(&self, password: &Password) -> io::Result<()> {
        self.place.put(Slot::Staged, &password.to_item()?)
    }

    /// The staged password was proved: it becomes the current one, and that becomes the previous one.
    ///
    /// # Errors
    /// When a slot could not be written. Called again, it goes on where it was.
    pub fn commit(&self) -> io::Result<()> {
        let Some(staged) = self.get(Slot::Staged)? else {
            return Ok(());
        };
        if let Some(current) = self.get(Slot::Current)?
            && current.id != staged.id
        {
            self.place.put(Slot::Previous, &current.to_item()?)?;
        }
        self.place.put(Slot::Current, &staged.to_item()?)?;
        self.place.remove(Slot::Staged)
    }

    /// The staged password was not taken.
    ///
    /// # Errors
    /// When the slot could not be emptied.
    pub fn unstage(&self) -> io::Result<()> {
        self.place.remove(Slot::Staged)
    }

    /// This password, which is one of those that are kept, was found to be the one in force.
    ///
    /// # Errors
    /// As [`commit`](Self::commit).
    pub fn reinstate(&self, password: &Password) -> io::Result<()> {
        let current = self.get(Slot::Current)?;
        if current.is_some_and(|current| current.id == password.id) {
            return Ok(());
        }
        self.stage(password)?;
        self.commit()
    }

    /// Forgets every password: the account is gone.
    ///
    /// # Errors
    /// When a slot could not be emptied.
    pub fn clear(&self) -> io::Result<()> {
        Slot::ALL.into_iter().try_for_each(|slot| self.place.remove(slot))
    }
}

#[cfg(not(target_os = "macos"))]
#[cfg(test)]
mod tests;
