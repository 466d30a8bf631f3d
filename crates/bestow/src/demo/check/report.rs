//! A line per step.

use std::fmt::{Arguments, Display};

use anyhow::{Context as _, bail};

use crate::exit::{Exit, Failure};
use crate::output::{note, print};

/// What the walk has found so far.
#[derive(Debug, Default)]
pub struct Report {
    passed: u32,
}

impl Report {
    /// Tells a step. One that went otherwise ends the walk.
    pub fn step<T>(&mut self, what: Arguments<'_>, result: anyhow::Result<T>) -> anyhow::Result<T> {
        let value = result.with_context(|| what.to_string())?;
        self.passed += 1;
        print(&format!("ok  {what}"))?;
        Ok(value)
    }

    /// Tells how the walk ended.
    pub fn end(self, verdict: anyhow::Result<()>) -> Result<Exit, Failure> {
        match verdict {
            Ok(()) => {
                print(&format!("{} steps passed", self.passed))?;
                Ok(Exit::Done)
            }
            Err(difference) => {
                note(&format!("DIFFERENT  {difference:#}"));
                print(&format!("{} steps passed, then 1 failed", self.passed))?;
                Ok(Exit::EndedBadly)
            }
        }
    }
}

/// Fails when `found` is not what was `expected`.
pub fn same<T: PartialEq + std::fmt::Debug>(what: impl Display, found: T, expected: T) -> anyhow::Result<()> {
    if found != expected {
        bail!("{what}: expected {expected:?}, found {found:?}");
    }
    Ok(())
}

/// Fails when a condition does not hold.
pub fn holds(what: impl Display, condition: bool) -> anyhow::Result<()> {
    if !condition {
        bail!("{what}: this does not hold");
    }
    Ok(())
}
