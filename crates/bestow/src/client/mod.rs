//! The public API of a Bestow server, seen from outside: what programs of other people could do as well.
//!
//! Answers are read leniently: members that are not known here are ignored, and words of a newer server (a code, a
//! check, a state) stay words. Every answer keeps the server's own JSON beside what was read from it.

mod account_choice;
mod action;
mod attention;
mod audit;
mod bulk;
mod code;
mod connect;
mod connection;
mod device;
mod enrolment;
mod error;
mod escrow;
mod events;
mod filevault_policy;
mod finding;
mod local_administrator;
mod mdm;
mod people;
mod plan;
mod policy;
mod reach;
mod recovery;
mod resilience;
mod secret;
mod service_account;
mod token;
mod transport;
mod vault;
mod watch;
mod what_if;

#[cfg(test)]
mod tests;

pub use action::{ActionOrder, ActionView, CredentialOrder, NewAccountOrder, PasswordOrder, TargetOrder};
pub use attention::{AttentionCounts, AttentionReasonView, AttentionView, CountView, MuteOrder};
pub use audit::AuditEntry;
pub use bulk::{
    BulkActionOrder, BulkOrder, BulkPlan, BulkRunView, CanaryOrder, MemberView, PasswordText, Selection,
};
pub use code::CodeEntry;
#[cfg(feature = "demo")]
pub use connect::connect;
pub use connection::{ConnectionArgs, GLOBAL, exported};
pub use device::{AccountView, ChainView, DeviceDetail, DeviceSummary, MdmView, Reference};
pub use enrolment::{
    BadLine, CollectionView, EnrolmentRecordOrder, EnrolmentRecordView, ImportView, ImportedLine, SecretOrder,
};
pub use error::{ClientError, Problem};
pub use escrow::{EscrowVersionView, RevealView};
pub use filevault_policy::{FileVaultPolicyOrder, FileVaultPolicyView};
pub use finding::{FindingView, RemedyView};
pub use local_administrator::{LocalAdministratorFailure, LocalAdministratorOrder};
pub use people::{ApiTokenOrder, InvitationView, PersonView};
pub use plan::{AlreadyOpen, Asked, CostView, PlanAnswer, PlanView};
pub use policy::{PolicyView, ServiceAccountOrder, WithoutToken};
pub use recovery::{BegunView, GuideView, RecoveryView, WayView};
pub use resilience::{FleetView, ResilienceView, WarningView};
pub use service_account::{ChosenView, ServiceAccountView};
pub use transport::{Answer, Client};
pub use vault::{EnterOrder, VaultImportView, VaultLineDetail, VaultLineView};
pub use watch::Watch;
pub use what_if::{Supposed, WhatIf, WhatIfOrder};

use serde::Deserialize;

/// One page of a list.
#[derive(Debug, Clone, Deserialize)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last one.
    #[serde(default)]
    pub next_cursor: Option<String>,
}
