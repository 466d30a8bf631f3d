//! The domain of Bestow, pure: what a Mac's Secure Token chain of trust is, what may be done to it, what will come of
//! it, and the words for all of that.
//!
//! An [`Observation`](observation::Observation) is what an agent saw. [`token`] says of each account whether it holds a
//! token, [`chain`] who can hand one on. An [`Action`](action::Action) is what an administrator asks; a
//! [`Plan`](plan::Plan) tells before anything is sent what stands in its way and how it can end; a
//! [`Code`](code::Code) names every end, with its cause and its cure. [`guard`] says whether
//! something would cut the chain, [`attention`] whose turn it is, [`escrow`] what is known of a Mac's recovery key, [`local_administrator`]
//! what becomes of the account that people may use on every Mac. [`bulk`]
//! asks one action of many devices, a few of them first. [`access`] says who may do what. [`filevault_policy`] is what a profile asks of FileVault. [`wildcard`]s stand for what
//! [`enrolment`] data tells of the person who uses a Mac.
//!
//! This crate does no I/O, reads no clock and draws no randomness: time comes in as [`Timestamp`](time::Timestamp)s.
//! It knows neither Apple's tools nor SQL nor HTTP.

pub mod access;
pub mod account_choice;
pub mod action;
pub mod admission;
pub mod attention;
pub mod bulk;
pub mod capability;
pub mod chain;
pub mod code;
pub mod enrolment;
pub mod escrow;
pub mod fact;
pub mod filevault_policy;
pub mod finding;
pub mod guard;
pub mod id;
pub mod local_administrator;
pub mod lock_out;
pub mod mdm;
pub mod mdm_enrolment;
pub mod name;
pub mod observation;
pub mod os;
pub mod outcome;
pub mod plan;
pub mod policy;
pub mod preboot;
pub mod provenance;
pub mod recovery;
pub mod resilience;
pub mod restart;
pub mod retry;
pub mod security;
pub mod service_account;
pub mod time;
pub mod token;
pub mod token_change;
pub mod wildcard;
pub mod words;
