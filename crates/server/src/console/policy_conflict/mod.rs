//! The page on which somebody is led past a password policy that leaves no password for a Mac's service account: what stands
//! in the way, the ways past it, the one that was chosen, and what came of trying again.

mod choose;
mod page;
mod way;

pub(crate) use choose::choose_way;
pub(in crate::console) use page::outcome;
pub(crate) use page::show_ways;
