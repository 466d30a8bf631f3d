//! Pieces that pages are made of.

mod actions;
mod badge;
mod code;
mod facts;
mod moment;
mod plan;
mod prose;
mod provenance;
mod query;
pub(super) mod words;

pub(super) use actions::action_table;
pub(super) use badge::{Tone, badge, chain_badge, chain_words, online_badge, state_badge, token_badge};
pub(super) use code::{code_notice, code_text, tone};
pub(super) use facts::{Fact, facts};
pub(super) use moment::{moment, optional_moment};
pub(super) use plan::plan_list;
pub(super) use prose::prose;
pub(super) use provenance::{origin_words, provenance_words};
pub(super) use query::query;
