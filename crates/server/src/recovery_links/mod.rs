//! Links to the page with the steps of a Mac's way back, for the person in front of it.

pub(crate) mod create;
pub(crate) mod open;

#[cfg(test)]
mod tests;
