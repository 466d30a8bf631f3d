//! The page to which an invitation leads: whoever is invited chooses a password. Looking at it does not use the link up, so
//! that what previews links in messages does no harm.

mod accept;
mod page;
mod show;

pub(crate) use accept::accept_invitation;
pub(crate) use show::show_invitation;
