//! The whole server in a test: the real router over a real database in a temporary folder, with a clock and randomness of
//! the test's own.

mod app;
mod bulk;
mod call;
mod clock;
mod escrow;
mod log;
mod mac;
mod managed;
mod observed;
mod person;
mod reading;
mod rng;
mod running;
mod statements;

pub(crate) use app::{TestApp, grant_from_ada_to_bob};
pub(crate) use bulk::bulk_grant;
pub(crate) use call::{Answer, Call};
pub(crate) use clock::FakeClock;
pub(crate) use log::CapturedLog;
pub(crate) use mac::FakeMac;
pub(crate) use managed::ManagedMac;
pub(crate) use observed::{
    account, healthy_mac, known, mac_with, mac_without_holders, old_mac, only_standard_holder,
    service_account_seen, with_service_account,
};
pub(crate) use person::Person;
pub(crate) use reading::Reading;
pub(crate) use rng::SeededRng;
pub(crate) use running::{Running, config_in};
pub(crate) use statements::statements_of;
