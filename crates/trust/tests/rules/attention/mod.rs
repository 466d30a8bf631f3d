//! Which Macs need attention, and what is cheapest for each.

mod admin_list;
mod cases;
mod decision;
mod grace;
mod mute;
mod reasons;
