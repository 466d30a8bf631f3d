//! Typed drivers of Apple's command line tools: build the call, feed the secrets, parse the answer.
//!
//! This crate is, of all that runs on a Mac, the only one that starts a process. It decides nothing: it says
//! what a tool was asked and what it answered, and gives that answer a type. It must never know what a token
//! state, a plan or a server is, and it depends on no other crate of this workspace.
//!
//! * [`Runner`] runs a [`Call`] and gives an [`Answer`]; [`ProcessRunner`] does it with real processes.
//! * There is one module per tool. Each function takes a `&dyn Runner`, so that tests can put anything behind it.
//! * Secrets travel in a [`Feed`], by pipe or terminal. [`Arg`] cannot be made from one.
//! * Every parser is a pure function that takes what the tool printed; none of them panics on any bytes.
//!
//! What a tool *claims* is never proof. The types that carry such words are named `Claim`, and whoever uses them
//! reads the state of the Mac back.

mod account_name;
mod answer;
mod arg;
mod call;
mod conversation;
mod credential;
mod error;
mod feed;
mod process;
mod prompt;
mod runner;
mod secret_document;
mod text;
mod tool;
mod xml_plist;

pub mod bputil;
pub mod csrutil;
pub mod defaults;
pub mod diskutil;
pub mod dscl;
pub mod dseditgroup;
pub mod dsmemberutil;
pub mod fdesetup;
#[doc(hidden)]
pub mod fuzz;
pub mod id;
pub mod ioreg;
pub mod launchctl;
pub mod mdmclient;
pub mod nvram;
pub mod open_directory;
pub mod profiles;
pub mod pwpolicy;
pub mod security;
pub mod stat;
pub mod sw_vers;
pub mod sysadminctl;
pub mod sysctl;
pub mod system_profiler;

pub use account_name::{AccountName, BadAccountName};
pub use answer::{Answer, Exit, Output, Terminal};
pub use arg::{Arg, BadArg};
pub use call::Call;
pub use conversation::{Action, Conversation};
pub use credential::Credential;
pub use error::Error;
pub use feed::{Feed, PROMPT_LIMIT, Unfeedable};
pub use process::ProcessRunner;
pub use prompt::{Prompt, PromptAnswer, Reply};
pub use runner::{RunError, Runner};
pub use secret_document::SecretDocument;
pub use tool::Tool;
