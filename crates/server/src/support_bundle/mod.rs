//! The support bundle: what somebody who helps from outside needs to know, without names and without secrets.
//!
//! Nothing is blacked out. The bundle is put together from values that cannot hold a name or a secret: codes, states, times,
//! versions and counts. Whatever has a name goes by a number that is good in this one bundle.

mod make;
mod pseudonyms;
pub(crate) mod show;
#[cfg(test)]
mod tests;
mod view;
