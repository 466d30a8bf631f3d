//! The “Reset Password” window.

use super::Screen;
use crate::model::mac::Mac;
use crate::model::wrapped_key::VolumeKey;
use crate::rules::recovery_reset::{Resync, reset};
use crate::rules::refusal::{Circumstances, Credentials};

const NEW: &str = "New password";
const VERIFY: &str = "Verify password";
const SET: &str = "Set Password";

/// The window with its accounts: one is chosen by itself, of several each has to be set.
#[derive(Debug)]
pub(super) struct Reset {
    rows: Vec<Row>,
    /// Whose fields are open.
    open: Option<usize>,
    resync: Resync,
}

#[derive(Default)]
struct Row {
    name: String,
    new: String,
    again: String,
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Reset {
    /// The accounts that the window shows: those of people, without hidden ones.
    pub(super) fn of(mac: &Mac, resync: bool) -> Self {
        let shown = mac.directory.people().filter(|user| {
            user.uid() >= 500 && !matches!(user.attributes.first("IsHidden"), "1" | "YES" | "true")
        });
        let rows: Vec<Row> = shown
            .map(|user| Row {
                name: user.name().to_owned(),
                ..Row::default()
            })
            .collect();
        let open = (rows.len() == 1).then_some(0);
        let resync = if resync {
            Resync::Everybody
        } else {
            Resync::Holders
        };
        Self { rows, open, resync }
    }

    pub(super) fn screen(&self) -> Screen {
        let mut screen = Screen::titled("Reset Password");
        if self.rows.len() > 1 {
            for row in &self.rows {
                screen = screen.beside(SET, &row.name);
            }
        } else {
            screen = screen.lines(self.rows.iter().map(|row| row.name.as_str()));
        }
        let fields = self.open.map_or(&[][..], |_| &[NEW, VERIFY]);
        screen.fields(fields.iter().copied()).buttons(["Next"])
    }

    /// Opens the fields of an account.
    pub(super) fn open(&mut self, name: &str) {
        self.open = self.rows.iter().position(|row| row.name == name);
    }

    /// Fills one of them in; false when there is none of this name.
    pub(super) fn enter(&mut self, field: &str, text: &str) -> bool {
        let Some(row) = self.open.and_then(|index| self.rows.get_mut(index)) else {
            return false;
        };
        match field {
            NEW => text.clone_into(&mut row.new),
            VERIFY => text.clone_into(&mut row.again),
            _ => return false,
        }
        true
    }

    /// “Next”: every account gets its password, or nothing happens.
    pub(super) fn finish(
        &self,
        mac: &mut Mac,
        key: Option<VolumeKey>,
        at: Circumstances,
    ) -> Result<(), &'static str> {
        if self.rows.is_empty() {
            return Err("There is no account.");
        }
        if self.rows.iter().any(|row| row.new.is_empty()) {
            return Err("Every account needs a new password.");
        }
        if self.rows.iter().any(|row| row.new != row.again) {
            return Err("The passwords do not match.");
        }
        for row in &self.rows {
            let who = Credentials {
                name: &row.name,
                password: &row.new,
            };
            reset(mac, who, key, self.resync, at);
        }
        Ok(())
    }
}
