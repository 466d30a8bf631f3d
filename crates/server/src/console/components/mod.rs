//! Pieces that pages are made of.

mod actions;
mod badge;
mod code;
mod facts;
mod moment;
mod plan;
pub(super) mod words;

pub(super) use actions::{action_table, asked};
pub(super) use badge::{Tone, badge, chain_badge, online_badge, state_badge, token_badge};
pub(super) use code::{code_notice, code_text};
pub(super) use facts::{Fact, facts};
pub(super) use moment::{moment, optional_moment};
pub(super) use plan::plan_table;
