//! The agent: the daemon on each Mac that watches its Secure Tokens and carries out what the server asks.
//!
//! * [`core`]: what to do next, pure: events and the time go in, one [`Step`](core::Step) comes out;
//! * [`shell`]: carries the steps out, one after the other;
//! * [`observe`]: looks at the Mac; [`perform`]: carries out one action and proves its end;
//! * [`password_policy`]: what the Mac asks of passwords;
//! * [`journal`]: what must survive a kill at any point; [`identity`]: who the device is;
//! * [`service_account`]: the hidden account by which it hands tokens on by itself;
//! * [`recovery_key`]: escrowed, and replaced by another one; [`local_administrator`]: made, and given other passwords;
//! * [`password_store`]: where the passwords lie that it made;
//! * [`login`]: is told of logins at the screen; [`utility`]: serves the app of the person there; [`link`]: talks to the server.
//!
//! The agent takes no script and no shell text from anybody: it knows the closed set of typed actions only. It starts no
//! process itself; `mac` does. It decides nothing about tokens; `trust` does.

mod answers;
pub mod cli;
pub mod clock;
pub mod core;
pub mod durable;
pub mod identity;
pub mod journal;
pub mod kept;
pub mod link;
pub mod local_administrator;
pub mod login;
pub mod observe;
pub mod password_policy;
pub mod password_store;
pub mod paths;
pub mod perform;
pub mod promotions;
pub mod recovery_key;
pub mod service_account;
pub mod shell;
pub mod single;
pub mod uninstall;
pub mod utility;
