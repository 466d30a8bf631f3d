//! How a store behaves, whatever engine is behind it. Everything goes through the public functions of `store`.

mod support;

mod accept;
mod api_token;
mod device;
mod durability;
mod ends;
mod enrolment;
mod expiry;
mod idempotency;
mod lost;
mod offer;
mod report;
mod session;
mod start;
