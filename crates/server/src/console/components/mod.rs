//! Pieces that pages are made of.

mod actions;
mod allowed;
mod badge;
mod code;
mod crumbs;
mod empty;
mod errors;
mod facts;
mod field;
mod form;
mod moment;
mod plan;
mod prose;
mod provenance;
mod query;
mod section;
mod table;
pub(super) mod words;

pub(super) use actions::{action_table, fleet_action_table};
pub(super) use allowed::allowed;
pub(super) use badge::{Tone, badge, chain_badge, chain_words, presence, state_badge, token_badge};
pub(super) use code::{code_alert, code_notice, code_text, tone};
pub(super) use crumbs::crumbs;
pub(super) use empty::{empty, no_match};
pub(super) use errors::{Errors, error_summary};
pub(super) use facts::{Fact, facts};
pub(super) use field::{Choice, Field, Takes, TickBox};
pub(super) use form::{KEY, stamp};
pub(super) use moment::{moment, optional_moment, read_moment, utc_hint};
pub(super) use plan::plan_list;
pub(super) use prose::{prose, sentence};
pub(super) use provenance::{origin_words, provenance_words};
pub(super) use query::{encoded, query};
pub(super) use section::section;
pub(super) use table::Table;
