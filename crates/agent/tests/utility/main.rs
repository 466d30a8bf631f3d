//! The person at the screen: who is heard, and what is taken for a request.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod socket;
