//! `profiles`: enrolment in an MDM, and the bootstrap token.
//!
//! On which stream it says what, and with which exit code it fails, was never established: it is read on all streams.

mod bootstrap_token;
mod enrollment;
mod install;

pub use bootstrap_token::{BootstrapToken, BootstrapTokenStatus, bootstrap_token_status};
pub use enrollment::{Enrollment, MdmEnrollment, enrollment};
pub use install::{BootstrapTokenClaim, install_bootstrap_token};
